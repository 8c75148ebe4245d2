"""What the program and this workspace are: for 更多, and for whoever is asked for help."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.keyring import CredentialKind
from app.services.desk.desk import Desk
from app.services.desk.forms import current_form, current_guide, guide_name
from app.services.desk.standing import holder_of, standing

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose credential is here: its names, the certificate's serial and its last moment."""

    name: str
    post: str
    serial: str
    valid_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A workspace in figures and names; `holder` is None before a credential is here."""

    home: Path
    workspace: str
    rehearsal: bool
    office: str
    edition: str
    form: str
    guide: str
    holder: Holder | None
    units: int
    cards: int
    sealed: int
    files: int
    audit_head: str


def about(desk: Desk) -> About:
    """Return what there is to say."""
    workspace, form = desk.workspace, current_form(desk)
    lines = workspace.cards.lines()
    return About(
        home=workspace.home,
        workspace=workspace.id,
        rehearsal=workspace.rehearsal,
        office=standing(desk).name.name,
        edition=form.edition,
        form=form.title,
        guide=guide_name(current_guide(desk)),
        holder=_holder(desk),
        units=len(workspace.units.all()),
        cards=len(lines),
        sealed=sum(line.sealed is not None for line in lines),
        files=len(workspace.evidence.all()),
        audit_head=workspace.audit.head(),
    )


def _holder(desk: Desk) -> Holder | None:
    facts = holder_of(desk, CredentialKind.INSPECTOR)
    if facts is None:
        return None
    return Holder(
        name=facts.common_name,
        post=facts.post,
        serial=facts.serial,
        valid_until=facts.not_after,
    )
