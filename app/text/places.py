"""The names of places on a print, in words: 考核要点 S1-R1-C1 的理由 for `S1-R1-C1.reason`.

A name is a path. Parts with a digit in them (a clause, a number) fill the sentence `where.…` of
the other parts; where a path has no sentence, that of its beginning is taken.
"""

import re
from collections.abc import Iterator, Mapping

_CLAUSE = re.compile(r"S\d+-R\d+-C\d+")
_PATH = re.compile(r"[\w-]+(?:[. ][\w-]+)*", re.ASCII)


def place_keys(where: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield keys for a place, the fullest first, each with what fills its sentence."""
    if not _PATH.fullmatch(where):
        return
    parts = where.replace(" ", ".").split(".")
    numbers = [part for part in parts if any(letter.isdigit() for letter in part)]
    names = [part for part in parts if part not in numbers]
    if _CLAUSE.fullmatch(parts[0]):
        names = ["clause", *names]
    facts = {"number": numbers[0] if numbers else ""}
    for length in range(len(names), 0, -1):
        yield f"where.{'.'.join(names[:length])}", facts
