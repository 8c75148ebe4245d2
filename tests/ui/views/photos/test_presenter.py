"""照片归类 without widgets: what a key did is seen at once and is what was kept."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.domain.photo import Box, Point
from app.services.cards.assess import find_card, new_card
from app.services.desk.desk import Changes, Desk, Noun
from app.services.photos.photo_wishes import read_wishes
from app.services.units.register import add_unit, set_facts
from tests.app.services.field import Founded, opened_field
from tests.disks import full_disk
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES
from tests.pictures import HEIC, jpeg, lay_photos
from ui.labels import Labels
from ui.views.photos.page import Choice, Group, Page
from ui.views.photos.presenter import PhotosPresenter

FIRST, SECOND, THIRD = (ClauseId(id_) for id_ in ("S1-R1-C1", "S2-R1-C1", "S6-R1-C1"))


@dataclass
class Stage:
    """A presenter on a unit's tray, and what it showed, said and announced."""

    desk: Desk
    tasks: InlineTasks
    presenter: PhotosPresenter
    card_id: CardId
    pages: list[Page] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def keys(self) -> list[str]:
        return [line.key for line in self.page.photos]

    def filed(self) -> dict[ClauseId, list[str]]:
        evidence = find_card(self.desk, self.card_id)[0].evidence
        return {clause: [each.name for each in kept] for clause, kept in evidence.items()}

    def choices(self) -> tuple[Choice, ...]:
        heard: list[tuple[Choice, ...]] = []
        self.presenter.choices(heard.append)
        return heard[0]


def begin_card(desk: Desk, place: int = 0) -> CardId:
    add_unit(desk, name=f"测试{place + 1}号工厂", code=SYNTHETIC_CODES[place], sub_unit="")
    unit, _ = set_facts(desk, code=SYNTHETIC_CODES[place], sub_unit="", typed={"women": "1"})
    return new_card(desk, unit)[0].id


def set_stage(desk: Desk, labels: Labels, card_id: CardId) -> Stage:
    pages: list[Page] = []
    told: list[str] = []
    changes: list[Changes] = []
    tasks = InlineTasks(desk)
    presenter = PhotosPresenter(
        tasks,
        labels,
        show=pages.append,
        tell=told.append,
        announce=changes.append,
        room_known=lambda _: None,
    )
    presenter.open(card_id)
    return Stage(desk, tasks, presenter, card_id, pages, told, changes)


@pytest.fixture
def stage(desk: Desk, labels: Labels) -> Stage:
    return set_stage(desk, labels, begin_card(desk))


def bring(stage: Stage, folder: Path, count: int, *, place: bool = False) -> None:
    stage.presenter.take_paths(lay_photos(folder, count, place=place))


def test_a_new_tray_is_empty_and_names_the_watched_folder(stage: Stage) -> None:
    assert stage.page.is_empty
    assert stage.page.folder.endswith("照片投放")
    assert stage.page.removes_location
    assert [line.code for line in stage.page.clauses[:3]] == ["1.1.1", "1.1.2", "1.2"]


