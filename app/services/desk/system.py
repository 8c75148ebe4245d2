"""The real clock, the real ids, and the folder a user's workspace lies in by default."""

import os
from datetime import UTC, datetime
from pathlib import Path

HOME_VARIABLE = "ANKANG_HOME"


class SystemClock:
    """Fulfils `app.ports.Clock`, in whole seconds: no claim needs finer ones."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC).replace(microsecond=0)


class RandomIds:
    """Fulfils `app.ports.Ids` with UUIDv7 (RFC 9562)."""

    def new(self) -> str:
        """Return a new UUIDv7 in its usual text form."""
        import uuid_utils

        return str(uuid_utils.uuid7())


def default_home() -> Path:
    """Return the folder of ANKANG_HOME, else the platform's place for a user's data."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("Ankang", appauthor=False)
