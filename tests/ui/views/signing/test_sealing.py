"""电子签封, corrections and what comes later: with real keys, and without widgets."""

from datetime import timedelta

import pytest

from app.domain.delivery import State
from app.domain.keyring import CredentialKind
from app.domain.sealed import SealedCard
from app.domain.signature import Paper, Pending, Signatory
from app.exchange.credential_file import CredentialFile, write_credential
from app.files import read_whole
from app.reports.card.wording import check_code
from app.reports.seal.seal_reading import read_seals
from app.services.keys.trust import anchors
from app.services.keys.unlock import credential_of
from app.services.seal.seal import sealed_of
from app.services.seal.sign import sign_card
from app.services.seal.time_stamps import set_stamp_service
from app.services.units.register import set_facts
from tests.app.services.field import INSPECTOR_WORDS, Founded, closing_desk, fresh_copy
from tests.fakes import FakeClock
from tests.forms import SYNTHETIC_CODES
from tests.pictures import photograph
from tests.progress import StopsAt
from tests.scorecards import synthetic_ink
from tests.tsa import make_authority, serving
from tests.ui.views.signing.stage import Stage
from ui.labels import Labels
from ui.views.signing.places import Standing
from ui.views.signing.work import Second

LEAD, UNIT = Signatory.LEAD, Signatory.UNIT
STEPS_BEFORE_KEEPING = 5  # warm, plan, open the key, seal; the next one stores


def signed(stage: Stage, place: int = 0) -> str:
    """Show a card both sides have signed; the unit's signature is to follow."""
    card_id = stage.open_complete(place)
    stage.seat.sign(card_id, Pending())
    stage.presenter.refresh()
    return card_id


def sealed(stage: Stage) -> SealedCard:
    return sealed_of(stage.seat.desk, stage.page.card)


def test_a_signed_card_waits_for_its_seal_and_says_so(stage: Stage) -> None:
    card_id = stage.open_complete()
    assert stage.page.state_word == "待签字"
    stage.seat.sign(card_id)
    stage.presenter.refresh()
    assert (stage.page.is_ready, stage.page.state_word) == (True, "已签字，待电子签封")


def test_the_passphrase_seals_and_is_not_asked_again_today(stage: Stage) -> None:
    signed(stage)
    stage.presenter.seal(INSPECTOR_WORDS)
    assert stage.page.state is State.SIGNED
    assert stage.page.sealed is not None
    assert stage.page.sealed.lines[1] == "签封人：测试甲（监督检查员）"
    assert stage.page.sealed.lines[2].endswith(check_code(sealed(stage).index.hash))
    signed(stage, 1)
    assert stage.page.lock.is_open
    stage.presenter.seal("")
    assert sealed(stage).index.revision == 1


def test_it_is_asked_again_tomorrow_and_after_locking(stage: Stage) -> None:
    signed(stage)
    stage.presenter.seal(INSPECTOR_WORDS)
    stage.presenter.lock()
    assert not stage.page.lock.is_open
    clock = stage.seat.desk.clock
    assert isinstance(clock, FakeClock)
    clock.pass_time(timedelta(days=1))
    signed(stage, 1)
    stage.presenter.seal("")
    assert stage.page.sealed is None
    assert stage.refusal


def test_a_key_opened_yesterday_is_not_open_at_midnight(stage: Stage) -> None:
    stage.keys.keep(stage.seat.keys, stage.seat.desk.clock.now() - timedelta(days=1))
    signed(stage)
    assert not stage.page.lock.is_open


@pytest.mark.parametrize("typed", ["", "wrong"])
def test_a_wrong_passphrase_is_refused_and_nothing_is_lost(stage: Stage, typed: str) -> None:
    signed(stage)
    before = stage.card
    stage.presenter.seal(typed)
    assert "密码" in stage.refusal or "口令" in stage.refusal
    assert (stage.card, stage.page.sealed, stage.page.busy) == (before, None, "")
    stage.presenter.seal(INSPECTOR_WORDS)
    assert stage.page.sealed is not None


def test_sealing_tells_how_far_its_photos_are_and_can_be_stopped(stage: Stage) -> None:
    card_id = stage.open_complete()
    photograph(stage.seat.desk, card_id, 3)
    stage.seat.sign(card_id, Pending())
    stage.presenter.refresh()
    stage.progress = impatient = StopsAt(2)
    stage.presenter.seal(INSPECTOR_WORDS)
    assert impatient.heard == [(0, 3), (1, 3), (2, 3)]
    assert (stage.page.sealed, stage.page.busy) == (None, "")
    assert stage.refusal.startswith("已停止")
    stage.progress = patient = StopsAt(None)
    stage.presenter.seal("")
    assert stage.page.sealed is not None
    assert patient.heard[-1] == (3, 3)


