"""The sections (考核项目) of a card with how far each is and what it has so far."""

from dataclasses import dataclass

from ui.models.lines import LineList


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """One section as shown: its official title, clauses marked of all, points so far of all."""

    title: str
    marked: int
    clauses: int
    progress: str
    points: str

    @property
    def is_done(self) -> bool:
        """Tell whether no clause is open."""
        return self.marked == self.clauses

    @property
    def key(self) -> str:
        """Return what tells it from the other sections."""
        return self.title

    @property
    def spoken(self) -> str:
        """Return the whole line as it is read aloud."""
        return f"{self.title} {self.progress} {self.points}"


class SectionModel(LineList[SectionLine]):
    """A list of sections."""
