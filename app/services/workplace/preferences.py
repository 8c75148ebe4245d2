"""How one person likes the window: language, size of text, look. Kept beside the workspace.

Read before the first paint, so nothing heavy is imported here; a file that cannot be read is as
good as none.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.text.catalogue import Language

SCALES = (100, 125, 150, 175, 200)
LOOKS = ("light", "dark")
_FILE = "preferences.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Language of the interface, text size in per cent (one of `SCALES`), look of `LOOKS`."""

    language: Language = Language.CHINESE
    scale: int = SCALES[0]
    look: str = LOOKS[0]


def read_preferences(home: Path) -> Preferences:
    """Return what was kept, and the default for whatever is missing or makes no sense."""
    try:
        kept = json.loads((home / _FILE).read_bytes())
    except (OSError, ValueError):
        return Preferences()
    return _sensible(kept) if isinstance(kept, dict) else Preferences()


def keep_preferences(home: Path, preferences: Preferences) -> None:
    """Keep them; AppError DISK_FULL, FILE_NOT_WRITABLE."""
    from app.files import write_whole

    write_whole(home / _FILE, json.dumps(asdict(preferences)).encode(), private=True)


def _sensible(kept: dict[str, object]) -> Preferences:
    language, scale, look = (kept.get(name) for name in ("language", "scale", "look"))
    default = Preferences()
    return Preferences(
        language=Language(str(language)) if language in list(Language) else default.language,
        scale=scale if isinstance(scale, int) and scale in SCALES else default.scale,
        look=look if isinstance(look, str) and look in LOOKS else default.look,
    )