def test_each_bad_file_is_told_and_the_others_come_in(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    photos = lay_photos(folder, 3)
    (folder / "film.mp4").write_bytes(b"ftyp" * 40)
    (folder / "empty.jpg").touch()
    (folder / "IMG_9.HEIC").write_bytes(HEIC.read_bytes())
    stage.presenter.take_paths([folder, photos[0], folder / "none.jpg"])
    assert stage.page.said == "导入 4 张，已有 1 张，未收 3 个"
    assert [
        name in line
        for name, line in zip(
            ("empty.jpg", "film.mp4", "none.jpg"), stage.page.refused, strict=True
        )
    ] == [True] * 3
    assert [line.title for line in stage.page.photos][-1] == "IMG_9.HEIC"
    assert stage.page.counts == {Group.WAITING: 4, Group.FILED: 0, Group.UNCLAIMED: 0}
    assert all(changes.nouns <= {Noun.PHOTOS} for changes in stage.changes)


def test_a_folder_that_is_gone_is_told_among_the_files(stage: Stage, tmp_path: Path) -> None:
    stage.presenter.take_paths([tmp_path / "none"])
    stage.presenter.take_contents([lambda: b"no picture", jpeg])
    assert stage.page.said == "导入 1 张，已有 0 张，未收 1 个"


def test_an_intake_shows_how_far_it_is_and_can_be_stopped(stage: Stage, tmp_path: Path) -> None:
    stage.tasks.held = True
    bring(stage, tmp_path / "in", 9)
    stage.tasks.release(6)
    assert stage.page.progress in {"正在导入 1／9", "正在导入 2／9"}
    stage.presenter.importer.stop()
    stage.tasks.held = False
    stage.tasks.release()
    assert stage.page.progress == ""
    assert 1 < len(stage.page.photos) < 5


def test_filing_is_seen_before_it_is_kept_and_meets_the_right_photos(
    stage: Stage, tmp_path: Path
) -> None:
    """Three keys are pressed while the database lane is still busy."""
    bring(stage, tmp_path, 4)
    keys = stage.keys
    stage.tasks.held = True
    stage.presenter.file(stage.keys[:1], FIRST)
    stage.presenter.file_again(stage.keys[:1])
    stage.presenter.file(stage.keys[:1], SECOND)
    assert stage.keys == keys[3:]
    for _ in range(30):
        stage.tasks.release(1)
        assert stage.keys == keys[3:], "a photo came back while it was being kept"
    assert stage.filed() == {
        FIRST: ["IMG_0000.jpg", "IMG_0001.jpg"],
        SECOND: ["IMG_0002.jpg"],
    }
    assert stage.page.clauses[0].files == 2


def test_a_photo_goes_to_one_more_clause_and_both_are_repeated(
    stage: Stage, tmp_path: Path
) -> None:
    bring(stage, tmp_path, 2)
    stage.presenter.file(stage.keys[:1], FIRST)
    stage.presenter.file_also(SECOND)
    assert stage.page.repeat == "1.1.1、2.1"
    stage.presenter.file_again(stage.keys[:1])
    assert stage.filed() == {
        clause: ["IMG_0000.jpg", "IMG_0001.jpg"] for clause in (FIRST, SECOND)
    }


def test_nothing_to_repeat_and_nothing_to_undo_are_said(stage: Stage, tmp_path: Path) -> None:
    bring(stage, tmp_path, 1)
    stage.presenter.file_again(stage.keys)
    assert "编号" in stage.page.said
    stage.presenter.undo()
    assert stage.page.said == "没有可以撤销的归类"
    assert stage.filed() == {}


def test_undo_takes_back_step_by_step_and_only_what_the_step_did(
    stage: Stage, tmp_path: Path
) -> None:
    bring(stage, tmp_path, 2)
    first, second = stage.keys
    stage.presenter.file([first], FIRST)
    stage.presenter.show_group(Group.FILED)
    stage.presenter.file([first], SECOND)
    stage.presenter.unfile([first])
    assert stage.filed() == {}
    stage.presenter.undo()
    assert set(stage.filed()) == {FIRST, SECOND}
    stage.presenter.undo()
    assert set(stage.filed()) == {FIRST}
    stage.presenter.undo()
    assert stage.filed() == {}
    stage.presenter.show_group(Group.WAITING)
    assert stage.keys == [first, second]


def test_a_card_gets_the_copy_without_location_unless_it_may_tell(
    stage: Stage, tmp_path: Path
) -> None:
    bring(stage, tmp_path, 2, place=True)
    stage.presenter.file(stage.keys[:1], FIRST)
    stage.presenter.set_removes_location(removes=False)
    stage.presenter.file(stage.keys[:1], FIRST)
    assert stage.filed() == {FIRST: ["IMG_0000_无位置.jpg", "IMG_0001.jpg"]}
    assert stage.page.counts[Group.FILED] == 2
    assert not read_wishes(stage.desk.workspace.home).removes_location
    stage.presenter.show_group(Group.FILED)
    stage.presenter.unfile(stage.keys)
    assert stage.filed() == {}


def test_photos_move_to_another_unit_and_back(
    stage: Stage, labels: Labels, tmp_path: Path
) -> None:
    other = begin_card(stage.desk, 1)
    bring(stage, tmp_path, 3)
    choice, nobody = stage.choices()
    assert (choice.name, nobody.name) == ("测试2号工厂", "未定单位")
    stage.presenter.move(stage.keys[1:], choice)
    assert len(stage.keys) == 1
    assert len(set_stage(stage.desk, labels, other).keys) == 2
    stage.presenter.undo()
    assert len(stage.keys) == 3
    stage.presenter.move(stage.keys[:1], nobody)
    stage.presenter.show_group(Group.UNCLAIMED)
    assert len(stage.keys) == 1
    stage.presenter.file(stage.keys, FIRST)
    assert stage.page.counts == {Group.WAITING: 2, Group.FILED: 1, Group.UNCLAIMED: 0}


def test_filed_photos_are_not_moved_away_from_their_card(stage: Stage, tmp_path: Path) -> None:
    begin_card(stage.desk, 1)
    bring(stage, tmp_path, 1)
    stage.presenter.file(stage.keys, FIRST)
    stage.presenter.show_group(Group.FILED)
    stage.presenter.move(stage.keys, stage.choices()[0])
    assert "Delete" in stage.page.said
    assert stage.page.counts[Group.FILED] == 1


def test_a_refusal_is_told_and_what_is_kept_is_shown(stage: Stage, tmp_path: Path) -> None:
    bring(stage, tmp_path, 2)
    keys = stage.keys
    with full_disk(at=100):
        stage.presenter.file(keys[:1], FIRST)
    assert "无法写入" in stage.told[-1]
    assert stage.keys == keys
    stage.presenter.undo()
    assert stage.page.said == "没有可以撤销的归类"


def test_a_sealed_card_says_that_photos_can_only_follow(
    founded: Founded, labels: Labels, tmp_path: Path
) -> None:
    with opened_field(founded, tmp_path) as opened:
        sealed = opened.first.sealed_card()
        stage = set_stage(opened.first.desk, labels, sealed.index.id)
        bring(stage, tmp_path / "in", 1)
        stage.presenter.file(stage.keys, FIRST)
        assert stage.page.is_read_only
        assert "补充材料" in stage.page.notice
        assert (stage.filed(), len(stage.keys)) == ({}, 1)
        stage.presenter.stamp(stage.keys[0])
        assert (stage.told, len(stage.keys)) == ([], 2)


def test_what_is_drawn_on_a_filed_photo_goes_behind_the_same_clauses(
    stage: Stage, tmp_path: Path
) -> None:
    bring(stage, tmp_path, 1)
    stage.presenter.file(stage.keys, THIRD)
    stage.presenter.show_group(Group.FILED)
    box = Box(start=Point(x=0, y=0), to=Point(x=5000, y=5000))
    stage.presenter.mark(stage.keys[0], [box], refused=stage.tasks.release)
    assert stage.filed() == {THIRD: ["IMG_0000.jpg", "IMG_0000_标注.jpg"]}
    stage.presenter.mark(stage.keys[0], [], refused=stage.tasks.release)
    stage.presenter.stamp(stage.keys[0])
    assert len(stage.filed()[THIRD]) == 3
    assert stage.page.said == "副本已存，原片不变"


def test_a_photo_and_its_marked_copy_are_filed_and_taken_back_together(
    stage: Stage, tmp_path: Path
) -> None:
    bring(stage, tmp_path, 2)
    stage.presenter.stamp(stage.keys[0])
    assert len(stage.keys) == 3
    stage.presenter.file(stage.keys[:1], FIRST)
    assert stage.filed() == {FIRST: ["IMG_0000.jpg", "IMG_0000_标注.jpg"]}
    stage.presenter.show_group(Group.FILED)
    stage.presenter.unfile(stage.keys[1:])
    assert stage.filed() == {}


def test_another_card_begins_with_nothing_to_repeat_or_undo(stage: Stage, tmp_path: Path) -> None:
    bring(stage, tmp_path, 1)
    stage.presenter.file(stage.keys, FIRST)
    stage.presenter.open(begin_card(stage.desk, 1))
    assert (stage.page.repeat, stage.page.said) == ("", "")
    stage.presenter.undo()
    assert FIRST in stage.filed()
