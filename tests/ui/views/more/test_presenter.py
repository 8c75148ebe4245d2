"""What 更多 decides, without widgets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.services.desk.desk import Changes, Desk
from app.services.seal.time_stamps import ChosenService
from app.services.workplace.about import About
from app.services.workplace.preferences import Preferences, keep_preferences, read_preferences
from app.services.workplace.selfcheck import CheckResult
from app.text.catalogue import Language
from tests.app.services.field import Founded, fresh_copy
from tests.disks import full_disk
from tests.fakes import InlineTasks
from tests.tsa import make_authority
from ui.labels import Labels
from ui.views.more.presenter import MorePresenter


@dataclass
class Screen:
    known: list[About] = field(default_factory=list)
    preferences: list[Preferences] = field(default_factory=list)
    checks: list[tuple[CheckResult, ...]] = field(default_factory=list)
    wanted: list[Preferences] = field(default_factory=list)
    services: list[ChosenService | None] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)


def presenter_over(desk: Desk, labels: Labels, screen: Screen) -> MorePresenter:
    return MorePresenter(
        InlineTasks(desk),
        labels,
        show=screen.known.append,
        show_preferences=screen.preferences.append,
        show_checks=screen.checks.append,
        restyle=screen.wanted.append,
        refuse_credential=screen.refusals.append,
        show_stamps=screen.services.append,
        refuse_stamps=screen.refusals.append,
        tell=screen.told.append,
        announce=screen.changes.append,
    )


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def presenter(desk: Desk, labels: Labels, screen: Screen) -> MorePresenter:
    return presenter_over(desk, labels, screen)


@pytest.fixture
def enrolled(founded: Founded, tmp_path: Path) -> Iterator[Desk]:
    with fresh_copy(founded, "first", tmp_path / "first") as seat:
        yield seat.desk


def test_another_language_is_wanted_beside_what_holds_already(
    desk: Desk, presenter: MorePresenter, screen: Screen
) -> None:
    keep_preferences(desk.workspace.home, Preferences(scale=150))
    presenter.refresh()
    presenter.choose_language("en")
    presenter.choose_scale("150")
    assert screen.wanted == [Preferences(language=Language.ENGLISH, scale=150)]


def test_what_cannot_be_kept_is_told_and_nothing_changes(
    desk: Desk, presenter: MorePresenter, screen: Screen
) -> None:
    presenter.refresh()
    with full_disk(at=0):
        presenter.choose_language("en")
    assert screen.wanted == []
    assert "磁盘" in screen.told[-1]
    assert screen.preferences == [Preferences(), Preferences()]
    assert read_preferences(desk.workspace.home) == Preferences()


def test_a_workspace_without_credential_says_what_may_be_done_without(
    presenter: MorePresenter, screen: Screen
) -> None:
    presenter.refresh()
    known = screen.known[-1]
    assert known.holder is None
    assert "以后再补" in presenter.holder_line(known)


def test_the_holder_is_named_with_post_and_last_day(
    enrolled: Desk, labels: Labels, screen: Screen
) -> None:
    presenter = presenter_over(enrolled, labels, screen)
    presenter.refresh()
    line = presenter.holder_line(screen.known[-1])
    assert "测试甲" in line
    assert "监督检查员" in line


def test_a_file_that_is_no_credential_is_refused_beside_the_field(
    presenter: MorePresenter, screen: Screen, tmp_path: Path
) -> None:
    (tmp_path / "a.akid").write_bytes(b"nothing")
    presenter.use_credential(tmp_path / "a.akid", "words")
    assert len(screen.refusals) == 1
    assert screen.refusals[0]


def test_the_self_check_looks_at_disk_writing_clock_and_database(
    presenter: MorePresenter, screen: Screen
) -> None:
    presenter.check()
    assert [result.is_good for result in screen.checks[-1]] == [True] * 4


def test_a_time_stamp_service_is_set_shown_and_stopped(
    presenter: MorePresenter, screen: Screen, tmp_path: Path
) -> None:
    ca = make_authority(tmp_path).folder / "ca.pem"
    presenter.refresh()
    presenter.use_stamps("tsa.test", ca)
    presenter.use_stamps("https://tsa.test/", ca.with_name("serial"))
    assert ["网址" in screen.refusals[-2], "证书" in screen.refusals[-1]] == [True, True]
    presenter.use_stamps("https://tsa.test/", ca)
    presenter.clear_stamps()
    names = [service.name if service else None for service in screen.services]
    assert names == [None, "测试时间戳根证书", None]
