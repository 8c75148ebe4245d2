"""What 报送 lists and writes, without widgets: real keys, real packages, an office to read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.delivery import State
from app.ports.progress import Unheard
from app.services.desk.desk import Changes
from app.services.keys.session import OpenedKeys
from app.services.office.decide import accept_cards
from tests.app.services.field import (
    INSPECTOR_WORDS,
    Field,
    Founded,
    opened_field,
)
from tests.fakes import InlineTasks
from ui.labels import Labels
from ui.views.sending.presenter import Page, SendingPresenter
from ui.views.sending.taking import TakingPresenter


@dataclass
class Screen:
    """What the view would show."""

    pages: list[Page] = field(default_factory=list)
    words_asked: list[bool] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)

    def asks_words(self) -> bool:
        """Tell whether the line for the passphrase is shown."""
        return self.words_asked[-1]


@pytest.fixture
def district(founded: Founded, tmp_path: Path) -> Iterator[Field]:
    with opened_field(founded, tmp_path / "field") as opened:
        yield opened


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def keys() -> OpenedKeys:
    return OpenedKeys()


@pytest.fixture
def sending(district: Field, labels: Labels, screen: Screen, keys: OpenedKeys) -> SendingPresenter:
    return SendingPresenter(
        InlineTasks(district.first.desk),
        labels,
        keys=keys,
        show=screen.pages.append,
        ask_words=screen.words_asked.append,
        written=screen.written.append,
        refuse=screen.refusals.append,
        tell=screen.told.append,
        announce=screen.changes.append,
    )


@pytest.fixture
def taking(district: Field, labels: Labels, screen: Screen, keys: OpenedKeys) -> TakingPresenter:
    return TakingPresenter(
        InlineTasks(district.first.desk),
        labels,
        keys=keys,
        progress=Unheard,
        add_line=screen.lines.append,
        ask_words=screen.words_asked.append,
        tell=screen.told.append,
        announce=screen.changes.append,
    )


def test_a_card_goes_from_here_only_to_exported_and_the_office_takes_it(
    district: Field, sending: SendingPresenter, screen: Screen, tmp_path: Path
) -> None:
    district.first.sealed_card()
    sending.refresh()
    assert [line.state for line in screen.pages[-1].lines] == [State.SIGNED]
    assert screen.pages[-1].lines[0].proof == "仅在本机"
    assert screen.asks_words()
    path = tmp_path / "报送.akp"
    sending.send(path, INSPECTOR_WORDS, photos=True, progress=Unheard())
    assert screen.refusals == []
    assert screen.written == [path]
    sending.refresh()
    assert [line.state for line in screen.pages[-1].lines] == [State.EXPORTED]
    assert screen.pages[-1].lines[0].proof == "第 1 号报送文件"
    assert not screen.asks_words()
    assert not screen.pages[-1].may_send
    assert len(district.take(path).items) == 1


def test_a_wrong_passphrase_writes_nothing_and_the_next_one_does(
    district: Field, sending: SendingPresenter, screen: Screen, tmp_path: Path
) -> None:
    district.first.sealed_card()
    path = tmp_path / "报送.akp"
    sending.send(path, "wrong", photos=True, progress=Unheard())
    assert "密码" in screen.refusals[-1]
    assert not path.exists()
    sending.send(path, INSPECTOR_WORDS, photos=False, progress=Unheard())
    assert path.exists()


def test_a_name_for_people_tells_holder_day_units_and_number(
    district: Field, sending: SendingPresenter
) -> None:
    district.first.sealed_card()
    names: list[str] = []
    sending.suggest_name(names.append)
    assert names == ["报送_测试甲_20201106_1家_第01号.akp"]


def test_nothing_to_hand_in_is_said(sending: SendingPresenter, screen: Screen) -> None:
    sending.suggest_name(screen.told.append)
    assert screen.told == []
    assert len(screen.refusals) == 1


def test_a_receipt_waits_for_the_passphrase_and_tells_of_each_card(
    district: Field,
    sending: SendingPresenter,
    taking: TakingPresenter,
    screen: Screen,
) -> None:
    sealed = district.received()
    accept_cards(district.office.desk, [sealed.index.id])
    receipt = district.receipt()
    taking.take([receipt])
    assert screen.asks_words()
    taking.take([], "wrong")
    assert screen.lines == []
    taking.take([], INSPECTOR_WORDS)
    assert not taking.is_waiting
    assert screen.lines[-1].startswith(f"{receipt.name}：签收文件")
    sending.refresh()
    assert [line.state for line in screen.pages[-1].lines] == [State.ADOPTED]


def test_every_file_is_answered_and_none_keeps_out_the_others(
    taking: TakingPresenter, screen: Screen, tmp_path: Path
) -> None:
    strange, empty, missing = tmp_path / "a.akp", tmp_path / "b", tmp_path / "c"
    strange.write_bytes(b"hello")
    empty.write_bytes(b"")
    taking.take([strange, missing, empty], INSPECTOR_WORDS)
    assert [line.split("：")[0] for line in screen.lines] == ["a.akp", "c", "b"]
    assert "认不出" in screen.lines[0]
