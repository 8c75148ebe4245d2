"""从 Excel 导入参赛单位 without widgets: looked through first, stored when told to."""

from pathlib import Path

import pytest

from app.domain.signature import Pending, Signatory
from app.domain.unit import Unit, UnitFacts
from app.services.cards.assess import new_card, record
from app.services.desk.desk import Changes, Desk, Noun
from app.services.seal.sign import sign_card
from app.sheets.unit_sheet import write_units
from tests.fakes import InlineTasks
from tests.forms import synthetic_unit
from ui.labels import Labels
from ui.views.unit_import.presenter import Preview, UnitImportPresenter


class Stage:
    """A presenter, and what it showed and said."""

    def __init__(self, desk: Desk, labels: Labels, folder: Path) -> None:
        self.folder = folder
        self.shown: list[Preview] = []
        self.refusals: list[str] = []
        self.imported: list[str] = []
        self.changes: list[Changes] = []
        self.tasks = InlineTasks(desk)
        self.presenter = UnitImportPresenter(
            self.tasks,
            labels,
            show=self.shown.append,
            refuse=self.refusals.append,
            imported=self.imported.append,
            tell=self.refusals.append,
            announce=self.changes.append,
        )

    def open(self, *units: Unit, name: str = "名单.xlsx") -> None:
        path = self.folder / name
        path.write_bytes(write_units(units))
        self.presenter.open(path)


@pytest.fixture
def stage(desk: Desk, labels: Labels, tmp_path: Path) -> Stage:
    return Stage(desk, labels, tmp_path)


def nameless(place: int) -> Unit:
    return Unit(key=synthetic_unit(place).key, name=" ")


def test_a_sheet_is_told_line_by_line_and_nothing_is_stored(desk: Desk, stage: Stage) -> None:
    stage.open(synthetic_unit(0), nameless(1), synthetic_unit(2, sub_unit="东厂"))
    (preview,) = stage.shown
    assert [(line.number, line.word) for line in preview.lines] == [
        ("2", "新增"),
        ("3", "有误"),
        ("4", "新增"),
    ]
    assert preview.lines[1].explanation == "名称或姓名没有填写。请填写。"
    assert preview.lines[2].code == f"东厂　{synthetic_unit(2).key.code}"
    assert (preview.file, preview.count) == ("名单.xlsx", 2)
    assert preview.summary.startswith("共 3 行：新增 2，更新 0，未变 0，有误 1。　有误的行不导入")
    assert desk.workspace.units.all() == ()


def test_what_was_shown_is_stored_when_told_to(desk: Desk, stage: Stage) -> None:
    stage.open(synthetic_unit(0), nameless(1))
    stage.presenter.store()
    assert desk.workspace.units.all() == (synthetic_unit(0),)
    assert stage.imported == ["已导入：新增 1 家，更新 0 家。　有误的 1 行没有导入。"]
    assert Noun.UNITS in stage.changes[-1].nouns
    stage.presenter.store()
    assert len(stage.imported) == 1


def test_a_line_says_what_it_changes_and_which_signatures_fall(desk: Desk, stage: Stage) -> None:
    stage.open(synthetic_unit(0))
    stage.presenter.store()
    card, _ = new_card(desk, desk.workspace.units.all()[0])
    record(desk, card.id, [], fill=True)
    sign_card(desk, card.id, signatory=Signatory.UNIT, name="测试丙", manner=Pending())
    renamed = Unit(
        key=synthetic_unit(0).key, name="测试更名厂", facts=UnitFacts(women=1, workers=130)
    )
    stage.open(renamed)
    (line,) = stage.shown[-1].lines
    assert (line.word, line.explanation) == ("更新", "改动：单位名称、女职工数")
    stage.presenter.store()
    assert "1 份评分表的签字已失效" in stage.imported[-1]


def test_a_file_that_is_no_sheet_is_refused_in_words(stage: Stage) -> None:
    path = stage.folder / "x.xlsx"
    path.write_bytes(b"no workbook")
    stage.presenter.open(path)
    stage.presenter.store()
    assert (stage.shown, stage.imported) == ([], [])
    assert "Excel 文件打不开" in stage.refusals[0]


def test_of_two_files_opened_in_haste_the_later_one_is_shown(stage: Stage) -> None:
    stage.tasks.held = True
    stage.open(synthetic_unit(0), name="甲.xlsx")
    stage.open(synthetic_unit(1), name="乙.xlsx")
    stage.tasks.held = False
    stage.tasks.release()
    assert [preview.file for preview in stage.shown] == ["乙.xlsx"]
