"""The port through which a long piece of work tells how far it is, and hears that it may stop."""

from typing import Protocol


class Progress(Protocol):
    """Hears how far a long piece of work is, and may stop it."""

    def advance(self, done: int, total: int) -> None:
        """Take note of `done` of `total`; raises `Cancelled` when the person wants to stop."""


class Unheard:
    """Fulfils `Progress` where nobody waits."""

    def advance(self, done: int, total: int) -> None:
        """Go on."""
