"""Backup and restore as use cases: a name for people, the trail, a new row of packages."""

from pathlib import Path

from app.ports.progress import Unheard
from app.services.workplace.backup import backup_folder, plan_backup, restore, write_backup
from tests.app.services.field import Field, actions


def test_a_copy_bears_the_holders_name_and_is_found_again(field: Field, tmp_path: Path) -> None:
    folder = backup_folder(field.first.desk, tmp_path)
    assert folder.name.startswith("安康杯备份_测试甲_")
    assert backup_folder(field.first.desk, tmp_path) == folder


def test_packages_after_a_restore_are_new_ones_to_the_office(field: Field, tmp_path: Path) -> None:
    desk = field.first.desk
    backup = plan_backup(desk, tmp_path)
    write_backup(backup, progress=Unheard())
    field.received(0)
    before = desk.workspace.id
    restore(desk, desk.workspace.copies.fetch(backup.folder, progress=Unheard()))
    assert actions(desk)[-1] == "workspace.restore"
    assert desk.workspace.id != before
    assert desk.workspace.cards.lines() == ()
    sealed = field.received(1)
    kept = {index.hash for index in field.office.desk.workspace.cards.all_sealed()}
    assert sealed.index.hash in kept
    assert len(kept) == 2
