"""The review page over HTTP: who may ask, what they may do, and the answers. The one package that knows Flask.

Imported only by ``l10n-flow review`` and, without Flask, by ``l10n-flow user``.
"""
