"""Decides how a unit is registered and its facts are set: all that was typed, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from app.domain.unit import Unit, UnitFacts, UnitKey, new_unit
from app.errors import AppError
from app.services.desk.desk import Changes, Desk
from app.services.units.register import add_unit, find_unit, set_facts, suspicious_code
from ui.labels import SEPARATOR, Labels
from ui.presenter import Presenter
from ui.tasks import Tasks

YES, NO, UNKNOWN = "yes", "no", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitForm:
    """A unit as it stands in the fields; a fact that is '' is not known."""

    name: str = ""
    code: str = ""
    sub_unit: str = ""
    district: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class UnitPresenter(Presenter):
    """Keeps the form of one unit.

    `show` fills the fields, `refuse` says what is wrong with them, `saved` is told the sentence to
    go on with; `tell` says why a unit could not be shown at all.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[UnitForm], None],
        refuse: Callable[[str], None],
        saved: Callable[[str], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._refuse_form = refuse
        self._saved = saved
        self._key: UnitKey | None = None
        self._kept = UnitForm()

    @property
    def is_new(self) -> bool:
        """Tell whether the unit is not registered yet."""
        return self._key is None

    def open_new(self) -> None:
        """Show an empty form."""
        self._key = None
        self._kept = UnitForm(facts=UnitFacts().typed)
        self._show(self._kept)

    def open(self, key: UnitKey) -> None:
        """Show a registered unit."""
        self._read(partial(_read, key=key), self._on_read)

    def save(self, form: UnitForm) -> None:
        """Keep what was typed."""
        work = _register if self.is_new else _renew
        self._tasks.database(
            partial(work, form=form), done=self._on_saved, refused=self._on_refused
        )

    def differs(self, form: UnitForm) -> bool:
        """Tell whether the fields hold what was not saved."""
        return form != self._kept

    def _on_read(self, unit: Unit) -> None:
        self._key = unit.key
        self._kept = UnitForm(
            name=unit.name,
            code=unit.key.code,
            sub_unit=unit.key.sub_unit,
            district=unit.district,
            facts=unit.facts.typed,
        )
        self._show(self._kept)

    def _on_saved(self, saved: tuple[Unit, Changes]) -> None:
        unit, changes = saved
        self._announce(changes)
        sentences = [self._labels("unit.saved", unit=self._labels.unit(unit))]
        if changes.unsigned:
            sentences.append(self._labels("unit.signatures_removed", count=len(changes.unsigned)))
        if suspicious_code(unit.key.code):
            sentences.append(self._labels("unit.code_suspicious", code=unit.key.code))
        self._saved(SEPARATOR.join(sentences))

    def _on_refused(self, refusal: AppError) -> None:
        self._refuse_form(self._labels.refusal(refusal))


def _read(desk: Desk, *, key: UnitKey) -> Unit:
    return find_unit(desk, code=key.code, sub_unit=key.sub_unit)


def _register(desk: Desk, *, form: UnitForm) -> tuple[Unit, Changes]:
    unit = new_unit(code=form.code, sub_unit=form.sub_unit, name=form.name)
    unit.in_district(form.district).with_facts(
        dict(form.facts)
    )  # refused before anything is stored
    added, changes = add_unit(desk, name=form.name, code=form.code, sub_unit=form.sub_unit)
    if not (any(form.facts.values()) or form.district):
        return added, changes
    return _renew(desk, form=form)


def _renew(desk: Desk, *, form: UnitForm) -> tuple[Unit, Changes]:
    typed = {**form.facts, "name": form.name, "district": form.district}
    return set_facts(desk, code=form.code, sub_unit=form.sub_unit, typed=typed)
