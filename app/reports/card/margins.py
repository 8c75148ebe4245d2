"""What stands outside the content of a page: foot, mark of 练习, what kind of copy it is."""

from app.reports.card import wording
from app.reports.typeset.fonts import Fonts, Style
from app.reports.typeset.page import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    Align,
    Page,
    block,
    set_block,
    shortened,
)

_FOOT_SIZE = 8.0
_NUMBER_ROOM = 84.0
_FOOT_TOP = BOTTOM - 14.0
_MARK_TOP = HEIGHT - 24.0


def binding_line(fonts: Fonts, text: str) -> str:
    """Return a text short enough to stand at the foot beside the page's number."""
    return shortened(fonts, text, width=RIGHT - LEFT - _NUMBER_ROOM, size=_FOOT_SIZE)


def set_foot(page: Page, fonts: Fonts, binding: str, count: int) -> None:
    """Put what binds the pages together at the left and 第 x 页 共 y 页 at the right."""
    left = block(fonts, binding, width=RIGHT - LEFT, size=_FOOT_SIZE)
    set_block(page, left, left=LEFT, top=_FOOT_TOP)
    number = wording.page_number(page.number + 1, count)
    width = fonts.width(number, _FOOT_SIZE)
    right = block(fonts, number, width=RIGHT, size=_FOOT_SIZE)
    set_block(page, right, left=RIGHT - width, top=_FOOT_TOP)


def set_rehearsal(page: Page, fonts: Fonts) -> None:
    """Say at the top of a page that it is 练习."""
    words = block(fonts, wording.REHEARSAL, width=RIGHT - LEFT, size=10.5, style=Style.HEI)
    set_block(page, words, left=LEFT, top=_MARK_TOP, align=Align.CENTRE)


def set_mark(page: Page, fonts: Fonts, mark: str) -> None:
    """Say at the top left of a page what kind of copy it is: 未定稿, 留存联."""
    words = block(fonts, mark, width=RIGHT - LEFT, size=9.0, style=Style.HEI)
    set_block(page, words, left=LEFT, top=_MARK_TOP)
