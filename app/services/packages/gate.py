"""What a package from outside must pass: read once of the workspace, then asked without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from app.crypto.trust import TrustAnchors
from app.domain.card import Policy
from app.domain.form import Form, FormHash, GuideHash
from app.domain.keyring import CredentialKind
from app.errors import AppError, Code
from app.exchange.head import require_same_world
from app.exchange.opened import OpenPackage
from app.exchange.reader import Reader, open_package
from app.ports.progress import Progress
from app.reports.typeset.fonts import Fonts, load_fonts
from app.services.desk.desk import Desk
from app.services.desk.forms import current_form, current_guide_names
from app.services.desk.standing import holder_of, inspectors_office
from app.services.keys.trust import anchors
from app.services.keys.unlock import Unlocked
from app.services.seal.proof import Court


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What proving a package needs to know of this workspace, read once.

    `rules` are the pairs of step and policy the office ever set; empty on an inspector's laptop,
    which cannot know them. `receipts` are our own times of receipt by package digest, `sender` the
    office an inspector's receipts must come from.
    """

    reader: Reader
    trust: TrustAnchors
    rehearsal: bool
    forms: Mapping[FormHash, Form]
    guides: Mapping[GuideHash, str]
    rules: frozenset[tuple[Decimal, Policy]]
    receipts: Mapping[str, datetime]
    sender: str | None
    fonts: Fonts
    now: datetime

    def moment_of(self, digest: str) -> datetime:
        """Return when a package is known to have existed: our own receipt of it, else now."""
        return self.receipts.get(digest, self.now)

    def court(self, digest: str) -> Court:
        """Return before what the cards of a package are proven."""
        return Court(
            trust=self.trust,
            find_form=self.find_form,
            name_guide=lambda guide: self.guides.get(guide, ""),
            fonts=self.fonts,
            moment=self.moment_of(digest),
            now=self.now,
        )

    def find_form(self, form: FormHash) -> Form:
        """Return a form by its hash; AppError FORM_UNKNOWN."""
        if form not in self.forms:
            raise AppError(Code.FORM_UNKNOWN, form=form)
        return self.forms[form]


def open_gate(desk: Desk) -> Gate:
    """Read what proving a package needs."""
    workspace = desk.workspace
    office = workspace.office.get()
    inspector = holder_of(desk, CredentialKind.INSPECTOR)
    ours = (inspector, holder_of(desk, CredentialKind.OFFICE))
    form = current_form(desk)
    return Gate(
        reader=Reader(
            office=office.name.code if office else None,
            serials=frozenset(holder.serial for holder in ours if holder),
        ),
        trust=anchors(desk),
        rehearsal=workspace.rehearsal,
        forms={form.hash: form},
        guides=current_guide_names(desk),
        rules=frozenset((rules.step, rules.policy) for rules in workspace.office.past_rules()),
        receipts={
            record.digest: record.handled_at for record in workspace.packages.all(outgoing=False)
        },
        sender=inspectors_office(desk).office.name.code if inspector else None,
        fonts=load_fonts(desk.resources / "fonts"),
        now=desk.clock.now(),
    )


def open_at_gate(
    path: Path,
    gate: Gate,
    unlocked: Unlocked,
    *,
    staging: Path,
    progress: Progress | None = None,
) -> OpenPackage:
    """Return a verified package that belongs to this workspace's world.

    Raises:
        AppError: all that `open_package` raises; PACKAGE_IS_REHEARSAL, PACKAGE_IS_NOT_REHEARSAL.

    """
    package = open_package(
        path,
        reader=gate.reader,
        secrets=(unlocked.age,),
        trust=gate.trust,
        now=gate.now,
        moment_of=gate.moment_of,
        staging=staging,
        progress=progress,
    )
    require_same_world(package.head, rehearsal=gate.rehearsal)
    return package
