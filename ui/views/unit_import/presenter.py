"""Decides how a sheet of units is looked through line by line, and then brought in or not."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.unit import Unit, UnitKey
from app.errors import AppError
from app.services.desk.desk import Changes
from app.services.units.foresee import (
    DISTRICT,
    MOST_KEYS,
    NAME,
    Arrival,
    ForeseenLine,
    foresee,
    held_units,
)
from app.services.units.register import Intake, read_sheet, take_sheet
from ui.labels import SEPARATOR, Labels
from ui.models.sheet_lines import SheetLine
from ui.presenter import Presenter
from ui.tasks import Tasks

if TYPE_CHECKING:  # openpyxl takes 0.2 s
    from app.sheets.unit_sheet import UnitSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The lines of a file, the sentence over them, and how many units would be stored."""

    file: str
    lines: tuple[SheetLine, ...]
    summary: str
    count: int


class UnitImportPresenter(Presenter):
    """Reads a sheet and stores it when it is told to.

    `show` draws the preview, `refuse` says what is wrong with a file, `imported` is told the
    sentence to go on with.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[Preview], None],
        refuse: Callable[[str], None],
        imported: Callable[[str], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._refuse_file = refuse
        self._imported = imported
        self._path = Path()
        self._sheet: UnitSheet | None = None

    def open(self, path: Path) -> None:
        """Look through a file; nothing is stored."""
        self._path, self._sheet = path, None
        self._tasks.compute(
            partial(read_sheet, path), done=partial(self._on_sheet, path), refused=self._refuse
        )

    def store(self) -> None:
        """Bring in the good lines of what is shown."""
        if self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            self._tasks.database(
                partial(take_sheet, sheet=sheet), done=self._on_stored, refused=self._refuse
            )

    def _on_sheet(self, path: Path, sheet: "UnitSheet") -> None:
        if path == self._path:  # not another one since
            self._look_up(sheet, [unit.key for unit in sheet.units], {})

    def _look_up(
        self, sheet: "UnitSheet", keys: list[UnitKey], held: Mapping[UnitKey, Unit]
    ) -> None:
        """Ask which units are registered, some at a time; then compare."""
        if keys:
            some, rest = keys[:MOST_KEYS], keys[MOST_KEYS:]
            self._tasks.database(
                partial(held_units, keys=some),
                done=lambda found: self._look_up(sheet, rest, {**held, **found}),
                refused=self._refuse,
            )
        else:
            self._tasks.compute(
                partial(self._preview, sheet, held),
                done=partial(self._on_foreseen, sheet, self._path),
                refused=self._refuse,
            )

    def _on_foreseen(self, sheet: "UnitSheet", path: Path, preview: Preview) -> None:
        if path == self._path:
            self._sheet = sheet
            self._show(preview)

    def _preview(self, sheet: "UnitSheet", held: Mapping[UnitKey, Unit]) -> Preview:
        lines = foresee(sheet, held)
        counts = Counter(line.arrival for line in lines)
        summary = self._labels(
            "unit_import.summary",
            lines=len(lines),
            **{arrival.value: counts[arrival] for arrival in Arrival},
        )
        if counts[Arrival.REFUSED]:
            summary += SEPARATOR + self._labels("unit_import.wrong_hint")
        return Preview(
            file=self._path.name,
            lines=tuple(map(self._line, lines)),
            summary=summary,
            count=counts[Arrival.ADDED] + counts[Arrival.RENEWED],
        )

    def _line(self, line: ForeseenLine) -> SheetLine:
        return SheetLine(
            number=str(line.number),
            name=line.name,
            code=SEPARATOR.join(filter(None, (line.sub_unit, line.code))),
            arrival=line.arrival,
            word=self._labels(f"unit_import.{line.arrival}"),
            explanation=self._explanation(line),
            is_refused=line.error is not None,
        )

    def _explanation(self, line: ForeseenLine) -> str:
        if line.error is not None:
            return self._labels.refusal(line.error)
        named = (
            self._labels(f"unit.{each}") if each in {NAME, DISTRICT} else self._labels.fact(each)
            for each in line.differing
        )
        words = self._labels("unit_import.comma").join(named)
        return self._labels("unit_import.differing", facts=words) if words else ""

    def _on_stored(self, stored: tuple[Intake, Changes]) -> None:
        intake, changes = stored
        self._announce(changes)
        renewed = intake.renewed - intake.unchanged
        sentences = [self._labels("unit_import.stored", added=intake.added, renewed=renewed)]
        if intake.problems:
            sentences.append(self._labels("unit_import.left_out", count=len(intake.problems)))
        if changes.unsigned:
            sentences.append(self._labels("unit.signatures_removed", count=len(changes.unsigned)))
        self._imported(SEPARATOR.join(sentences))

    def _refuse(self, refusal: AppError) -> None:
        self._refuse_file(self._labels.refusal(refusal))
