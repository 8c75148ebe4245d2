"""Where the demo plays: one folder, a desk for each of its workspaces, and somebody watching."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.crypto.passphrase import Passphrase, passphrase_of_text
from app.domain.unit import Unit
from app.errors import AppError, Code
from app.files import make_private_folder, write_whole
from app.ports import OpenWorkspace
from app.reports.card.wording import unit_title
from app.services.desk.desk import Desk, open_desk

OFFICE = "office"
CREWS = ("inspector-1", "inspector-2")
_UNFIT = re.compile(r"[^\w（）()·]+")  # for a file name


class Step(StrEnum):
    """What has just been done."""

    OFFICE = "office"
    INSPECTOR = "inspector"
    UNITS = "units"
    SEALED = "sealed"
    DRAFT = "draft"
    UNSIGNED = "unsigned"
    SENT = "sent"
    SENT_TWICE = "sent_twice"
    DECIDED = "decided"
    ANSWERED = "answered"
    REVISED = "revised"
    RANKED = "ranked"
    AUDITED = "audited"


class Tell(Protocol):
    """Hears what has been done, with what is worth knowing about it."""

    def __call__(self, step: Step, **facts: str | int) -> None:
        """Take note."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The folder of a demo, who is told, desks and passphrases by the names of their folders."""

    folder: Path
    tell: Tell
    desks: Mapping[str, Desk]
    passphrases: Mapping[str, Passphrase]

    @property
    def office(self) -> Desk:
        """Return the office's desk."""
        return self.desks[OFFICE]

    def pdf(self, unit: Unit, revision: int) -> Path:
        """Return where a unit's print lies, under a name for people."""
        return self.folder / "pdf" / f"{_UNFIT.sub('', unit_title(unit))}_r{revision}.pdf"


@contextmanager
def set_stage(
    folder: Path, *, open_workspace: OpenWorkspace, resources: Path, tell: Tell
) -> Iterator[Stage]:
    """Open all workspaces in a new or empty folder.

    Raises:
        AppError: FOLDER_NOT_EMPTY, FILE_NOT_WRITABLE.

    """
    make_private_folder(folder)
    if any(folder.iterdir()):
        raise AppError(Code.FOLDER_NOT_EMPTY, path=str(folder))
    with ExitStack() as stack:
        desks = {}
        for name in (OFFICE, *CREWS):
            desks[name] = open_desk(open_workspace, folder / name, resources=resources)
            stack.enter_context(closing(desks[name].workspace))
        passphrases = {name: _passphrase(folder, name) for name in desks}
        yield Stage(folder=folder, tell=tell, desks=desks, passphrases=passphrases)


def _passphrase(folder: Path, name: str) -> Passphrase:
    """Make up the passphrase of a workspace and leave it beside it, for everybody to read."""
    word = f"lianxi-{name}"
    write_whole(folder / f"passphrase-{name}.txt", f"{word}\n".encode())
    return passphrase_of_text(word)
