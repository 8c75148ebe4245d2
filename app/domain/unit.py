"""参赛单位: who is assessed, under which key, with which facts."""

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.credit_code import parse_credit_code
from app.domain.names import clean_line, clean_name
from app.errors import AppError, Code


class Fact(StrEnum):
    """A fact of the unit that a clause or a table asks for; all are counts but `HIGH_RISK`."""

    WORKERS = "workers"
    WOMEN = "women"
    MIGRANT = "migrant"
    HAZARD_EXPOSED = "hazard_exposed"
    HIGH_RISK = "high_risk"


_MOST_WORKERS = 10_000_000
_LONGEST_COUNT = 12  # digits; int() fails on thousands of them


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """Facts as declared by the unit; None is 'not known', never 0."""

    workers: int | None = None
    women: int | None = None
    migrant: int | None = None
    hazard_exposed: int | None = None
    high_risk: bool | None = None

    @property
    def typed(self) -> dict[str, str]:
        """Return the facts as `Unit.with_facts` takes them."""
        return {fact: _typed(getattr(self, fact)) for fact in Fact}

    def over(self, older: "UnitFacts") -> "UnitFacts":
        """Return these facts, and the older ones where these are not known."""
        return UnitFacts(
            workers=older.workers if self.workers is None else self.workers,
            women=older.women if self.women is None else self.women,
            migrant=older.migrant if self.migrant is None else self.migrant,
            hazard_exposed=(
                older.hazard_exposed if self.hazard_exposed is None else self.hazard_exposed
            ),
            high_risk=older.high_risk if self.high_risk is None else self.high_risk,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKey:
    """What tells units apart: branches and project departments share their parent's code."""

    code: str
    sub_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A participating unit (企事业单位).

    `district` (所属区、街道或产业工会, '' for not known) is for finding and listing it; it is no
    part of what is signed, so that no card holds it.
    """

    key: UnitKey
    name: str
    facts: UnitFacts = UnitFacts()
    district: str = ""

    @property
    def on_card(self) -> "Unit":
        """Return the unit as a card holds it."""
        return replace(self, district="") if self.district else self

    def in_district(self, typed: str) -> "Unit":
        """Return the unit in another district; AppError NAME_TOO_LONG, TEXT_NOT_PRINTABLE."""
        return replace(self, district=clean_line(typed))

    def with_facts(self, typed: dict[str, str]) -> "Unit":
        """Return the unit with facts as typed (`women=0`, `high_risk=yes`); '' makes one unknown.

        Raises:
            AppError: FACT_UNKNOWN, FACT_VALUE, FACTS_CONTRADICT (more women than workers).

        """
        facts = self.facts
        for name, text in typed.items():
            facts = _with_fact(facts, name, text)
        _refuse_contradiction(facts)
        return replace(self, facts=facts)

    def over(self, held: "Unit | None") -> "Unit":
        """Return this unit with what is held of it where nothing is said; FACTS_CONTRADICT."""
        if held is None:
            return self.with_facts({})
        facts = self.facts.over(held.facts)
        return replace(self, facts=facts, district=self.district or held.district).with_facts({})


def new_unit(*, code: str, sub_unit: str, name: str) -> Unit:
    """Return a unit from what a person typed.

    Raises:
        AppError: CREDIT_CODE_FORMAT, CREDIT_CODE_CHECK, NAME_EMPTY, NAME_TOO_LONG,
            TEXT_NOT_PRINTABLE.

    """
    return Unit(key=unit_key(code=code, sub_unit=sub_unit), name=clean_name(name))


def unit_key(*, code: str, sub_unit: str) -> UnitKey:
    """Return the key from what a person typed; raises as `new_unit`."""
    label = clean_name(sub_unit) if sub_unit.strip() else ""
    return UnitKey(code=parse_credit_code(code).text, sub_unit=label)


def _with_fact(facts: UnitFacts, name: str, text: str) -> UnitFacts:
    match name:
        case Fact.WORKERS:
            return replace(facts, workers=_count(name, text))
        case Fact.WOMEN:
            return replace(facts, women=_count(name, text))
        case Fact.MIGRANT:
            return replace(facts, migrant=_count(name, text))
        case Fact.HAZARD_EXPOSED:
            return replace(facts, hazard_exposed=_count(name, text))
        case Fact.HIGH_RISK:
            return replace(facts, high_risk=_yes_or_no(name, text))
        case _:
            raise AppError(Code.FACT_UNKNOWN, fact=name, known=", ".join(Fact))


def _typed(value: int | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)


def _count(name: str, text: str) -> int | None:
    word = unicodedata.normalize("NFKC", text).strip()
    if not word:
        return None
    if not (word.isascii() and word.isdigit() and len(word) <= _LONGEST_COUNT):
        raise AppError(Code.FACT_VALUE, fact=name, value=text)
    if int(word) > _MOST_WORKERS:
        raise AppError(Code.FACT_VALUE, fact=name, value=text)
    return int(word)


def _yes_or_no(name: str, text: str) -> bool | None:
    match text.strip().lower():
        case "":
            return None
        case "1" | "yes" | "true" | "是":
            return True
        case "0" | "no" | "false" | "否":
            return False
        case _:
            raise AppError(Code.FACT_VALUE, fact=name, value=text)


def _refuse_contradiction(facts: UnitFacts) -> None:
    for name in (Fact.WOMEN, Fact.MIGRANT, Fact.HAZARD_EXPOSED):
        part = getattr(facts, name)
        if facts.workers is not None and part is not None and part > facts.workers:
            raise AppError(Code.FACTS_CONTRADICT, fact=name, value=part, workers=facts.workers)
