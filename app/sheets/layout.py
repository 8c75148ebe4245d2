"""How a printed table looks: type, borders, lines across, and an A4 page lying on its side."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.sheets import wording
from app.sheets.workbook import Writable, write

CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
TITLE_FONT = Font(name="宋体", size=18, bold=True)
HEADING_FONT = Font(name="黑体", size=10.5)

_FONT = Font(name="宋体", size=10.5)
_RULE = Side(style="thin")
_BORDER = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_PADDING = 2  # digits of a column that text does not reach
_LEADING = 6  # points above and below the text of a row, together
_HIGHEST_ROW = 409  # points; Excel calls a file with a higher one damaged
_MARGINS = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.7, footer=0.3)  # inches


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a cell looks. The number format is for figures and days; heights are in points."""

    font: Font = _FONT
    alignment: Alignment = CENTRE
    number_format: str = "General"
    line_height: int = 14


def write_row(sheet: Worksheet, row: int, cells: Iterable[tuple[Writable, Look]]) -> None:
    """Write one bordered row of a table, high enough for its longest text."""
    for column, (content, look) in enumerate(cells, start=1):
        cell = sheet.cell(row=row, column=column)
        write(cell, content)
        cell.font, cell.alignment, cell.border = look.font, look.alignment, _BORDER
        if isinstance(content, str):
            _raise_row(sheet, row, (column, column), content, look.line_height)
        else:
            cell.number_format = look.number_format


def write_across(
    sheet: Worksheet, row: int, columns: tuple[int, int], text: str, look: Look
) -> None:
    """Write text over merged columns, first to last, in a row high enough for it."""
    first, last = columns
    cell = sheet.cell(row=row, column=first)
    write(cell, text)
    cell.font, cell.alignment = look.font, look.alignment
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    _raise_row(sheet, row, columns, text, look.line_height)


def set_widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    """Set the widths of the columns, in digits."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def set_page(sheet: Worksheet, *, heading_row: int, footer: str) -> None:
    """Print on A4 across, as wide as the page; what stands down to the heading repeats."""
    sheet.freeze_panes = f"A{heading_row + 1}"
    sheet.print_title_rows = f"1:{heading_row}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(Worksheet.PAPERSIZE_A4)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = _MARGINS
    foot = HeaderFooterItem()
    foot.left.text, foot.right.text = footer, wording.PAGE
    sheet.oddFooter = foot


def _raise_row(
    sheet: Worksheet, row: int, columns: tuple[int, int], text: str, line_height: int
) -> None:
    """Make a row high enough for a text. Not every program does so by itself, none for merged."""
    first, last = columns
    room = sum(sheet.column_dimensions[get_column_letter(n)].width for n in range(first, last + 1))
    lines = ceil(_width(text) / (room - _PADDING))
    dimension = sheet.row_dimensions[row]
    needed = min(lines * line_height + _LEADING, _HIGHEST_ROW)
    dimension.height = max(dimension.height or 0, needed)


def _width(text: str) -> int:
    """Return the width of text in digits; Han characters are two wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
