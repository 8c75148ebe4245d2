"""How a database is opened, guarded and written to: pragmas, migrations, backups, units of work.

Everything runs on sqlcipher3 (one SQLite everywhere); a key may be given, encryption at rest is
another issue. Errors of the driver become AppErrors here and nowhere else.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Protocol, TypeVar

from sqlcipher3 import dbapi2
from sqlite_utils import Database as Utils
from sqlite_utils.migrations import Migrations

from app.errors import AppError, Code
from app.files import copy_whole, make_private_folder, put_in_place
from db.migrations import MIGRATIONS

Value = str | int | bytes | None
Made = TypeVar("Made")
DriverError = dbapi2.Error

_READ = dbapi2.SQLITE_OPEN_READONLY
_WRITE = dbapi2.SQLITE_OPEN_READWRITE
_CREATE = _WRITE | dbapi2.SQLITE_OPEN_CREATE
_BUSY_MS = 5000
_CODES = {
    dbapi2.SQLITE_FULL: Code.DISK_FULL,
    dbapi2.SQLITE_BUSY: Code.DATABASE_LOCKED,
    dbapi2.SQLITE_LOCKED: Code.DATABASE_LOCKED,
    dbapi2.SQLITE_PROTOCOL: Code.DATABASE_LOCKED,
    dbapi2.SQLITE_READONLY: Code.FILE_NOT_WRITABLE,
    dbapi2.SQLITE_CANTOPEN: Code.FILE_NOT_WRITABLE,
    dbapi2.SQLITE_PERM: Code.FILE_NOT_WRITABLE,
    dbapi2.SQLITE_IOERR: Code.FILE_NOT_WRITABLE,
    dbapi2.SQLITE_CORRUPT: Code.DATABASE_DAMAGED,
    dbapi2.SQLITE_NOTADB: Code.DATABASE_DAMAGED,
}
# What SQLite and the driver say of damage without a code of its own.
_DAMAGE = ("no such", "unsupported file format", "could not decode", "malformed json")


class Row(Protocol):
    """A row of a query: its values by column name, and in their order."""

    def __getitem__(self, column: str, /) -> Value:
        """Return a value by the name of its column."""
        ...

    def __iter__(self) -> Iterator[Value]:
        """Yield the values."""
        ...


class Telling:
    """Turns the driver's errors about a file into AppErrors; what else it raises is a bug."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Begin; a generator would cost more than what most statements do."""

    def __exit__(self, _: object, cause: BaseException | None, __: object) -> None:
        """Raise an AppError for what the driver raised."""
        if not isinstance(cause, DriverError):
            return
        code = _CODES.get((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF)
        if code is None and any(words in str(cause).lower() for words in _DAMAGE):
            code = Code.DATABASE_DAMAGED
        if code is not None:
            raise AppError(code, path=str(self._path)) from cause


class Connection:
    """One opened database; belongs to the thread that opened it."""

    def __init__(self, path: Path, *, access: int = _WRITE, key: str | None = None) -> None:
        self._path = path
        self._key = key
        self.telling = Telling(path)
        self._open(access)

    def _open(self, access: int) -> None:
        with self.telling:
            self._raw = dbapi2.connect(str(self._path), isolation_level=None, flags=access)
        self.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        self.execute("PRAGMA trusted_schema = OFF")
        if self._key is not None:
            self.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
            self.execute(f"PRAGMA key = {_quoted(self._key)}")

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement and return the number of rows it changed."""
        with self.telling:
            return int(self._raw.execute(sql, parameters).rowcount)

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query."""
        cursor = self._raw.cursor()
        cursor.row_factory = dbapi2.Row
        with self.telling:
            return list(cursor.execute(sql, parameters))

    def row(self, sql: str, parameters: Sequence[Value] = ()) -> Row | None:
        """Return the first row of a query."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def scalar(self, sql: str, parameters: Sequence[Value] = ()) -> Value:
        """Return the first column of the first row, None when there is none."""
        row = self.row(sql, parameters)
        return None if row is None else next(iter(row))

    def each(
        self, make: Callable[[Row], Made], sql: str, parameters: Sequence[Value] = ()
    ) -> tuple[Made, ...]:
        """Return what `make` makes of each row; a ValueError of it means DATABASE_DAMAGED."""
        rows = self.rows(sql, parameters)
        try:
            return tuple(map(make, rows))
        except ValueError as cause:
            raise AppError(Code.DATABASE_DAMAGED, path=str(self._path)) from cause

    def one(
        self, make: Callable[[Row], Made], sql: str, parameters: Sequence[Value] = ()
    ) -> Made | None:
        """Return what `make` makes of the first row, as `each`."""
        found = self.each(make, sql, parameters)
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run a unit of work: `BEGIN IMMEDIATE`, then all of it or nothing.

        sqlite-utils' own `atomic` is a deferred BEGIN: it loses writers to "database is locked".
        """
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._raw.in_transaction:  # a full disk rolls back by itself
                self.execute("ROLLBACK")
            raise

    def settle(self) -> None:
        """Bring all into the one file, so that it can stand in another place.

        Raises:
            AppError: DATABASE_LOCKED while another program reads; nothing has changed then.

        """
        # Moved with a log beside it, a database loses what is in there; and a log that stays
        # behind is played into whatever database comes next.
        mode = self.scalar("PRAGMA journal_mode = DELETE")
        if mode != "delete":
            raise AppError(Code.DATABASE_LOCKED, path=str(self._path))

    def exchange(self, path: Path, kept: Path) -> None:
        """Go on with another settled database of our newest schema; the present one is `kept`.

        Whoever kills the program meanwhile finds one of the two in its place, never none.

        Raises:
            AppError: DISK_FULL, FILE_NOT_WRITABLE, DATABASE_LOCKED; the present one stands.

        """
        self.settle()
        self.close()
        try:
            copy_whole(self._path, kept)
            put_in_place(path, self._path)
        finally:
            self._open(_WRITE)
            _set_pragmas(self, self._path)
            self.execute("PRAGMA foreign_keys = ON")

    @property
    def utils(self) -> Utils:
        """Return the connection as sqlite-utils sees it, for migrations."""
        return Utils(self._raw)

    def close(self) -> None:
        """Close the database; the last writer to close it empties the write-ahead log."""
        self._raw.close()


def open_for_reading(
    path: Path, *, key: str | None = None, migrations: Migrations = MIGRATIONS
) -> Connection | None:
    """Open a database beside the program that writes to it; None when it must be made or migrated.

    No byte of the file is changed, nor of a log that a killed program left behind.

    Raises:
        AppError: DATABASE_NEWER, DATABASE_DAMAGED (also a file of another program, or a wrong
            key), DATABASE_LOCKED, FILE_NOT_WRITABLE.

    """
    if not path.exists():
        return None
    connection = Connection(path, access=_READ, key=key)
    try:
        _refuse_strange(connection, path, migrations)
        pending = _pending(connection, migrations)
    except BaseException:
        connection.close()
        raise
    if pending:
        connection.close()
        return None
    return connection


def open_for_writing(
    path: Path, *, backups: Path, key: str | None = None, migrations: Migrations = MIGRATIONS
) -> Connection:
    """Open or make a database, bring its schema up to date and check that it is sound.

    The caller holds the workspace's lock. Before a migration the file is copied into `backups`.
    All pending steps and SQLite's checks after them are one transaction: all or nothing.

    Raises:
        AppError: as `open_for_reading`; DATABASE_JOURNAL (no write-ahead log there: a network
            folder), DISK_FULL.

    """
    existed = path.exists()
    # Opening for writing takes over a log left behind: first make sure that the file is ours.
    reading = open_for_reading(path, key=key, migrations=migrations)
    if reading is not None:
        reading.close()
    connection = Connection(path, access=_CREATE, key=key)
    try:
        _set_pragmas(connection, path)
        pending = _pending(connection, migrations)
        if pending and existed:
            _back_up(connection, backups, f"{path.stem}-before-{pending[0]}")
        if pending:
            _migrate(connection, path, migrations)
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def integrity_problems(connection: Connection) -> tuple[str, ...]:
    """Return what `integrity_check` and `foreign_key_check` find; nothing when all is well."""
    lines = [
        " ".join(map(str, row))
        for check in ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
        for row in connection.rows(check)
    ]
    return tuple(line for line in lines if line != "ok")


def _refuse_strange(connection: Connection, path: Path, migrations: Migrations) -> None:
    with connection.telling, Utils(memory=True) as nothing:
        known = {step.name for step in migrations.pending(nothing)}
        applied = {step.name for step in migrations.applied(connection.utils)}
    if not applied:  # empty, or another program's
        raise AppError(Code.DATABASE_DAMAGED, path=str(path))
    if applied - known:
        raise AppError(Code.DATABASE_NEWER, path=str(path))


def _pending(connection: Connection, migrations: Migrations) -> list[str]:
    with connection.telling:
        return [step.name for step in migrations.pending(connection.utils)]


def _set_pragmas(connection: Connection, path: Path) -> None:
    mode = connection.scalar("PRAGMA journal_mode = WAL")
    if mode != "wal":
        raise AppError(Code.DATABASE_JOURNAL, path=str(path), mode=str(mode))
    connection.execute("PRAGMA synchronous = FULL")


def _back_up(connection: Connection, folder: Path, stem: str) -> None:
    """Copy the database, encrypted as it is, under the first name that is free."""
    make_private_folder(folder)
    part = folder / "unfinished.part"
    part.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(part),))
    names = (folder / f"{stem}{suffix}.db" for suffix in chain([""], map("-{}".format, count(2))))
    copy_whole(part, next(name for name in names if not name.exists()))  # SQLite syncs nothing
    part.unlink()


def _migrate(connection: Connection, path: Path, migrations: Migrations) -> None:
    # A step that rebuilds a table must be able to drop the old one: the keys are checked after it.
    connection.execute("PRAGMA foreign_keys = OFF")
    with connection.telling, connection.transaction():
        migrations.apply(connection.utils)
        if integrity_problems(connection):
            raise AppError(Code.DATABASE_DAMAGED, path=str(path))


def _quoted(key: str) -> str:
    return "'" + key.replace("'", "''") + "'"