def test_a_second_press_while_sealing_does_nothing(stage: Stage) -> None:
    signed(stage)
    stage.tasks.held = True
    stage.presenter.seal(INSPECTOR_WORDS)
    stage.presenter.seal(INSPECTOR_WORDS)
    stage.tasks.held = False
    stage.tasks.release()
    assert len(stage.seat.desk.workspace.cards.sealed_revisions(stage.page.card)) == 1
    assert not any(stage.refusals)


def test_a_program_killed_before_the_last_step_leaves_a_clean_draft(stage: Stage) -> None:
    signed(stage)
    before = stage.card
    stage.tasks.held = True
    stage.presenter.seal(INSPECTOR_WORDS)
    for _ in range(STEPS_BEFORE_KEEPING - 1):
        stage.tasks.release(1)
    assert stage.keys.of(stage.seat.keys.identity.certificate, stage.seat.desk.clock.now())
    assert stage.card == before
    assert stage.seat.desk.workspace.cards.sealed_revisions(before.id) == ()
    assert stage.seat.desk.workspace.evidence.all() == ()


def test_without_a_credential_everything_else_goes_on(stage: Stage, labels: Labels) -> None:
    clock = FakeClock()
    with closing_desk(stage.folder / "bare", clock=clock, seed=9) as desk:
        stage.seat.desk = desk
        bare = Stage(seat=stage.seat, labels=labels, folder=stage.folder)
        signed(bare)
        bare.presenter.sign(bare.place(UNIT), "测试丙", synthetic_ink())
        assert not bare.page.lock.has_credential
        assert bare.page.is_ready
        bare.presenter.seal("any")
        assert "凭证" in bare.refusal
        assert bare.page.sealed is None


def test_a_signature_owed_is_added_after_sealing(stage: Stage) -> None:
    signed(stage)
    stage.presenter.seal(INSPECTOR_WORDS)
    assert (stage.place(LEAD).is_open, stage.place(UNIT).is_open) == (False, True)
    stage.presenter.attach(stage.place(UNIT), "测试丙", stage.scan(), with_team=True)
    unit = stage.place(UNIT)
    assert (unit.standing, unit.is_open) == (Standing.PAPER, False)
    assert unit.text.endswith("补签")
    assert isinstance(stage.given(UNIT).manner, Pending)  # the sealed card itself stays as it is


def test_a_late_signature_needs_the_key_and_ink_is_not_lost_for_it(stage: Stage) -> None:
    signed(stage)
    stage.presenter.seal(INSPECTOR_WORDS)
    stage.presenter.lock()
    stage.presenter.sign(stage.place(UNIT), "测试丙", synthetic_ink(), typed="wrong")
    assert stage.place(UNIT).standing is Standing.PENDING
    assert stage.refusal
    stage.presenter.sign(stage.place(UNIT), "测试丙", synthetic_ink(), typed=INSPECTOR_WORDS)
    assert stage.place(UNIT).ink == synthetic_ink()


def test_a_scan_that_comes_later_is_bound_to_the_sealed_card(stage: Stage) -> None:
    signed(stage)
    stage.presenter.seal(INSPECTOR_WORDS)
    stage.presenter.attach(stage.place(UNIT), "测试丙", stage.scan())
    (held,) = stage.seat.desk.workspace.supplements.of(sealed(stage).index.hash)
    assert held.supplement.card_hash == sealed(stage).index.hash
    assert b'"type":"paper"' in held.document


def test_a_correction_needs_a_reason_and_says_what_it_changed(stage: Stage) -> None:
    card_id = stage.open_complete()
    stage.seat.sign(card_id)
    stage.presenter.refresh()
    stage.presenter.seal(INSPECTOR_WORDS)
    stage.presenter.correct("  ")
    assert stage.card.revision == 1
    stage.presenter.correct("单位名称有误")
    note = stage.page.revision
    assert note is not None
    assert (note.title, note.is_scores) == ("第 2 版　文字更正", False)
    assert note.lines == ("与上一版相比还没有改动。",)
    assert "被考核单位的签字沿用" in note.consequence
    assert stage.place(UNIT).text.endswith("沿用上一版签字")
    assert stage.place(LEAD).standing is Standing.EMPTY
    code = SYNTHETIC_CODES[0]
    set_facts(stage.seat.desk, code=code, sub_unit="", typed={"name": "测试新名工厂"})
    stage.presenter.refresh()
    assert stage.page.revision is not None
    assert stage.page.revision.lines == ("单位名称：测试1号工厂 → 测试新名工厂",)


