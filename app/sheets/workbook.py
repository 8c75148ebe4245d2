"""The .xlsx file itself: guarded reading, text that never becomes a formula, and steady bytes.

Formulas are never evaluated. What Excel last computed and stored beside one is read; a formula
that no program has computed yet reads as blank.
"""

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice, repeat
from operator import is_not
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from app.errors import AppError, Code
from app.sheets import wording

TEXT_FORMAT = "@"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_MOST_BYTES = 100_000_000  # unpacked; 50,000 lines of forty columns stay below
_LAST_ROW = 1_048_576  # Excel's own; a row number beyond it would be padded without end
_LAST_COLUMN = 64
_FIRST_MOMENT = datetime(1980, 1, 1)  # noqa: DTZ001 - a zip knows no zone and nothing earlier

_LIBRARY_FAILURES = (  # openpyxl names no error of its own for a damaged workbook
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,  # ElementTree's and lxml's parse errors
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that holds a number, as a person would type it."""

    text: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A cell that holds neither text nor number: a date, an error value."""

    shown: str


Content = str | Number | Foreign
Writable = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank, with its number as Excel shows it."""

    number: int
    cells: tuple[Content, ...]


def read_sheets(workbook: bytes, *, most_lines: int) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each worksheet that are not blank, up to `most_lines` of each.

    All lines are equally wide; texts come without blanks around them.

    Raises:
        AppError: SHEET_DAMAGED (no .xlsx, an older or encrypted format, damaged, unpacking beyond
            100 MB).

    """
    with _refusing_damage():
        _refuse_archive(workbook)
        book = load_workbook(BytesIO(workbook), read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:  # openpyxl passes over a listed sheet that is not there
            raise AppError(Code.SHEET_DAMAGED)
        return tuple(_lines(sheet, most_lines) for sheet in book.worksheets)


def write(cell: Cell | MergedCell, content: Writable) -> None:
    """Put content into a cell; no program takes a text for a formula, a number or an error."""
    match content:
        case str():
            cell.value = content
            cell.data_type = "s"
            cell.number_format = TEXT_FORMAT
            cell.quotePrefix = content.startswith(_FORMULA_SIGNS)
        case Decimal():
            # openpyxl 3.1 would make it a float and write 94.90000000000001 for 94.9.
            cell.value = format(content, "f")
            cell.data_type = "n"
        case _:
            cell.value = content


def new_workbook(title: str) -> tuple[Workbook, Worksheet]:
    """Return a workbook and its one sheet."""
    book = Workbook()
    book.properties.creator = None
    sheet = book.worksheets[0]
    sheet.title = title
    return book, sheet


def saved(book: Workbook, made_at: datetime = _FIRST_MOMENT) -> bytes:
    """Return the file. The same workbook and moment give the same bytes."""
    book.properties.created = book.properties.modified = made_at
    dated, steady = BytesIO(), BytesIO()
    ExcelWriter(book, ZipFile(dated, "w")).save()  # Workbook.save would put in the clock's time
    with ZipFile(dated) as source, ZipFile(steady, "w") as target:
        for entry in source.infolist():
            undated = ZipInfo(entry.filename)
            target.writestr(undated, source.read(entry), compress_type=ZIP_DEFLATED)
    return steady.getvalue()


@contextmanager
def _refusing_damage() -> Iterator[None]:
    # openpyxl warns of features that reading cells does not need, and 3.1 prints of odd styles.
    with warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        try:
            yield
        except _LIBRARY_FAILURES as cause:
            raise AppError(Code.SHEET_DAMAGED) from cause


def _refuse_archive(workbook: bytes) -> None:
    with ZipFile(BytesIO(workbook)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MOST_BYTES or archive.testzip() is not None:
            raise AppError(Code.SHEET_DAMAGED)


def _lines(sheet: Worksheet, most_lines: int) -> tuple[Line, ...]:
    rows = enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=_LAST_COLUMN), start=1)
    # Rows that the file leaves out come as empty cells, up to a million of them.
    there = ((number, row) for number, row in rows if any(map(is_not, row, repeat(EMPTY_CELL))))
    lines = (Line(number=number, cells=tuple(map(_content, row))) for number, row in there)
    return tuple(islice((line for line in lines if any(line.cells)), most_lines))


def _content(cell: Cell | MergedCell) -> Content:
    match cell.value:
        case None:
            return ""
        case bool(answer):
            return wording.YES if answer else wording.NO
        case str(text):
            return Foreign(text) if cell.data_type == "e" else text.strip()
        case int(figure):
            return Number(str(figure))
        case float(figure):
            return Number(str(int(figure)) if figure.is_integer() else repr(figure))
        case other:
            return Foreign(str(other))
