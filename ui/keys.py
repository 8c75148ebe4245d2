"""Opens a key for a piece of work: once a day with the passphrase, on the compute lane."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from app.crypto.passphrase import passphrase_of_text
from app.domain.keyring import Credential, CredentialKind
from app.errors import AppError
from app.services.keys.session import OpenedKeys
from ui.tasks import Tasks

if TYPE_CHECKING:  # the crypto behind them takes half a second to import
    from app.services.desk.desk import Desk
    from app.services.keys.unlock import Unlocked


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A credential at rest, and the moment its key is wanted."""

    credential: Credential
    now: datetime


class Keys:
    """The keys of one screen: those opened today are used again, others are opened and held."""

    def __init__(self, tasks: Tasks, opened: OpenedKeys) -> None:
        self._tasks = tasks
        self._opened = opened

    def has_open(self, credential: Credential | None, now: datetime) -> bool:
        """Tell whether a key was opened today."""
        return credential is not None and bool(self._opened.of(credential.certificate, now))

    def open(
        self,
        held: Held,
        typed: str,
        *,
        done: "Callable[[Unlocked], None]",
        refused: Callable[[AppError], None],
    ) -> None:
        """Hand on a key opened today; else open it with the passphrase as typed and hold it.

        `refused` hears PASSPHRASE_EMPTY, PASSPHRASE_WRONG, CREDENTIAL_DAMAGED.
        """
        unlocked = self._opened.of(held.credential.certificate, held.now)
        if unlocked is not None:
            done(unlocked)
            return
        self._tasks.compute(
            partial(_open, held.credential, typed),
            done=partial(self._on_opened, held.now, done),
            refused=refused,
        )

    def lock(self) -> None:
        """Forget every key."""
        self._opened.lock()

    def _on_opened(
        self, now: datetime, done: "Callable[[Unlocked], None]", unlocked: "Unlocked"
    ) -> None:
        self._opened.keep(unlocked, now)
        done(unlocked)


def held_at(desk: "Desk", kind: CredentialKind) -> Held:
    """Return a credential of the workspace; AppError IDENTITY_MISSING, OFFICE_MISSING."""
    from app.services.keys.unlock import credential_of

    return Held(credential=credential_of(desk, kind), now=desk.clock.now())


def _open(credential: Credential, typed: str) -> "Unlocked":
    from app.services.keys.unlock import open_credential

    return open_credential(credential, passphrase_of_text(typed))
