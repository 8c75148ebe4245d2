"""Somebody who watches a long piece of work, and may lose patience."""

from app.errors import Cancelled


class StopsAt:
    """Notes what it hears, and stops the work at a number; None: lets it end."""

    def __init__(self, number: int | None) -> None:
        self.heard: list[tuple[int, int]] = []
        self._number = number

    def advance(self, done: int, total: int) -> None:
        """Take note; raises `Cancelled` at the number."""
        self.heard.append((done, total))
        if done == self._number:
            raise Cancelled
