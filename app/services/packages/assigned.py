"""考核任务 on the inspector's side: an assignment proven, and what becomes of its units here.

What was entered here is never overwritten (`renewed_unit`), nothing is deleted, and of two
assignments the later one holds for a unit, in whatever order they come.
"""

from dataclasses import dataclass

from app.crypto.facts import CertificateFacts
from app.domain.assignment import Assignment, renewed_unit
from app.errors import AppError, Code
from app.exchange.assignment import read_assignment
from app.exchange.head import Head
from app.exchange.opened import OpenPackage
from app.exchange.profile import Profile, read_profile
from app.services.desk.desk import Desk
from app.services.keys.trust import keep_trust
from app.services.packages.gate import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenAssignment:
    """An assignment that may be committed; `content` is the profile as it was signed."""

    head: Head
    digest: str
    signer: CertificateFacts
    tasks: tuple[Assignment, ...]
    profile: Profile
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCounts:
    """How many units an assignment added to the tasks here, renewed, or took back.

    `unchanged` are those of which this or a later order was here already.
    """

    added: int = 0
    renewed: int = 0
    withdrawn: int = 0
    unchanged: int = 0


def judge_assignment(package: OpenPackage, gate: Gate) -> ProvenAssignment:
    """Prove that an assignment is whole and brings the profile of the office that signed it.

    Raises:
        AppError: as `read_assignment` and `read_profile`; FINGERPRINT_DIFFERS (a profile of
            another office, or of one that only bears its code).

    """
    document = read_assignment(package)
    profile = read_profile(document.profile, now=gate.moment_of(package.digest))
    is_trusted = any(anchor.ca == profile.ca for anchor in gate.trust.offices)
    if not is_trusted or profile.office.name.code != package.signer.office_code:
        raise AppError(Code.FINGERPRINT_DIFFERS, fingerprint=profile.fingerprint)
    return ProvenAssignment(
        head=package.head,
        digest=package.digest,
        signer=package.signer,
        tasks=document.tasks,
        profile=profile,
        content=document.profile,
    )


def is_unheard(desk: Desk, proven: ProvenAssignment) -> bool:
    """Tell whether an assignment says anything that no earlier one said here."""
    return any(
        task.is_newer_than(desk.workspace.assignments.of(task.unit.key)) for task in proven.tasks
    )


def keep_assignment(desk: Desk, proven: ProvenAssignment) -> TaskCounts:
    """Keep units, tasks and a newer profile (inside a change)."""
    known = desk.workspace.trust.get(proven.profile.office.name.code)
    if known is None or known.number < proven.profile.number:
        keep_trust(desk, proven.profile, proven.content)
    outcomes = [_keep(desk, task) for task in proven.tasks]
    return TaskCounts(**{outcome: outcomes.count(outcome) for outcome in set(outcomes)})


def _keep(desk: Desk, task: Assignment) -> str:
    """Keep one task, and return the field of `TaskCounts` it counts for."""
    workspace = desk.workspace
    before = workspace.assignments.of(task.unit.key)
    if not task.is_newer_than(before):
        return "unchanged"
    _keep_unit(desk, task, before)
    workspace.assignments.put(task)
    if task.withdrawn:
        return "withdrawn"
    return "added" if before is None else "renewed"


def _keep_unit(desk: Desk, task: Assignment, before: Assignment | None) -> None:
    """Add the unit, or let it follow the office while no card is open: that one was checked."""
    workspace, sent = desk.workspace, task.unit
    held = workspace.units.get(sent.key)
    if held is None:
        workspace.units.add(sent)
        return
    if workspace.cards.drafts_of(sent.key):
        return
    renewed = renewed_unit(held, sent, before.unit if before else None)
    if renewed != held:
        workspace.units.save(renewed)
