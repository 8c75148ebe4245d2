"""The national form and guide as shipped, and cards filled by rule.

All people and units are made up. Everything else a test needs it builds with the
domain's own functions.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from app.domain.card import (
    Card,
    CardId,
    OfficeName,
    Person,
    Policy,
    Source,
    Terms,
    fill_open,
    score,
    set_not_applicable,
)
from app.domain.form import Form
from app.domain.guide import Guide
from app.domain.unit import Unit, UnitFacts, new_unit
from app.exchange.forms import read_form, read_guide

RESOURCES = Path(__file__).parents[1] / "resources"
FORM_FILE = RESOURCES / "forms" / "national-2020-2021.json"
GUIDE_FILE = RESOURCES / "guides" / "national-2020-2021.json"

# Made by the algorithm of GB 32100-2015; both check digits hold; no known owner.
SYNTHETIC_CODES = (
    "91440303MA00T0013G",
    "91440304MA00T0021R",
    "92440305MA00T003XW",
    "91440306MA00T0048E",
    "91440307MA00T0056P",
    "91440308MA00T00641",
    "91440309MA00T0072A",
    "91440310MA00T0080J",
    "91440311MA00T0099X",
    "91440300MA00T00A7T",
    "12440300MB00T00B99",
    "52440300MJ00T00C6B",
    "91440300MA00000820",
    "91440300MA000004XF",
)
SYNTHETIC_OFFICE = OfficeName(code="440306", name="测试区安康杯竞赛组委会办公室")
SYNTHETIC_ASSESSORS = (Person(name="测试甲", post="考核组组长"), Person(name="测试乙"))
VISIT = date(2020, 11, 6)


@cache
def national_form() -> Form:
    """Return the shipped form."""
    return read_form(FORM_FILE.read_bytes())


@cache
def national_guide() -> Guide:
    """Return the shipped guide."""
    return read_guide(GUIDE_FILE.read_bytes(), national_form())


def synthetic_unit(place: int = 0, *, sub_unit: str = "", facts: UnitFacts | None = None) -> Unit:
    """Return the made-up unit number 0 to 13, with facts that let every clause apply."""
    unit = new_unit(
        code=SYNTHETIC_CODES[place], sub_unit=sub_unit, name=f"深圳市测试{place + 1}号机械有限公司"
    )
    known = UnitFacts(workers=130, women=40, migrant=60, hazard_exposed=12, high_risk=False)
    return Unit(key=unit.key, name=unit.name, facts=facts or known)


def open_card(
    *,
    card_id: str = "01930000-0000-7000-8000-000000000001",
    unit: Unit | None = None,
    policy: Policy = Policy.FULL,
    step: str = "1",
    rehearsal: bool = False,
    office: OfficeName = SYNTHETIC_OFFICE,
) -> Card:
    """Return a first revision on the national form without a single mark."""
    return Card(
        id=CardId(card_id),
        revision=1,
        rehearsal=rehearsal,
        office=office,
        season=national_form().edition,
        terms=Terms(
            form=national_form().hash,
            guide=national_guide().hash,
            step=Decimal(step),
            policy=policy,
        ),
        unit=unit or synthetic_unit(),
        date_from=VISIT,
        date_to=VISIT,
        assessors=SYNTHETIC_ASSESSORS,
    )


def complete_card(
    card: Card | None = None,
    *,
    points: Mapping[str, str] | None = None,
    not_applicable: tuple[str, ...] = (),
) -> Card:
    """Return the card with every base clause marked: these points, these 不涉及, the rest full.

    Without a card `open_card()` is filled. The bonus is claimed only when it stands in `points`.
    """
    filled = card or open_card()
    form = national_form()
    for clause_id, text in (points or {}).items():
        filled = score(
            filled,
            form.clause(clause_id),
            points=Decimal(text),
            reason="现场未见相关资料",
            source=Source.ON_SITE,
        )
    for clause_id in not_applicable:
        filled = set_not_applicable(
            filled, form.clause(clause_id), reason="单位无此类职工", source=Source.PLEDGED
        )
    return fill_open(filled, form)
