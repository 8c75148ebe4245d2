"""备份与恢复: the whole workspace onto a stick, and back; nothing that stands anywhere is lost."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.keyring import CredentialKind
from app.domain.moment import local_date
from app.domain.trail import AuditEntry
from app.ports.copies import Contents, Copies, Staged
from app.ports.progress import Progress
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.standing import holder_of

_SHORT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy about to be written."""

    copies: Copies
    folder: Path
    snapshot: Staged


def backup_folder(desk: Desk, place: Path) -> Path:
    """Return the folder of this workspace's copy on a stick: the same one each time."""
    holder = holder_of(desk, CredentialKind.INSPECTOR)
    name = f"_{holder.common_name}" if holder else ""
    return place / f"安康杯备份{name}_{desk.workspace.id[-_SHORT:]}"


def plan_backup(desk: Desk, place: Path) -> Backup:
    """Put a snapshot aside for a copy on a stick; `write_backup` follows, on any thread."""
    copies = desk.workspace.copies
    return Backup(copies=copies, folder=backup_folder(desk, place), snapshot=copies.snapshot())


def write_backup(backup: Backup, *, progress: Progress) -> Contents:
    """Bring the snapshot to its folder and prove that it opens; raises as `Copies.write`."""
    return backup.copies.write(backup.snapshot, backup.folder, progress=progress)


def restore(desk: Desk, staged: Staged) -> tuple[Path, Changes]:
    """Go on with a copy that `Copies.fetch` brought; return where the present database is kept.

    The workspace gets a new id, so that a package number is never given twice.
    """
    kept = desk.workspace.copies.adopt(staged, new_id=desk.ids.new())
    details = {
        "from": staged.contents.workspace,
        "of": local_date(staged.contents.made_at).isoformat(),
        "kept": kept.name,
    }
    with desk.workspace.change(AuditEntry(action="workspace.restore", details=details)):
        pass
    return kept, changed(*Noun)
