"""单位情况 without widgets: each statement is kept as it is made, none is lost when refused."""

from pathlib import Path

import pytest

from app.domain.card import Card, CardId, Person
from app.domain.signature import Pending, Signatory
from app.domain.visit import Host, Recusal, Transcript, Visit, VisitMode
from app.services.cards.assess import new_card, record
from app.services.cards.view import view_card
from app.services.cards.visit import set_visit
from app.services.desk.desk import Changes, Desk, Noun
from app.services.desk.intake import Scan
from app.services.seal.sign import sign_card
from app.services.units.register import add_unit, set_facts
from tests.app.services.field import Founded, fresh_copy
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.views.visit.page import (
    CONFLICT,
    DATES,
    FREE,
    NAME,
    RECUSAL,
    TEAM,
    TRANSCRIPT,
    FactLine,
    VisitPage,
)
from ui.views.visit.presenter import VisitPresenter

SCAN = Scan(content=b"%PDF-1.7 test", name="原件.pdf", media_type="application/pdf")
LEAD = Person(name="测试甲", post="监督检查员")
MEMBER, NOBODY = Person(name="测试乙"), Person(name="")


class Stage:
    """A presenter, and what it showed and said."""

    def __init__(self, desk: Desk, labels: Labels, card_id: CardId) -> None:
        self.desk = desk
        self.pages: list[VisitPage] = []
        self.told: list[str] = []
        self.changes: list[Changes] = []
        self.tasks = InlineTasks(desk)
        self.presenter = VisitPresenter(
            self.tasks,
            labels,
            show=self.pages.append,
            tell=self.told.append,
            announce=self.changes.append,
        )
        self.card_id = card_id
        self.presenter.open(self.card_id)

    def page(self) -> VisitPage:
        return self.pages[-1]

    def card(self) -> Card:
        return view_card(self.desk, self.card_id).card

    def visit(self) -> Visit:
        visit = self.card().visit
        assert visit is not None
        return visit


@pytest.fixture
def stage(desk: Desk, labels: Labels) -> Stage:
    unit, _ = add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="")
    unit, _ = set_facts(desk, code=unit.key.code, sub_unit="", typed={"workers": "130"})
    return Stage(desk, labels, new_card(desk, unit)[0].id)


def test_a_card_is_shown_as_it_is_kept(stage: Stage) -> None:
    entered = stage.page().entered
    assert stage.page().code == SYNTHETIC_CODES[0]
    assert (entered.facts[NAME], entered.facts["workers"], entered.facts["women"]) == (
        "甲厂",
        "130",
        "",
    )
    assert (entered.mode, entered.photos_allowed) == (VisitMode.ON_SITE, True)
    assert (entered.credentials, entered.recusal, stage.page().saving) == ("", "", "已保存")


def test_a_fact_is_kept_on_the_unit_and_the_card(stage: Stage) -> None:
    stage.presenter.type_fact("women", "40")
    assert stage.card().unit.facts.women == 40
    assert stage.desk.workspace.units.get(stage.card().unit.key) == stage.card().unit
    assert stage.changes[-1].nouns == {Noun.UNITS, Noun.CARDS}


def test_a_fact_that_contradicts_stays_in_sight_until_the_other_is_right(stage: Stage) -> None:
    stage.presenter.type_fact("women", "140")
    assert stage.page().entered.facts["women"] == "140"
    assert "女职工数" in stage.page().refusals["women"]
    assert stage.presenter.has_unsaved
    assert stage.card().unit.facts.women is None
    stage.presenter.type_fact("workers", "200")
    assert (stage.card().unit.facts.workers, stage.card().unit.facts.women) == (200, 140)
    assert not stage.page().refusals
    assert not stage.presenter.has_unsaved


