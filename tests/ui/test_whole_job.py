"""The whole job in the real window on a new workspace, by keys alone but for the ink."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.crypto.passphrase import passphrase_of_text
from app.domain.card import Card, NotApplicable, Scored
from app.domain.delivery import State
from app.domain.form import ClauseId
from app.domain.hazard import Side
from app.domain.keyring import CredentialKind
from app.domain.signature import Ink, Paper
from app.services.desk.desk import Desk
from app.services.office.authority import enroll
from app.services.office.decide import accept_cards
from app.services.packages.outbox import outbox
from app.services.units.register import add_unit, export_sheet, set_facts
from db.workspace import open_workspace
from tests.app.services.field import OFFICE_PASSPHRASE, Field, Founded, desk_in, opened_field
from tests.fakes import FakeClock, FakeIds
from tests.forms import RESOURCES, SYNTHETIC_CODES
from tests.pages import texts_of
from tests.pictures import jpeg
from tests.ui.program import FIRST_CLAUSE, Program, running
from ui.labels import Labels
from ui.widgets.ink_pad import InkPad
from ui.widgets.picture_list import PictureList

WOMEN = ClauseId("S5-R5-C1")
ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SECTION_FULL = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F)
ON, PASTE = QKeyCombination(_CTRL, ENTER), QKeyCombination(_CTRL, Qt.Key.Key_V)
RULE, PHRASE = QKeyCombination(_ALT, Qt.Key.Key_1), QKeyCombination(_ALT, Qt.Key.Key_A)
SAVE = QKeyCombination(_CTRL, Qt.Key.Key_S)
TO_PHOTOS = QKeyCombination(_ALT, Qt.Key.Key_P)
MOST_PRESSES = 110  # for the day, letters apart
WORDS = "my own words, not a secret"
INSPECTOR, SECOND, HOST = "测试丁", "测试戊", "测试己"


class Job:
    """One inspector's first day: the window, a folder with what he is given, and a stick."""

    def __init__(self, program: Program, folder: Path, *, home: str) -> None:
        self.program = program
        self.home = folder / home
        self.given = folder / "given"
        self.stick = folder / "stick"

    @contextmanager
    def looking(self) -> Iterator[Desk]:
        """Look at what is kept, beside the program that is running."""
        clock, ids = FakeClock(), FakeIds(seed=99)
        workspace = open_workspace(self.home, clock=clock, ids=ids, writing=False)
        with closing(workspace):
            yield Desk(workspace=workspace, clock=clock, ids=ids, resources=RESOURCES)

    def card(self) -> Card:
        with self.looking() as desk:
            return desk.workspace.cards.drafts()[0]


@contextmanager
def at_work(qtbot: QtBot, labels: Labels, folder: Path, home: str) -> Iterator[Job]:
    """Start the program on a new workspace."""
    clock, seeds = FakeClock(), count(sum(home.encode()))
    with running(
        qtbot, lambda: desk_in(folder / home, clock=clock, seed=next(seeds)), labels
    ) as program:
        yield Job(program, folder, home=home)


def lay_out(field: Field, given: Path, stick: Path) -> None:
    """Lay out what the office gives a new inspector: a credential and a sheet of units."""
    for folder in (given, stick):
        folder.mkdir()
    enrolled, _ = enroll(
        field.office.desk,
        name=INSPECTOR,
        post="监督检查员",
        passphrase=OFFICE_PASSPHRASE,
        identity_passphrase=passphrase_of_text(WORDS),
    )
    (given / "me.akid").write_bytes(enrolled.credential)
    for place, code in enumerate(SYNTHETIC_CODES[:2], start=1):
        add_unit(field.office.desk, name=f"测试{place}号工厂", code=code, sub_unit="")
        facts: dict[str, str] = {"workers": "130", "migrant": "60", "hazard_exposed": "12"}
        set_facts(field.office.desk, code=code, sub_unit="", typed={**facts, "high_risk": "no"})
    export_sheet(field.office.desk, given / "units.xlsx")
    for number, name in enumerate(("wiring.jpg", "aisle.jpg")):
        (given / name).write_bytes(jpeg(number))
    (given / "signed.png").write_bytes(jpeg(7, kind="PNG"))


def tray(program: Program) -> list[str]:
    """Return the photos in sight of 照片归类."""
    shown = [each for each in program.window.findChildren(PictureList) if each.isVisible()]
    model = shown[0].model() if shown else None
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())] if model else []


