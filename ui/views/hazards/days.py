"""Days as people type them: 2020-11-6, 2020/11/06, 2020年11月6日, 20201106."""

import re
import unicodedata

_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?")


def day_typed(text: str) -> str:
    """Return a typed day as YYYY-MM-DD; what is none comes back as it is."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(plain)
    if found is None:
        return plain
    year, month, day = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"
