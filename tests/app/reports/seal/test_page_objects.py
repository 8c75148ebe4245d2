"""What our own painter draws is never foreign, whatever the card; patterns leave fields open."""

from dataclasses import replace

import pytest

from app.crypto.facts import describe
from app.reports.card.scorecard import Scorecard, draw, lay_out
from app.reports.card.sealers import SealedBy, sealer
from app.reports.seal.page_objects import foreign_objects
from app.reports.seal.structure import foreign_entries
from app.reports.seal.verification import compare_scorecard, text_in
from app.reports.typeset.page import Field, Rect
from tests.scorecards import CARDS, SEALED_AT, fonts, printed, sealing, typical


def as_sealed(name: str) -> Scorecard:
    by = SealedBy(sealer(describe(sealing().inspector.certificate)), SEALED_AT)
    return replace(printed(CARDS[name]()), seals=(by,))


@pytest.mark.parametrize("name", CARDS)
def test_what_our_painter_draws_is_never_foreign(name: str) -> None:
    pdf, shown = sealing().sealed(CARDS[name]()), as_sealed(name)
    layout = lay_out(shown, fonts())
    assert foreign_objects(pdf, layout, rehearsal=shown.card.rehearsal) == ()
    assert foreign_entries(pdf, layout, fonts()) == ()


def test_a_real_card_with_the_mark_of_practice_is_told() -> None:
    pdf = sealing().sealed(CARDS["rehearsal"]())
    layout = lay_out(as_sealed("rehearsal"), fonts())
    found = foreign_objects(pdf, layout, rehearsal=False)
    assert {each.what for each in found} == {"picture"}


def test_ink_that_is_not_the_records_is_told() -> None:
    pdf, shown = sealing().sealed(typical()), as_sealed("typical")
    layout = lay_out(shown, fonts())
    page = next(page for page in layout.pages if page.ink)
    page.ink.reverse()
    found = foreign_objects(pdf, layout, rehearsal=False)
    assert [(each.page, each.what) for each in found] == [(page.number + 1, "line")]


def test_a_field_that_only_the_print_knows_must_fit_its_pattern() -> None:
    """The place of the code: words where there is none, nothing where there is one."""
    shown = as_sealed("typical")
    layout = lay_out(shown, fonts())
    pdf = draw(layout, shown, fonts())
    proof = next(field for field in layout.fields if field.name == "proof")
    assert text_in(pdf, proof)
    assert compare_scorecard(pdf, shown, fonts()) == ()
    coded = replace(shown, proof="AKP1:" + "A" * 300)
    other = draw(lay_out(coded, fonts()), coded, fonts())
    assert text_in(other, proof) == ""
    assert compare_scorecard(other, shown, fonts()) == ()


def test_words_in_the_place_of_the_code_that_do_not_belong_there_are_told() -> None:
    shown = as_sealed("typical")
    layout = lay_out(shown, fonts())
    proof = next(field for field in layout.fields if field.name == "proof")
    page = layout.pages[proof.page]
    words = next(text for text in page.texts if _inside(proof, text.x, text.baseline))
    page.texts[page.texts.index(words)] = words._replace(text="已核验")
    pdf = draw(layout, shown, fonts())
    (problem,) = compare_scorecard(pdf, shown, fonts())
    assert (problem.where, problem.signed) == ("proof", "")
    assert "已核验" in problem.printed


def _inside(field: Field, x: float, y: float) -> bool:
    rect: Rect = field.rect
    return rect.left <= x <= rect.right and rect.bottom <= y <= rect.top