def draw(pad: InkPad) -> None:
    """Write something by mouse."""
    left, across, middle = pad.width() // 4, pad.width() // 2, pad.height() // 2
    button = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, button, pos=QPoint(left, middle))
    for step in range(1, 17):
        QTest.mouseMove(pad, QPoint(left + across * step // 16, middle + 40 * (step % 2)))
    QTest.mouseRelease(pad, button, pos=QPoint(left + across, middle))


def start(job: Job) -> None:
    """Begin for real, with a credential later."""
    program = job.program
    for name in ("正式考核", "以后再说", "进入考核任务"):
        program.wait(partial(program.focus_is_on, name))
        program.press(SPACE)
    program.wait(lambda: program.focus_is_on("新增单位"))
    with job.looking() as desk:
        assert desk.workspace.credentials.get(CredentialKind.INSPECTOR) is None


def take_credential(job: Job) -> None:
    """Take in the credential that came by hand."""
    program = job.program
    program.press(Qt.Key.Key_F10)
    program.wait(lambda: program.focus_is_on("语言"))
    program.press_until(TAB, "选择")
    program.press(SPACE)
    program.name_file(job.given / "me.akid")
    program.wait(lambda: program.focus_is_on("密码"))
    program.press(WORDS, ENTER)
    program.wait_to_read(f"已启用 {INSPECTOR} 的电子凭证")
    with job.looking() as desk:
        assert desk.workspace.credentials.get(CredentialKind.INSPECTOR) is not None


def import_units(job: Job) -> None:
    """Look a sheet through line by line, then store it."""
    program = job.program
    program.press(Qt.Key.Key_F1)
    program.wait(lambda: program.focus_is_on("新增单位"))
    program.press(TAB)
    assert program.focus_is_on("导入")
    program.press(SPACE)
    program.wait(lambda: program.focus_is_on("选择"))
    program.press(SPACE)
    program.name_file(job.given / "units.xlsx")
    program.wait(lambda: program.focus_is_on("导入 2 家"))
    with job.looking() as desk:
        assert desk.workspace.units.all() == ()
    program.press(SPACE)
    program.wait_for_list()
    program.wait_to_read("共 2 项")
    with job.looking() as desk:
        assert len(desk.workspace.units.all()) == 2


def check_facts(job: Job) -> None:
    """Open the first unit and say what was found at the gate."""
    program = job.program
    program.press(ENTER)
    program.wait_for_step("单位情况")
    assert program.focus_is_on("女职工")
    program.press("0", ENTER)
    program.press_until(TAB, "成员 姓名")
    program.write(SECOND)
    program.press_until(TAB, "接待人员 姓名")
    program.write(HOST)
    program.press(ON)
    program.wait_for_step("考核评分")
    card = job.card()
    assert card.unit.facts.women == 0
    assert [person.name for person in card.assessors] == [INSPECTOR, SECOND]
    assert card.visit is not None
    assert [host.name for host in card.visit.received_by] == [HOST]


def score(job: Job) -> None:
    """Score the whole form: by a rule, a phrase, in words; one clause does not apply."""
    program = job.program
    program.wait(lambda: program.focus_is_on(FIRST_CLAUSE))
    program.press(Qt.Key.Key_D, RULE, ENTER)
    program.press(Qt.Key.Key_D, PHRASE, ENTER)
    program.press(Qt.Key.Key_D, ENTER)
    program.write("年度计划没有安排经费")
    program.press(ENTER)
    program.press(*[SECTION_FULL] * 3)
    program.press_until(Qt.Key.Key_F, "女职工")
    program.press(Qt.Key.Key_N, ENTER)
    program.press(*[SECTION_FULL] * 3)
    program.wait(lambda: program.figure("进度") == "31／31")
    program.wait_to_read("已保存")
    marks = job.card().marks
    assert len(marks) == 31
    assert isinstance(marks[WOMEN], NotApplicable)
    reasons = [mark.reason for mark in marks.values() if isinstance(mark, Scored) and mark.reason]
    assert len(reasons) == 3
    assert "年度计划没有安排经费" in reasons


def file_photos(job: Job) -> None:
    """Bring one photo from the phone's folder and one from the clipboard, and file both."""
    program = job.program
    program.press(TO_PHOTOS)
    program.wait_for_step("照片归类")
    assert program.focus_is_on("导入照片")
    program.press(ENTER)
    program.name_file(job.given / "wiring.jpg")
    program.wait(lambda: len(tray(program)) == 1)
    program.press("111")
    program.wait(lambda: len(job.card().evidence) == 1)
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    program.press(PASTE)
    program.wait(lambda: len(tray(program)) == 1)
    program.press("112")
    program.wait(lambda: len(job.card().evidence) == 2)
    assert set(job.card().evidence) == {"S1-R1-C1", "S1-R1-C2"}


def raise_hazard(job: Job) -> None:
    """Raise a hazard with a photo."""
    program = job.program
    program.press(Qt.Key.Key_F5)
    program.wait_for_step("隐患与建议")
    assert program.focus_is_on("新增隐患")
    program.press(SPACE)
    program.wait(lambda: program.focus_is_on("发现的问题"))
    program.write("配电箱门敞开")
    program.press_until(TAB, "7")
    program.press(SPACE)
    program.press_until(TAB, "添加")
    program.press(SPACE)
    program.name_file(job.given / "aisle.jpg")
    program.wait_to_read("aisle.jpg")
    with job.looking() as desk:
        hazards = desk.workspace.hazards.of_unit(job.card().unit.key)
    assert [(each.text, len(each.photos(Side.BEFORE))) for each in hazards] == [
        ("配电箱门敞开", 1)
    ]


def hear_the_unit(job: Job) -> None:
    """Tell the unit what was taken off and record that it agrees."""
    program = job.program
    program.press(Qt.Key.Key_F6)
    program.wait_for_step("现场反馈")
    program.press(ON)
    program.wait(lambda: program.focus_is_on("无异议"))
    program.press(SPACE)
    program.wait(lambda: program.offers("下一步：签字确认"))
    assert job.card().opinion is not None
    program.press(ON)
    program.wait_for_step("签字确认")


def sign(job: Job) -> None:
    """Sign for the team by hand on the screen, for the unit on paper, which both signed."""
    program = job.program
    assert program.focus_is_on(INSPECTOR)
    program.press_until(TAB, "屏幕手写")
    program.press(SPACE)
    pad = program.window.findChild(InkPad)
    assert pad is not None
    program.wait(pad.isVisible)
    draw(pad)
    program.press(SPACE)
    program.wait(lambda: program.focus_is_on(SECOND))
    assert len(job.card().signatures) == 1
    program.press(Qt.Key.Key_Down)
    assert program.focus_is_on(HOST)
    program.press_until(TAB, "选择")
    program.press(SPACE)
    program.name_file(job.given / "signed.png")
    program.wait(lambda: program.focus_is_on("签名密码"))
    manners = {each.name: type(each.manner) for each in job.card().signatures}
    assert manners == {INSPECTOR: Ink, SECOND: Paper, HOST: Paper}


def save_pdf(job: Job) -> None:
    """Look at the real pages and keep them as a PDF."""
    program = job.program
    program.press(Qt.Key.Key_F8)
    program.wait_for_step("打印与交付")
    program.press(SAVE)
    program.name_file(job.stick / "card.pdf")
    program.wait((job.stick / "card.pdf").is_file)
    assert "测试1号工厂" in texts_of((job.stick / "card.pdf").read_bytes())[0]


def seal(job: Job) -> None:
    """Seal with the passphrase."""
    program = job.program
    program.press(Qt.Key.Key_F7)
    program.wait_for_step("签字确认")
    program.wait(lambda: program.focus_is_on("签名密码"))
    program.press(WORDS, ENTER)
    program.wait(lambda: program.focus_is_on("打印与交付"))
    assert program.reads("已定稿")
    with job.looking() as desk:
        assert desk.workspace.cards.drafts() == ()


def hand_in(job: Job) -> None:
    """Write what is to be handed in onto a stick; a backup lies beside it."""
    program = job.program
    program.press(ENTER)
    program.wait_for_step("打印与交付")
    program.press(Qt.Key.Key_F9)
    program.wait(lambda: program.focus_is_on("生成报送文件"))
    program.press(ENTER)
    program.name_file(job.stick / "one.akp")
    program.wait_to_read("已备份")
    assert (job.stick / "one.akp").is_file()


def restore(job: Job, copy: Path) -> None:
    """Begin on another computer with the copy from the stick."""
    program = job.program
    start(job)
    program.press(Qt.Key.Key_F9)
    program.wait_to_read("还没有电子凭证")
    program.press_until(TAB, "从备份恢复")
    program.press(ENTER)
    program.name_file(copy)
    program.wait_to_read("找到备份：单位 2 家，评分表 1 份（已签封 1 份）")
    program.press_until(TAB, "恢复这个备份")
    program.press(ENTER)
    program.wait_to_read("已恢复：单位 2 家，评分表 1 份（已签封 1 份）")
    with job.looking() as desk:
        assert len(desk.workspace.units.all()) == 2
        assert [each.state for each in outbox(desk).cards] == [State.EXPORTED]


def import_receipt(job: Job, receipt: Path) -> None:
    """Take in what the office says of what was handed in."""
    program = job.program
    program.press_until(TAB, "接收文件")
    program.press(ENTER)
    program.name_file(receipt)
    program.wait(lambda: program.focus_is_on("签名密码"))
    program.press(WORDS, ENTER)
    program.wait_to_read("签收文件：")
    with job.looking() as desk:
        assert [each.state for each in outbox(desk).cards] == [State.ADOPTED]


DAY = (
    start,
    take_credential,
    import_units,
    check_facts,
    score,
    file_photos,
    raise_hazard,
    hear_the_unit,
    sign,
    save_pdf,
    seal,
    hand_in,
)


# QTest says so of a key whose release finds the widget of its press gone: the page for ink closes.
@pytest.mark.qt_log_ignore("Keyboard event not accepted", extend=True)
def test_the_whole_job_is_done_by_keyboard(
    qtbot: QtBot, labels: Labels, founded: Founded, tmp_path: Path
) -> None:
    given, stick = tmp_path / "given", tmp_path / "stick"
    with opened_field(founded, tmp_path / "field") as field:
        lay_out(field, given, stick)
        with at_work(qtbot, labels, tmp_path, "home") as job:
            for stage in DAY:
                stage(job)
            assert job.program.presses <= MOST_PRESSES
        received = field.take(stick / "one.akp")
        accept_cards(field.office.desk, [item.card for item in received.items])
        receipt = field.receipt()
    (copy,) = (path for path in stick.iterdir() if path.is_dir())
    with at_work(qtbot, labels, tmp_path, "other") as job:
        restore(job, copy)
        import_receipt(job, receipt)
