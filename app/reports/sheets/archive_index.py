"""归档目录: what belongs to a unit's file, with codes to prove it, and room for its shelf."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.card import Card
from app.reports.card import wording
from app.reports.sheets.sheet import Sheet, Stationery
from app.reports.typeset.grid import Column, Grid
from app.reports.typeset.page import LEFT, RIGHT, Align

_NUMBER, _AMOUNT, _PROOF, _BOX, _REMARK = 28.0, 44.0, 136.0, 52.0, 58.0
_FEW = 3  # codes below each other; more go two to a line
_CODE_SIZE = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing of the file: how many pages or pieces it has ('' unknown), and what proves it."""

    name: str
    amount: str = ""
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Things of one kind; a part without items is left out."""

    title: str
    items: tuple[Item, ...]


def draw_archive_index(card: Card, parts: Sequence[Part], stationery: Stationery) -> bytes:
    """Return the PDF; raises AppError GLYPH_MISSING, LAYOUT_OVERFLOW."""
    sheet = Sheet(stationery, card)
    words = sheet.words
    title = words.text("pdf.archive.title")
    sheet.set_heading(title, day=wording.period(card))
    sheet.set_words(words.text("pdf.archive.intro"))
    sheet.y -= 4.0
    grid = _grid(sheet)
    number = 0
    for place, part in enumerate((part for part in parts if part.items), start=1):
        grid.band(words.text(f"pdf.archive.place.{place}", title=part.title))
        for item in part.items:
            number += 1
            _set_item(grid, item, number)
    sheet.y -= 6.0
    sheet.set_words(words.text("pdf.archive.note"))
    sheet.y -= 6.0
    sheet.set_signing([words.text(f"pdf.archive.{who}") for who in ("giver", "receiver")])
    return sheet.finished(title)


def _grid(sheet: Sheet) -> Grid:
    words = sheet.words
    rest = RIGHT - LEFT - _NUMBER - _AMOUNT - _PROOF - _BOX - _REMARK
    return Grid(
        sheet,
        (
            Column(words.text("pdf.column.number"), _NUMBER, Align.CENTRE),
            Column(words.text("pdf.column.item"), rest),
            Column(words.text("pdf.column.amount"), _AMOUNT, Align.CENTRE),
            Column(words.text("pdf.column.proof"), _PROOF),
            Column(words.text("pdf.column.box"), _BOX),
            Column(words.text("pdf.column.remarks"), _REMARK),
        ),
    )


def _set_item(grid: Grid, item: Item, number: int) -> None:
    lines = item.proofs if len(item.proofs) <= _FEW else _in_pairs(item.proofs)
    grid.add_long(
        (
            (grid.piece(0, str(number)),),
            (grid.piece(1, item.name, field=f"archive.{number}"),),
            (grid.piece(2, item.amount),),
            tuple(grid.piece(3, line, size=_CODE_SIZE) for line in lines),
            (),
            (),
        )
    )


def _in_pairs(codes: Sequence[str]) -> list[str]:
    return ["　".join(codes[first : first + 2]) for first in range(0, len(codes), 2)]
