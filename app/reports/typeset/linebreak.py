"""Where a Chinese line may end. Pure: knows widths, no font and no page.

Rules of GB/T 15834-2011, 5.1: marks that close (，。、；：？！ ” 》 ） and the like) never begin
a line, marks that open never end one, —— and …… are not torn, · and ／ do neither. Beyond the
standard: a number stays with its unit (3分, 100％), a Latin word or a code stays whole.
"""

from collections.abc import Callable

_NO_START = frozenset("，。、；：？！”’》〉」』】〕）〗％‰℃·／…—～!),.:;?]}%/”’")
_NO_END = frozenset("“‘《〈「『【〔（〖·／￥$([{/“‘")
_TWINS = frozenset("—…")
_UNITS = frozenset("分％%‰℃年月日时秒人份条项件个户页版")
_IN_WORDS = frozenset(".-_+'’&@#\N{NO-BREAK SPACE}")


def break_lines(text: str, width: float, advance: Callable[[str], float]) -> tuple[str, ...]:
    """Return the lines of a text; '' gives one empty line.

    `advance` is the width of one character, in the unit of `width`. Blanks at a line's end are
    dropped, and those before a word that fills its line. A word longer than the line is torn
    where it must be.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for word in _words(text):
        for piece in _fitting(word, width, advance):
            needed = sum(map(advance, piece.rstrip()))
            if used + needed > width:
                if line.strip():
                    lines.append(line.rstrip())
                line, used = "", 0.0
            line += piece
            used += sum(map(advance, piece))
    return (*lines, line.rstrip())


def _words(text: str) -> list[str]:
    words: list[str] = []
    for character in text:
        if words and not _may_break(words[-1][-1], character):
            words[-1] += character
        else:
            words.append(character)
    return words


def _may_break(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before == " ":
        return after not in _NO_START
    if after in _NO_START or before in _NO_END:
        return False
    if before in _TWINS and before == after:
        return False
    if before.isdigit() and (after in _UNITS or after.isdigit()):
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(character: str) -> bool:
    narrow = ord(character) < 0x2E80  # noqa: PLR2004 - the first CJK block
    return narrow and (character.isalnum() or character in _IN_WORDS)


def _fitting(word: str, width: float, advance: Callable[[str], float]) -> list[str]:
    if sum(map(advance, word.rstrip())) <= width:
        return [word]
    pieces, used = [""], 0.0
    for character in word:
        if pieces[-1] and used + advance(character) > width:
            pieces.append("")
            used = 0.0
        pieces[-1] += character
        used += advance(character)
    return pieces
