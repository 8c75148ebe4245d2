"""隐患与建议 on a real workspace: kept with the first word, followed to the end, asked about."""

from dataclasses import replace

import pytest
import sqlcipher3

from app.domain.checks import Finding, Hint
from app.domain.form import ClauseId
from app.domain.hazard import Act, Field, Hazard, HazardState, Side, is_from_before
from app.domain.moment import local_date
from app.errors import Code
from app.services.cards.view import check_card
from app.services.desk.desk import Noun
from app.services.units.hazards import (
    add_photos,
    draft_hazard,
    hazards_of_card,
    hazards_of_unit,
    remove_photo,
    step_hazard,
    unsettled_hazards,
    write_hazard,
)
from tests.app.services.field import Field as District
from tests.app.services.field import Seat, actions, rows_of
from tests.hazards import PHOTO
from tests.refusals import refused

CLAUSE = ClauseId("S5-R2-C1")


@pytest.fixture
def seat(field: District) -> Seat:
    return field.first


def raised(seat: Seat, place: int = 0, **fields: str) -> Hazard:
    """Raise a hazard at a unit of the district."""
    hazard = draft_hazard(seat.desk, seat.unit(place).key)
    for name, text in {"text": "测试：通道堵塞", **fields}.items():
        hazard, _ = write_hazard(seat.desk, hazard, Field(name), text)
    return hazard


def test_a_draft_is_kept_with_the_first_word_by_its_credential(
    seat: Seat, field: District
) -> None:
    card_id = seat.open_card()
    view = hazards_of_card(seat.desk, card_id)
    draft = draft_hazard(seat.desk, view.card.unit.key, card_id=card_id, clause=CLAUSE)
    assert write_hazard(seat.desk, draft, Field.PLACE, " ")[1].nouns == frozenset()
    assert seat.desk.workspace.hazards.get(draft.id) is None
    field.pass_days(1)
    kept, changes = write_hazard(seat.desk, draft, Field.TEXT, "测试：通道堵塞")
    assert changes.nouns == {Noun.HAZARDS}
    assert (kept.raised.who, kept.raised.at) == ("测试甲", seat.desk.clock.now())
    assert (kept.card_id, kept.clause) == (card_id, CLAUSE)
    assert seat.desk.workspace.hazards.get(draft.id) == kept


def test_strokes_that_name_the_draft_meet_the_hazard_it_became(seat: Seat) -> None:
    draft = draft_hazard(seat.desk, seat.unit().key)
    write_hazard(seat.desk, draft, Field.TEXT, "测试：通道堵塞")
    write_hazard(seat.desk, draft, Field.PLACE, "二车间")
    both, _ = add_photos(seat.desk, draft, Side.BEFORE, [PHOTO])
    assert (both.text, both.place, both.before) == ("测试：通道堵塞", "二车间", (PHOTO,))
    bare, _ = remove_photo(seat.desk, draft, Side.BEFORE, PHOTO.sha256)
    assert seat.desk.workspace.hazards.get(draft.id) == bare
    assert bare.before == ()


def test_the_trail_tells_what_was_written_on_but_no_name(seat: Seat) -> None:
    hazard = raised(seat, person="测试联系人", telephone="0755-12345678")
    step_hazard(seat.desk, hazard.id, Act.BEGIN)
    entries = [line.entry for line in seat.desk.workspace.audit.lines()][-4:]
    assert [(entry.action, dict(entry.details)) for entry in entries] == [
        ("hazard.raise", {"what": "text"}),
        ("hazard.write", {"what": "person"}),
        ("hazard.write", {"what": "telephone"}),
        ("hazard.step", {"act": "begin"}),
    ]
    assert all(entry.subject == hazard.id for entry in entries)


def test_a_refused_step_leaves_nothing_behind(seat: Seat) -> None:
    hazard = raised(seat)
    before = actions(seat.desk)
    with refused(Code.HAZARD_STEP_FORBIDDEN):
        step_hazard(seat.desk, hazard.id, Act.PASS)
    with refused(Code.HAZARD_UNKNOWN, hazard="none"):
        step_hazard(seat.desk, "none", Act.BEGIN)
    assert seat.desk.workspace.hazards.get(hazard.id) == hazard
    assert actions(seat.desk) == before


def test_a_hazard_is_followed_to_its_end(seat: Seat, field: District) -> None:
    hazard = raised(seat, deadline="2020-11-20")
    step_hazard(seat.desk, hazard.id, Act.BEGIN)
    field.pass_days(3)
    step_hazard(seat.desk, hazard.id, Act.SUBMIT)
    closed, _ = step_hazard(seat.desk, hazard.id, Act.PASS, remark="当场恢复，无需拍照")
    assert closed.state is HazardState.CLOSED
    assert closed.steps[-1].by.at == seat.desk.clock.now()
    assert unsettled_hazards(seat.desk).hazards == ()
    assert seat.desk.workspace.hazards.open_counts() == {}


def test_what_is_left_over_all_units_begins_with_what_is_overdue(seat: Seat) -> None:
    later = raised(seat, 0, deadline="2020-12-31")
    overdue = raised(seat, 1, deadline="2020-11-05")
    listed = unsettled_hazards(seat.desk)
    assert listed.hazards == (overdue, later)
    assert listed.unit_names == {overdue.unit: "测试2号工厂", later.unit: "测试1号工厂"}
    assert listed.today == local_date(seat.desk.clock.now())


def test_last_years_hazards_meet_the_inspector_at_this_years_card(
    seat: Seat, field: District
) -> None:
    old = raised(seat)
    field.pass_days(300)
    new = raised(seat)
    view = hazards_of_card(seat.desk, seat.open_card())
    assert view.list.hazards == (old, new)
    assert [is_from_before(each, view.list.today) for each in (old, new)] == [True, False]
    assert view.list == hazards_of_unit(seat.desk, seat.unit().key)


def test_an_open_major_hazard_beside_full_points_is_asked_about(seat: Seat) -> None:
    card_id = seat.open_card()
    seat.score(card_id)
    finding = Finding(hint=Hint.MAJOR_HAZARD_OPEN, clause=CLAUSE)
    hazard = raised(seat, grade="suspected_major")
    assert finding in check_card(seat.desk, card_id)
    step_hazard(seat.desk, hazard.id, Act.WITHDRAW, remark="误判")
    assert finding not in check_card(seat.desk, card_id)


def test_no_hazard_can_be_deleted_and_no_line_of_its_history_changed(seat: Seat) -> None:
    hazard = raised(seat)
    with rows_of(seat.desk) as database:
        for statement in (
            "DELETE FROM hazard",
            "DELETE FROM hazard_step",
            "UPDATE hazard_step SET remark = 'x'",
        ):
            with pytest.raises(sqlcipher3.dbapi2.IntegrityError, match=r"hazard"):
                database.execute(statement)
    assert seat.desk.workspace.hazards.get(hazard.id) == hazard


def test_a_hazard_of_a_unit_not_registered_here_is_named_by_its_code(seat: Seat) -> None:
    key = replace(seat.unit().key, code="91440300MA000004XF")
    draft = draft_hazard(seat.desk, key)
    write_hazard(seat.desk, draft, Field.TEXT, "测试")
    assert unsettled_hazards(seat.desk).unit_names == {key: key.code}