def test_a_correction_of_a_card_the_unit_never_signed_carries_nothing(stage: Stage) -> None:
    signed(stage)
    stage.presenter.seal(INSPECTOR_WORDS)
    stage.presenter.correct("单位名称有误")
    note = stage.page.revision
    assert note is not None
    assert note.consequence.startswith("双方须签字")


def test_a_changed_score_turns_a_text_correction_into_one_of_scores(stage: Stage) -> None:
    card_id = stage.open_complete()
    stage.seat.sign(card_id)
    stage.presenter.refresh()
    stage.presenter.seal(INSPECTOR_WORDS)
    stage.presenter.correct("单位名称有误")
    stage.seat.score(stage.page.card, S1_R1_C1="0")
    stage.presenter.refresh()
    note = stage.page.revision
    assert note is not None
    assert (note.title, note.is_scores) == ("第 2 版　分值调整", True)
    assert note.lines == ("1.1.1：1 分（现场未见资料） → 0 分（现场未见资料）",)
    assert "重新签字" in note.consequence
    assert stage.place(UNIT).standing is Standing.EMPTY


def test_the_scan_of_a_paper_signature_is_of_the_sealed_card(stage: Stage) -> None:
    card_id = stage.open_complete()
    stage.presenter.attach(stage.place(UNIT), "测试丙", stage.scan(), with_team=True)
    stage.presenter.seal(INSPECTOR_WORDS)
    manner = stage.given(UNIT).manner
    assert isinstance(manner, Paper)
    assert stage.page.card == card_id
    assert manner.scan.sha256.encode() in sealed(stage).document


def signed_by_two(stage: Stage) -> None:
    """Show a card that the second inspector signed as well."""
    card_id = signed(stage)
    sign_card(
        stage.seat.desk, card_id, signatory=Signatory.MEMBER, name="测试乙", manner=Pending()
    )
    stage.presenter.refresh()


def brought(stage: Stage, founded: Founded, typed: str = INSPECTOR_WORDS) -> Second:
    """Return the credential of the second inspector as he brings it."""
    with fresh_copy(founded, "second", stage.folder / "second") as seat:
        held = credential_of(seat.desk, CredentialKind.INSPECTOR)
        profile = seat.desk.workspace.trust.all()[0].profile
    file = CredentialFile(identity=held.sealed_key, age_key=held.sealed_age, profile=profile)
    path = stage.folder / "测试乙.akid"
    path.write_bytes(write_credential(file))
    return Second(path=path, typed=typed)


def test_a_second_assessor_seals_with_the_credential_he_brought(
    stage: Stage, founded: Founded
) -> None:
    signed_by_two(stage)
    assert stage.page.is_for_two
    stage.presenter.seal(INSPECTOR_WORDS, brought(stage, founded))
    pdf = stage.seat.desk.workspace.evidence.path(sealed(stage).pdf.sha256)
    now = stage.seat.desk.clock.now()
    seals = read_seals(read_whole(pdf), trust=anchors(stage.seat.desk), moment=now, now=now)
    assert [seal.signer.common_name for seal in seals] == ["测试甲", "测试乙"]
    assert stage.page.sealed is not None
    assert stage.page.sealed.lines[1] == "签封人：测试甲（监督检查员）、测试乙（监督检查员）"
    assert not stage.page.is_for_two


def test_a_wrong_passphrase_of_the_second_seals_nothing(stage: Stage, founded: Founded) -> None:
    signed_by_two(stage)
    second = brought(stage, founded, "wrong")
    stage.presenter.seal(INSPECTOR_WORDS, second)
    assert "密码" in stage.refusal
    assert stage.page.sealed is None
    assert stage.page.lock.is_open  # the first one's key is not asked for again
    second.path.unlink()
    stage.presenter.seal("", second)
    assert second.path.name in stage.refusal
    stage.presenter.seal("")
    assert stage.page.sealed is not None


def test_a_card_of_one_assessor_asks_for_no_second(stage: Stage) -> None:
    signed(stage)
    assert stage.page.is_ready
    assert not stage.page.is_for_two


def test_a_seal_without_its_time_stamp_is_told(stage: Stage) -> None:
    with serving(make_authority(stage.folder / "tsa")) as service:
        service.status = 503
        set_stamp_service(stage.seat.desk, service.url, service.authority.ca)
        signed(stage)
        stage.presenter.seal(INSPECTOR_WORDS)
    assert stage.page.sealed is not None
    assert any("最多等 5 秒" in page.busy for page in stage.pages)
    assert any("时间戳" in told for told in stage.told)
