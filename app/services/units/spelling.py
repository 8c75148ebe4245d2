"""How the names of units are read: pinyin, with every reading a character has."""

import os
from collections.abc import Iterable, Mapping

from app.domain.search import characters, spelled


def spell(names: Iterable[str]) -> Mapping[str, str]:
    """Return how each name is read, as `domain.search` looks for it; slow the first time."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # 80 ms more, and only characters are asked
    from pypinyin import Style, pinyin

    kept = tuple(names)
    readings = {
        character: {
            reading
            for found in pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
            for reading in found
        }
        for character in characters(kept)
    }
    return spelled(kept, {character: sorted(known) for character, known in readings.items()})
