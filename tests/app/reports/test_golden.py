"""Each kind of page looks as it did when people looked at it (tests/golden)."""

from collections.abc import Callable, Mapping
from functools import cache, partial

import pytest
from PIL import Image, ImageDraw

from app.crypto.cms import sign_detached
from app.domain.signature import Signatory
from app.reports.card.copies import draw_marked
from app.reports.card.scorecard import draw_scorecard
from app.reports.seal.seal import Record, Sealing, sealed_scorecard
from app.reports.seal.second_seal import add_second_seal
from tests.app.reports.sheets.test_sheets import SHEETS
from tests.golden import GOLDEN, MADE, picture_of, same_as_golden
from tests.pki import make_inspector, make_office
from tests.scorecards import (
    CARDS,
    SEALED_AT,
    as_sealed,
    evidenced,
    fonts,
    printed,
    signed,
    signed_by_both,
    synthetic_ink,
    typical,
)
from tests.shots import with_photos, with_shots


@cache
def card(name: str) -> bytes:
    """Return a card as it is drawn when it is sealed."""
    return draw_scorecard(as_sealed(CARDS[name]()), fonts())


@cache
def draft(name: str) -> bytes:
    return draw_scorecard(printed(CARDS[name]()), fonts())


def copy() -> bytes:
    return draw_marked(as_sealed(typical()), "被考核单位留存联", fonts())


@cache
def evidence(count: int) -> bytes:
    """Return a card with so many photos, 0 for one with papers and photos of many clauses."""
    card = with_photos(count) if count else evidenced()
    return draw_scorecard(with_shots(as_sealed(card)), fonts())


@cache
def sealed_twice() -> bytes:
    """Return a card with the seals of both inspectors, each with his ink."""
    office = make_office()
    first, second = (make_inspector(office, name) for name in ("测试甲", "测试乙"))
    team = signed(signed_by_both(typical()), Signatory.MEMBER, "测试乙", synthetic_ink(4))
    once = sealed_scorecard(
        as_sealed(team),
        fonts(),
        record=Record(document=b"{}", cms=sign_detached(b"{}", first)),
        sealing=Sealing(identity=first, moment=SEALED_AT),
    )
    sealing = Sealing(identity=second, moment=SEALED_AT)
    return add_second_seal(once, fonts(), sealing, card=team)


def sheet(name: str) -> bytes:
    return SHEETS[name](typical())


def page(draw: Callable[[], bytes], number: int) -> Image.Image:
    return picture_of(draw(), number)


# name of the picture: how it is made. Another kind of page is another line here.
PAGES: Mapping[str, Callable[[], Image.Image]] = {
    "table": partial(page, partial(card, "typical"), 0),
    "block": partial(page, partial(card, "typical"), 1),
    "block-of-every-manner": partial(page, partial(card, "every_manner"), 1),
    "block-of-many": partial(page, partial(card, "crowded"), 2),
    "block-sealed-twice": partial(page, sealed_twice, 1),
    "block-to-sign": partial(page, partial(draft, "unfinished"), 1),
    "annex": partial(page, partial(card, "rescaled"), 2),
    "annex-end": partial(page, partial(card, "rescaled"), 3),
    "rehearsal": partial(page, partial(card, "rehearsal"), 0),
    "evidence": partial(page, partial(evidence, 0), 4),
    "evidence-end": partial(page, partial(evidence, 0), 6),
    "evidence-of-many": partial(page, partial(evidence, 31), 4),
    "unit-copy": partial(page, copy, 1),
    "blank": partial(page, partial(sheet, "blank"), 0),
    "blank-end": partial(page, partial(sheet, "blank"), 1),
    "checklist": partial(page, partial(sheet, "checklist"), 0),
    "walk": partial(page, partial(sheet, "walk"), 0),
    "feedback": partial(page, partial(sheet, "feedback"), 0),
    "rectification": partial(page, partial(sheet, "rectification"), 0),
    "rectification-end": partial(page, partial(sheet, "rectification"), 1),
    "hazards": partial(page, partial(sheet, "hazards"), 0),
    "history": partial(page, partial(sheet, "history"), 0),
    "archive": partial(page, partial(sheet, "archive"), 0),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_found_good(name: str) -> None:
    assert same_as_golden(name, PAGES[name]()), f"see {MADE / name}.png and -difference.png"


def test_every_golden_picture_belongs_to_a_page_and_is_small() -> None:
    kept = {path.stem: path.stat().st_size for path in GOLDEN.glob("*.png")}
    assert kept.keys() == PAGES.keys()
    assert max(kept.values()) <= 60 * 1024


def test_a_stroke_too_many_is_seen() -> None:
    picture = PAGES["table"]()
    ImageDraw.Draw(picture).line((100, 20, 125, 20), fill=0)
    assert not same_as_golden("table", picture)
