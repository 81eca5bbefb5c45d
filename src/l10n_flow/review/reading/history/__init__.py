"""What git knows of a catalogue: a unit's earlier versions, and what a document was before a day."""

from l10n_flow.review.reading.history.past import Old, Past, standing
from l10n_flow.review.reading.history.versions import history

__all__ = ["Old", "Past", "history", "standing"]
