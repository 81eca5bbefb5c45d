"""Catalogues kept up to date with their documents: merged, converted, moved with them, and not done twice."""