def test_an_answer_to_an_older_statement_does_not_undo_a_newer_one(stage: Stage) -> None:
    stage.tasks.held = True
    for typed in ("4", "40", "4x"):
        stage.presenter.type_fact("women", typed)
    for answered, shown in ((1, "4x"), (2, "4x")):
        stage.tasks.release(1)
        assert stage.page().entered.facts["women"] == shown, answered
    assert (stage.page().saving, stage.page().refusals) == ("正在保存…", {})
    stage.tasks.release()
    assert "women" in stage.page().refusals
    assert stage.card().unit.facts.women == 40


def test_leaving_waits_for_what_is_under_way_and_tries_again(stage: Stage) -> None:
    gone: list[str] = []
    stage.presenter.type_fact("women", "140")
    stage.tasks.held = True
    stage.presenter.type_fact("workers", "200")
    stage.presenter.settle(lambda: gone.append("on"))
    assert gone == []
    stage.tasks.release()
    assert gone == ["on"]
    assert stage.card().unit.facts.women == 140
    assert not stage.presenter.has_unsaved


def test_what_was_told_before_stands_beside_each_fact(
    founded: Founded, tmp_path: Path, labels: Labels
) -> None:
    with fresh_copy(founded, "first", tmp_path / "first") as seat:
        seat.sealed_card()
        set_facts(
            seat.desk, code=seat.unit().key.code, sub_unit="", typed={"women": "39", "migrant": ""}
        )
        stage = Stage(seat.desk, labels, new_card(seat.desk, seat.unit())[0].id)
        assert stage.page().told.startswith("右侧为上次考核所载")
        lines = stage.page().facts
        assert lines["workers"] == FactLine(before="130", differs=False)
        assert lines["women"] == FactLine(before="40", differs=True)
        assert lines["migrant"] == FactLine(before="60", differs=False)
        assert lines["high_risk"] == FactLine(before="否", differs=False)
        assert [person.name for person in stage.page().known] == []


def test_a_sealed_card_can_only_be_read(founded: Founded, tmp_path: Path, labels: Labels) -> None:
    with fresh_copy(founded, "first", tmp_path / "first") as seat:
        stage = Stage(seat.desk, labels, seat.sealed_card().index.id)
        gone: list[str] = []
        stage.presenter.confirm(lambda: gone.append("on"))
        assert (stage.page().is_read_only, stage.page().warnings) == (True, ())
        assert (gone, stage.changes) == (["on"], [])


def test_both_assessors_are_kept_and_an_empty_line_stays(stage: Stage) -> None:
    stage.presenter.name_team((NOBODY, MEMBER))
    assert stage.card().assessors == (MEMBER,)
    assert stage.page().entered.team == (NOBODY, MEMBER)
    assert len(stage.page().warnings) == 1
    stage.presenter.add_colleague(LEAD)
    assert stage.card().assessors == (LEAD, MEMBER)
    assert not stage.page().warnings


def test_a_name_that_cannot_be_kept_is_refused_beside_the_team(stage: Stage) -> None:
    stage.presenter.name_team((Person(name="长" * 101), MEMBER))
    assert TEAM in stage.page().refusals
    assert stage.card().assessors == ()
    stage.presenter.name_team((LEAD, MEMBER))
    assert TEAM not in {topic for topic, said in stage.page().refusals.items() if said}
    assert stage.card().assessors == (LEAD, MEMBER)


def test_the_formalities_are_kept_one_by_one(stage: Stage) -> None:
    presenter = stage.presenter
    presenter.name_hosts((Person(name="测试丁", post="安全部经理"), NOBODY))
    presenter.choose_mode(VisitMode.REMOTE)
    presenter.allow_photos(allowed=False)
    presenter.show_credentials(shown=True)
    presenter.declare(FREE, "")
    assert stage.visit() == Visit(
        mode=VisitMode.REMOTE,
        received_by=(Host(name="测试丁", post="安全部经理"),),
        photos_allowed=False,
        credentials_shown=True,
        recusal=Recusal(),
    )


