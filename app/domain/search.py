"""Finding names by what a person types: characters, a code, pinyin, or the initials of pinyin.

A name is spelled once, each character as its readings; every word typed becomes a pattern over
that. How characters are read is told from outside: the domain knows no dictionary.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

_QUOTES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
_WORDS = re.compile(r"[a-z0-9]+|[^a-z0-9\s]+")  # characters and pinyin may stand side by side
Readings = Mapping[str, Iterable[str]]

# A character is spelled 'c-h-o-n-g-'z-h- : each reading after a quote, and a hyphen where one may
# stop and go on to the next character. What an earlier reading has already begun gets no hyphen,
# so there is one way only to match a beginning: no name makes the pattern slow.
_NEXT = r"(?:-?+|-[^ ]*+ '(?:[^' ]++')*?)"


def spelled(names: Iterable[str], readings: Readings) -> dict[str, str]:
    """Return how each name is read, for `Sought`; letters and digits are read as themselves."""
    kept = tuple(names)
    items = {character: _item(character, readings) for character in characters(kept)}
    return {name: "".join(map(items.__getitem__, folded(name))) for name in kept}


def characters(names: Iterable[str]) -> set[str]:
    """Return the characters that names are made of, as they are compared."""
    return {character for name in names for character in folded(name)}


def folded(text: str) -> str:
    """Return a text as it is compared: full width and capitals make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; every word of it must be found."""

    words: tuple[_Word, ...]

    def finds(self, text: str, spelling: str) -> bool:
        """Tell whether a folded text, or how its name is spelled, holds every word."""
        for word in self.words:
            if word.text in text:
                continue
            if word.pattern is None or word.pattern.search(spelling) is None:
                return False
        return True


def sought(typed: str) -> Sought:
    """Return what a person looks for. Quotes inside pinyin (xi'an) are passed over."""
    words = _WORDS.findall(_QUOTES.sub("", folded(typed)))
    return Sought(tuple(_Word(word, _pattern(word)) for word in words))


def _pattern(word: str) -> re.Pattern[str] | None:
    if not (word.isascii() and word.isalnum()):
        return None
    return re.compile(f"'{_NEXT.join(word)}-")


def _item(character: str, readings: Readings) -> str:
    known = list(readings.get(character, ()))
    if not known and character.isalnum():
        known = [character]
    begun: set[str] = set()
    item = ""
    for reading in known:
        item += "'"
        for beginning in accumulate(reading):
            item += beginning[-1] if beginning in begun else f"{beginning[-1]}-"
            begun.add(beginning)
    return f"{item} " if item else ""
