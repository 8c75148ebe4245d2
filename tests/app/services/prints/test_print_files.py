"""Prints of many cards as files: each by itself or all in one, and nothing half written."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from app.errors import Cancelled, Code
from app.exchange.canonical import content_hash
from app.ports.progress import Unheard
from app.services.prints.print_files import Order, print_into_file, print_into_folder
from app.services.prints.prints import Print
from tests.app.services.field import Field
from tests.app.services.prints.test_dossier_prints import raised, revised
from tests.disks import full_disk
from tests.pages import texts_of
from tests.refusals import refused


@dataclass
class Heard:
    """Hears how far it is, and stops before a print."""

    stop_at: int = -1
    steps: list[tuple[int, int]] = field(default_factory=list)

    def advance(self, done: int, total: int) -> None:
        self.steps.append((done, total))
        if done == self.stop_at:
            raise Cancelled


def orders(field: Field, *, cards: int = 3) -> list[Order]:
    return [
        Order(card=field.first.open_card(place), which=which)
        for place in range(cards)
        for which in (Print.FEEDBACK, Print.HAZARDS)
    ]


def test_each_print_gets_its_own_file_and_what_says_nothing_gets_none(
    field: Field, tmp_path: Path
) -> None:
    asked, heard = orders(field), Heard()
    raised(field.first, asked[0].card)
    printed = print_into_folder(field.first.desk, asked, tmp_path / "out", heard)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "现场反馈单_测试1号工厂_20201106.pdf",
        "现场反馈单_测试2号工厂_20201106.pdf",
        "现场反馈单_测试3号工厂_20201106.pdf",
        "隐患清单_测试1号工厂_20201106.pdf",
    ]
    assert [each.is_empty for each in printed] == [False, False, False, True, False, True]
    assert heard.steps == [(done, 6) for done in range(7)]


@pytest.mark.parametrize("which", Print)
def test_every_kind_of_print_goes_into_one_file_and_counts_its_own_pages(
    field: Field, tmp_path: Path, which: Print
) -> None:
    card_id = revised(field)
    raised(field.first, card_id)
    alone, both = tmp_path / "alone.pdf", tmp_path / "both.pdf"
    order = Order(card=card_id, which=which)
    print_into_file(field.first.desk, [order], alone, Unheard())
    print_into_file(field.first.desk, [order, order], both, Unheard())
    pages = texts_of(alone.read_bytes())
    assert texts_of(both.read_bytes()) == pages * 2
    assert f"第1页共{len(pages)}页" in pages[0]


def test_each_print_in_one_file_has_a_bookmark_at_its_first_page(
    field: Field, tmp_path: Path
) -> None:
    asked = [
        Order(card=field.first.open_card(place), which=which)
        for place in range(2)
        for which in (Print.WALK, Print.FEEDBACK)
    ]
    path = tmp_path / "all.pdf"
    print_into_file(field.first.desk, asked, path, Unheard())
    assert bookmarks_of(path.read_bytes()) == [
        ("现场记录表　测试1号工厂　20201106", 0),
        ("现场反馈单　测试1号工厂　20201106", 4),
        ("现场记录表　测试2号工厂　20201106", 5),
        ("现场反馈单　测试2号工厂　20201106", 9),
    ]


def bookmarks_of(pdf: bytes) -> list[tuple[str, int]]:
    """Return the titles of a file's bookmarks and the pages they lead to."""
    with PdfDocument(pdf) as document:
        found = list(document.get_toc())
        return [(each.get_title(), each.get_dest().get_index()) for each in found]


def test_one_sealed_card_in_one_file_keeps_its_seal(field: Field, tmp_path: Path) -> None:
    sealed = field.first.sealed_card()
    order = Order(card=sealed.index.id, which=Print.CARD)
    print_into_file(field.first.desk, [order], tmp_path / "one.pdf", Unheard())
    assert content_hash((tmp_path / "one.pdf").read_bytes()) == sealed.pdf.sha256


def test_a_full_disk_leaves_the_file_that_stood_there(field: Field, tmp_path: Path) -> None:
    asked, path = orders(field, cards=1), tmp_path / "all.pdf"
    path.write_bytes(b"before")
    with full_disk(at=20_000), refused(Code.DISK_FULL, path=str(path)):
        print_into_file(field.first.desk, asked, path, Unheard())
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.glob("*.p*")] == ["all.pdf"]


def test_a_folder_in_the_files_place_is_refused(field: Field, tmp_path: Path) -> None:
    (tmp_path / "all.pdf").mkdir()
    with refused(Code.FILE_NOT_WRITABLE):
        print_into_file(field.first.desk, orders(field, cards=1), tmp_path / "all.pdf", Unheard())


def test_stopping_leaves_one_file_unwritten_and_single_ones_as_far_as_they_came(
    field: Field, tmp_path: Path
) -> None:
    asked = orders(field)
    with pytest.raises(Cancelled):
        print_into_file(field.first.desk, asked, tmp_path / "all.pdf", Heard(stop_at=2))
    assert not (tmp_path / "all.pdf").exists()
    with pytest.raises(Cancelled):
        print_into_folder(field.first.desk, asked, tmp_path / "out", Heard(stop_at=2))
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_print_that_is_refused_does_not_keep_out_the_others(
    field: Field, tmp_path: Path
) -> None:
    asked = [Order(card="none", which=Print.WALK), *orders(field, cards=1)[:1]]
    first, second = print_into_folder(field.first.desk, asked, tmp_path, Unheard())
    assert first.refusal is not None
    assert first.refusal.code is Code.CARD_UNKNOWN
    assert second.path is not None
    assert second.path.is_file()
