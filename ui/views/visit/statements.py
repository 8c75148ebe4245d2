"""What was stated on the screen and is not kept yet, or stays as it was typed; knows no lane."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from app.domain.card import Card
from app.services.desk.desk import Changes, Desk
from ui.views.visit.page import HOSTS, RECUSAL, TEAM, TRANSCRIPT, Entered

Kept = tuple[Card, Changes]
# Empty places in these are not kept, and somebody may be typing in one.
_STAYING = frozenset({TEAM, HOSTS, RECUSAL, TRANSCRIPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was stated on a topic: how it shows, and how to keep it."""

    number: int
    lay: Callable[[Entered], Entered]
    keep: Callable[[Desk], Kept]
    refusal: str = ""
    is_kept: bool = False


class Statements:
    """The newest statement on each topic; an answer to an older one is of no use any more."""

    def __init__(self) -> None:
        self._newest: dict[str, Statement] = {}
        self._count = 0

    @property
    def has_refused(self) -> bool:
        """Tell whether a statement was refused."""
        return any(each.refusal for each in self._newest.values())

    @property
    def is_settled(self) -> bool:
        """Tell whether everything stated is kept."""
        return all(each.is_kept for each in self._newest.values())

    @property
    def refusals(self) -> Mapping[str, str]:
        """Return what was refused, by topic."""
        return {topic: each.refusal for topic, each in self._newest.items() if each.refusal}

    def put(
        self, topic: str, lay: Callable[[Entered], Entered], keep: Callable[[Desk], Kept]
    ) -> Statement:
        """Take a statement in place of an earlier one on its topic."""
        self._count += 1
        self._newest[topic] = Statement(number=self._count, lay=lay, keep=keep)
        return self._newest[topic]

    def refused(self, topics: Collection[str] | None = None) -> tuple[tuple[str, Statement], ...]:
        """Return the refused statements on some topics, or on all."""
        return tuple(
            (topic, each)
            for topic, each in self._newest.items()
            if each.refusal and (topics is None or topic in topics)
        )

    def keep(self, topic: str, number: int) -> bool:
        """Note that a statement is kept; tell whether it is the newest on its topic."""
        if not self._is_newest(topic, number):
            return False
        if topic in _STAYING:
            self._newest[topic] = replace(self._newest[topic], refusal="", is_kept=True)
        else:
            del self._newest[topic]
        return True

    def refuse(self, topic: str, number: int, refusal: str) -> bool:
        """Note that a statement was refused; tell whether it is the newest on its topic."""
        if not self._is_newest(topic, number):
            return False
        self._newest[topic] = replace(self._newest[topic], refusal=refusal)
        return True

    def over(self, kept: Entered) -> Entered:
        """Return the fields of what is kept with what was stated laid over them."""
        return reduce(lambda entered, each: each.lay(entered), self._newest.values(), kept)

    def _is_newest(self, topic: str, number: int) -> bool:
        statement = self._newest.get(topic)
        return statement is not None and statement.number == number
