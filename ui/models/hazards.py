"""The hazards in the order they are to be dealt with, each as its lines are shown."""

from dataclasses import dataclass

from ui.models.lines import LineList


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardLine:
    """One hazard as shown: what was found, how far it is, how urgent; '' is not shown.

    `late` says by how many days it is overdue, `due` the deadline otherwise; `where` is the unit,
    and the year for what an earlier year left behind.
    """

    key: str
    title: str
    state: str
    grade: str
    due: str
    late: str
    where: str
    is_settled: bool

    @property
    def spoken(self) -> str:
        """Return the whole line as it is read aloud."""
        return " ".join(
            filter(None, (self.state, self.late, self.title, self.grade, self.due, self.where))
        )


class HazardModel(LineList[HazardLine]):
    """A list of hazards."""