def test_a_conflict_is_declared_once_it_is_in_words(stage: Stage) -> None:
    stage.presenter.declare(CONFLICT, "")
    assert stage.visit().recusal is None
    assert stage.page().entered.recusal == CONFLICT
    stage.presenter.declare(CONFLICT, "测试乙曾任顾问")
    assert stage.visit().recusal == Recusal(conflict="测试乙曾任顾问")
    assert len(stage.page().warnings) == 2
    stage.presenter.declare(CONFLICT, "\x07")
    assert stage.page().refusals[RECUSAL]
    assert stage.visit().recusal == Recusal(conflict="测试乙曾任顾问")


def test_a_transcript_made_elsewhere_stays(stage: Stage) -> None:
    typed = Transcript(typed_by="测试甲", checked_by="测试乙")
    set_visit(stage.desk, stage.card_id, Visit(transcript=typed))
    stage.presenter.show_credentials(shown=True)
    assert stage.visit().transcript == typed


def test_a_scan_that_is_kept_while_the_card_is_opened_again_is_shown(stage: Stage) -> None:
    stage.presenter.transcribe(is_paper=True, typed_by="测试甲", checked_by="测试乙")
    stage.tasks.held = True
    stage.presenter.attach_paper(lambda: SCAN)
    stage.tasks.release(1)
    stage.presenter.open(stage.card_id)
    stage.tasks.release()
    assert stage.page().entered.scan == SCAN.name


def test_a_card_typed_from_paper_names_both_people(stage: Stage) -> None:
    presenter = stage.presenter
    presenter.transcribe(is_paper=True, typed_by="", checked_by="")
    assert stage.visit().transcript is None
    assert stage.page().entered.is_paper
    presenter.attach_paper(lambda: SCAN)
    assert "姓名" in stage.told[-1]
    presenter.transcribe(is_paper=True, typed_by="测试甲", checked_by="测试甲")
    assert stage.page().refusals[TRANSCRIPT]
    presenter.transcribe(is_paper=True, typed_by="测试甲", checked_by="测试乙")
    presenter.attach_paper(lambda: SCAN)
    assert stage.page().entered.scan == SCAN.name
    transcript = stage.visit().transcript
    assert transcript is not None
    assert (transcript.typed_by, transcript.checked_by) == ("测试甲", "测试乙")
    assert transcript.scan is not None
    assert stage.desk.workspace.evidence.holds(transcript.scan.sha256)
    presenter.transcribe(is_paper=True, typed_by="", checked_by="测试乙")
    assert stage.page().refusals[TRANSCRIPT]
    presenter.transcribe(is_paper=False, typed_by="", checked_by="")
    assert stage.visit().transcript is None


def test_the_days_are_kept_when_they_are_days_in_order(stage: Stage) -> None:
    for first, last in (("2020-11", "2020-11-06"), ("2020-11-07", "2020-11-06")):
        stage.presenter.type_dates(first, last)
        assert stage.page().refusals[DATES]
        assert stage.page().entered.first_day == first
    stage.presenter.type_dates("2020-11-05", "2020-11-06")
    assert stage.card().date_from.isoformat() == "2020-11-05"
    assert DATES not in stage.page().refusals


def test_confirming_keeps_what_nobody_touched_and_goes_on(stage: Stage) -> None:
    gone: list[str] = []
    stage.presenter.confirm(lambda: gone.append("on"))
    assert stage.visit() == Visit()
    assert gone == ["on"]


def test_signatures_that_fall_are_told(stage: Stage) -> None:
    record(stage.desk, stage.card_id, [], fill=True)
    sign_card(
        stage.desk,
        stage.card_id,
        signatory=Signatory.UNIT,
        name="测试丙",
        manner=Pending(),
    )
    stage.presenter.open(stage.card_id)
    stage.presenter.name_team((LEAD, MEMBER))
    assert stage.told == ["内容有变动，原有签字已失效，需重新签字。"]


def test_a_card_that_is_not_there_is_told(stage: Stage) -> None:
    shown = len(stage.pages)
    stage.presenter.open(CardId("01930000-0000-7000-8000-00000000000f"))
    assert len(stage.pages) == shown
    assert len(stage.told) == 1
