"""Decides what 核验 shows: what was brought is looked at, laid before the workspace, judged.

PDFium, pictures and keys are the compute lane's, stores the database lane's. An answer that comes
after something else was brought is dropped.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.verifying.work import (
    Brought,
    Given,
    Trusted,
    judge,
    know,
    lay,
    look,
    look_for,
    trust,
)

if TYPE_CHECKING:
    from app.services.desk.desk import Changes
    from app.services.verify.exhibit import Exhibit
    from app.services.verify.telling import Told
    from app.services.verify.verdict import Report
    from app.services.verify.verify import Bench


class VerifyingPresenter(Presenter):
    """`show` tells a verdict, `wait` that one is being found, `refuse` why there is none.

    `trusting` names the offices trusted for this visit, a line each.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: "Callable[[Told], None]",
        wait: Callable[[str], None],
        refuse: Callable[[str], None],
        trusting: Callable[[str], None],
        announce: "Callable[[Changes], None]",
    ) -> None:
        super().__init__(tasks, labels, tell=refuse, announce=announce)
        self._show = show
        self._wait = wait
        self._trusting = trusting
        self._trusted: tuple[Trusted, ...] = ()
        self._exhibit: Exhibit | None = None
        self._turn = 0

    def take(self, given: Given) -> None:
        """Look at a file, or at a picture that never was one, and verify it."""
        name = given.name if isinstance(given, Path) else self._labels("verifying.pasted")
        self._look(name, partial(look, given, name))

    def find(self, typed: str) -> None:
        """Look for the card of a check code."""
        self._look(typed.strip(), partial(look_for, typed))

    def _look(self, name: str, work: Callable[[], Brought]) -> None:
        self._turn += 1
        # It comes back with a file of trust only: a verdict never stands below another name.
        before, self._exhibit = self._exhibit, None
        self._wait(self._labels("verifying.working", name=name))
        self._tasks.compute(
            work,
            done=partial(self._on_looked, self._turn, before),
            refused=partial(self._on_refused, self._turn),
        )

    def _on_looked(self, turn: int, before: "Exhibit | None", brought: Brought) -> None:
        if turn != self._turn:
            return
        if brought.is_package:
            self._tell(self._labels("verifying.is_package"))
        elif brought.is_trust:
            self._exhibit = before
            self._tasks.database(
                partial(trust, content=brought.exhibit.content),
                done=partial(self._on_trusted, turn),
                refused=partial(self._on_refused, turn),
            )
        else:
            self._exhibit = brought.exhibit
            self._lay_before(turn, brought.exhibit)

    def _on_trusted(self, turn: int, trusted: Trusted) -> None:
        others = (each for each in self._trusted if each.fingerprint != trusted.fingerprint)
        self._trusted = (*others, trusted)
        self._trusting("\n".join(map(self._named, self._trusted)))
        if turn != self._turn:
            return
        if self._exhibit is None:
            self._tell("")
        else:
            self._lay_before(turn, self._exhibit)

    def _named(self, trusted: Trusted) -> str:
        return self._labels(
            "verifying.trusting", office=trusted.name, fingerprint=trusted.fingerprint
        )

    def _lay_before(self, turn: int, exhibit: "Exhibit") -> None:
        self._tasks.database(
            partial(lay, exhibit=exhibit, trusted=self._trusted),
            done=partial(self._on_laid, turn, exhibit),
            refused=partial(self._on_refused, turn),
        )

    def _on_laid(self, turn: int, exhibit: "Exhibit", bench: "Bench") -> None:
        if turn == self._turn:
            self._tasks.compute(
                partial(judge, exhibit, bench),
                done=partial(self._on_judged, turn),
                refused=partial(self._on_refused, turn),
            )

    def _on_judged(self, turn: int, report: "Report") -> None:
        if turn == self._turn:
            self._tasks.database(
                partial(know, report=report),
                done=partial(self._on_known, turn),
                refused=partial(self._on_refused, turn),
            )

    def _on_known(self, turn: int, report: "Report") -> None:
        if turn == self._turn:
            from app.services.verify.telling import told

            self._show(told(report, self._labels.catalogue))

    def _on_refused(self, turn: int, refusal: AppError) -> None:
        if turn == self._turn:
            self._refuse(refusal)
