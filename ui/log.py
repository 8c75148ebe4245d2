"""The log of faults beside the workspace: for whoever mends the program, never sent anywhere."""

import logging
from contextlib import suppress
from pathlib import Path

FILE = "ankang.log"
_MOST_BYTES = 1 << 20


def keep_log(home: Path) -> None:
    """Write warnings and faults into `home`; a folder that cannot be written keeps no log."""
    with suppress(OSError):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = home / FILE
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            path.unlink()
        log = logging.FileHandler(path, encoding="utf-8", delay=True)
        log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(log)
