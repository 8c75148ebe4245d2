"""Cards as people see them, and the forms and guides they are bound to."""

from decimal import Decimal

import pytest

from app.domain.delivery import State
from app.domain.form import FormHash, GuideHash
from app.domain.trail import AuditEntry
from app.errors import Code
from app.exchange.forms import read_form
from app.services.cards.assess import Points, jot
from app.services.cards.view import list_cards, view_card
from app.services.desk.forms import (
    current_form,
    current_guide,
    current_guide_names,
    form_with_hash,
    guide_name,
    guide_with_hash,
)
from app.services.desk.standing import inspectors_office, own_office, standing
from app.services.seal.seal import revise_card
from tests.app.services.field import OFFICE_CODE, Field, closing_desk, rows_of
from tests.forms import FORM_FILE, GUIDE_FILE, national_form, national_guide
from tests.refusals import refused


def test_figures_follow_every_stroke(field: Field) -> None:
    card_id = field.first.open_card()
    jot(field.first.desk, card_id, Points(clause="S1-R1-C1", points="2"))
    view = view_card(field.first.desk, card_id)
    assert (view.totals.base, view.state, view.sealed, view.reason) == (
        Decimal(2),
        State.DRAFT,
        None,
        "",
    )
    assert (view.form, view.guide) == (national_form(), national_guide())


def test_cards_are_listed_oldest_first_each_with_its_state(field: Field) -> None:
    draft = field.first.open_card(0)
    complete = field.first.open_card(1)
    field.first.score(complete)
    sealed = field.first.sealed_card(2)
    listed = list_cards(field.first.desk)
    assert [(each.line.id, each.state) for each in listed] == [
        (draft, State.DRAFT),
        (complete, State.COMPLETE),
        (sealed.index.id, State.SIGNED),
    ]


def test_list_and_view_agree_in_every_state(field: Field) -> None:
    field.first.open_card(0)
    sealed = field.first.sealed_card(1)
    field.submit()
    field.first.sealed_card(2)
    revised = field.first.sealed_card(3)
    revise_card(field.first.desk, revised.index.id, reason="复核")
    for each in list_cards(field.first.desk):
        view = view_card(field.first.desk, each.line.id)
        assert (view.state, view.card.revision) == (each.state, each.line.revision)
    assert view_card(field.first.desk, sealed.index.id).state is State.EXPORTED


def test_a_bonus_left_blank_does_not_hold_a_card_up(field: Field) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id)
    assert view_card(field.first.desk, card_id).state is State.COMPLETE


def test_the_shipped_form_and_guide_are_current(field: Field) -> None:
    assert current_form(field.first.desk) == national_form()
    guide = current_guide(field.first.desk)
    assert current_guide_names(field.first.desk) == {guide.hash: guide_name(guide)}


def test_a_form_of_another_year_is_read_from_the_workspace(field: Field) -> None:
    """It was kept when a card was begun on it; the shipped one has changed since."""
    other = FORM_FILE.read_bytes().replace("总 得 分".encode(), "总  得  分".encode())
    form = read_form(other)
    assert form.hash != national_form().hash
    with refused(Code.FORM_UNKNOWN):
        form_with_hash(field.first.desk, form.hash)
    with field.first.desk.workspace.change(AuditEntry(action="test")):
        field.first.desk.workspace.documents.keep(form.hash, other)
    assert form_with_hash(field.first.desk, form.hash) == form


def test_a_guide_that_nobody_kept_is_unknown(field: Field) -> None:
    with refused(Code.GUIDE_UNKNOWN):
        guide_with_hash(field.first.desk, GuideHash("a" * 64), national_form().hash)


@pytest.mark.parametrize("kind", ["form", "guide"])
def test_a_kept_document_that_was_exchanged_is_damaged(field: Field, kind: str) -> None:
    desk = field.first.desk
    content = FORM_FILE.read_bytes() if kind == "form" else GUIDE_FILE.read_bytes()
    with desk.workspace.change(AuditEntry(action="test")):
        desk.workspace.documents.keep("a" * 64, content)
        desk.workspace.documents.keep(national_form().hash, FORM_FILE.read_bytes())
    if kind == "form":
        with refused(Code.FORM_DAMAGED):
            form_with_hash(desk, FormHash("a" * 64))
    else:
        with refused(Code.GUIDE_DAMAGED):
            guide_with_hash(desk, GuideHash("a" * 64), national_form().hash)


def test_a_damaged_row_is_told_not_guessed(field: Field) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id)
    with rows_of(field.first.desk) as rows:
        rows.execute("UPDATE card SET date_to = 'yesterday'")
    with refused(Code.DATABASE_DAMAGED):
        view_card(field.first.desk, card_id)
    with refused(Code.DATABASE_DAMAGED):
        list_cards(field.first.desk)


def test_a_workspace_stands_for_its_office(field: Field) -> None:
    assert standing(field.office.desk).name.code == OFFICE_CODE
    assert own_office(field.office.desk).name.code == OFFICE_CODE
    with refused(Code.OFFICE_MISSING):
        own_office(field.first.desk)
    with refused(Code.IDENTITY_MISSING):
        inspectors_office(field.office.desk)
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        assert standing(desk).name.code == ""
