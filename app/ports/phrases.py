"""What the services need of a memory for reasons written before."""

from datetime import datetime
from typing import Protocol

from app.domain.form import ClauseId
from app.domain.phrase import Phrase


class PhraseStore(Protocol):
    """Reasons written before, clause by clause."""

    def keep(self, clause: ClauseId, text: str, *, at: datetime, most: int) -> None:
        """Count a reason as used once more; of a clause only the `most` last used ones stay."""

    def remove(self, clause: ClauseId, text: str) -> None:
        """Forget a reason for a clause; nothing happens when it is not kept."""

    def all(self) -> tuple[Phrase, ...]:
        """Return every reason, by clause and text."""
