"""What 核验 decides, without widgets: a verdict, a refusal, whom one trusts for a visit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.services.desk.desk import Changes, Desk
from app.services.office.authority import publish_profile
from app.services.seal.seal import write_pdf
from app.services.verify.telling import Told
from app.services.verify.verdict import Outcome
from tests.app.services.field import OFFICE_PASSPHRASE, Field, Founded, opened_field
from tests.fakes import InlineTasks
from ui.labels import Labels
from ui.views.verifying.presenter import VerifyingPresenter


@dataclass
class Screen:
    verdicts: list[Told] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    trusted: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)


def outcomes(screen: Screen) -> list[Outcome]:
    return [verdict.outcome for verdict in screen.verdicts]


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def season(founded: Founded, tmp_path: Path) -> Iterator[Field]:
    with opened_field(founded, tmp_path / "season") as opened:
        yield opened


def presenter_over(tasks: InlineTasks, labels: Labels, screen: Screen) -> VerifyingPresenter:
    return VerifyingPresenter(
        tasks,
        labels,
        show=screen.verdicts.append,
        wait=screen.waits.append,
        refuse=screen.refusals.append,
        trusting=screen.trusted.append,
        announce=screen.changes.append,
    )


@pytest.fixture
def presenter(desk: Desk, labels: Labels, screen: Screen) -> VerifyingPresenter:
    """Sit at a workspace that knows nobody."""
    return presenter_over(InlineTasks(desk), labels, screen)


@pytest.fixture
def pdf(season: Field) -> Path:
    path = season.folder / "card.pdf"
    write_pdf(season.first.desk, season.first.sealed_card().index.id, path)
    return path


def test_a_stranger_verifies_once_he_trusts_the_office(
    presenter: VerifyingPresenter, screen: Screen, season: Field, pdf: Path
) -> None:
    presenter.take(pdf)
    profile = season.folder / "o.akprofile"
    profile.write_bytes(publish_profile(season.office.desk, OFFICE_PASSPHRASE)[1])
    presenter.take(profile)
    assert "测试区总工会竞赛办" in screen.trusted[-1]
    assert outcomes(screen) == [Outcome.FAILED, Outcome.PASSED]
    assert ("总得分", "100") in screen.verdicts[-1].figures
    assert screen.changes == []


def test_a_picture_that_never_was_a_file_is_looked_at(
    presenter: VerifyingPresenter, screen: Screen, pdf: Path
) -> None:
    presenter.take(pdf.read_bytes)
    assert screen.waits == ["正在核验 粘贴的图片 …"]
    assert screen.verdicts[-1].outcome is Outcome.FAILED


def test_a_check_code_is_found_or_told_to_be_none(
    labels: Labels, screen: Screen, season: Field, pdf: Path
) -> None:
    presenter = presenter_over(InlineTasks(season.first.desk), labels, screen)
    presenter.take(pdf)
    code = dict(screen.verdicts[-1].figures)["校验码"]
    presenter.find(f" {code.lower()} ")
    presenter.find("12")
    assert "12" in screen.refusals[-1]
    presenter.find("0000 0000 0000")
    assert outcomes(screen) == [Outcome.PASSED, Outcome.WARNED, Outcome.FAILED]


def test_a_package_is_sent_where_it_is_taken_in(
    presenter: VerifyingPresenter, screen: Screen, season: Field, pdf: Path
) -> None:
    assert pdf.exists()
    presenter.take(season.submit())
    assert "报送" in screen.refusals[-1]
    assert screen.verdicts == []


def test_a_missing_file_is_told(presenter: VerifyingPresenter, screen: Screen) -> None:
    presenter.take(Path("nowhere.pdf"))
    assert "nowhere.pdf" in screen.refusals[-1]


def test_an_answer_to_what_was_brought_before_is_dropped(
    desk: Desk, labels: Labels, screen: Screen, pdf: Path
) -> None:
    tasks = InlineTasks(desk, held=True)
    presenter = presenter_over(tasks, labels, screen)
    presenter.take(pdf)
    presenter.take(pdf)
    for _ in range(8):
        tasks.release()
    assert len(screen.verdicts) == 1


def test_an_office_trusted_after_something_else_was_brought_brings_no_verdict_back(
    presenter: VerifyingPresenter, screen: Screen, season: Field, pdf: Path
) -> None:
    """No file's name stands at a verdict: it would be taken for that of the last one brought."""
    presenter.take(pdf)
    profile = season.folder / "o.akprofile"
    profile.write_bytes(publish_profile(season.office.desk, OFFICE_PASSPHRASE)[1])
    presenter.take(Path("nowhere.pdf"))
    presenter.take(profile)
    assert outcomes(screen) == [Outcome.FAILED]
    assert "测试区总工会竞赛办" in screen.trusted[-1]
