"""Decides how the whole workspace is copied to a stick and taken back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.domain.moment import CHINA
from app.errors import AppError
from app.ports.copies import Contents, Copies, Staged
from app.ports.progress import Progress
from app.services.desk.desk import Changes, Desk
from app.services.workplace.backup import Backup, plan_backup, restore, write_backup
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks


class CopyingPresenter(Presenter):
    """`found` shows what a copy holds, '' for none, before anybody decides to take it back."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        progress: Callable[[], Progress],
        found: Callable[[str], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._progress = progress
        self._found = found
        self._folder: Path | None = None
        self._is_restoring = False
        self._then: Callable[[], None] | None = None

    def back_up(self, place: Path) -> None:
        """Copy everything into a folder of its own at a place, and prove that it opens."""
        self._read(partial(plan_backup, place=place), self._on_planned)

    def look_into(self, folder: Path) -> None:
        """Tell what a copy holds; nothing is taken back yet."""
        self._folder = None
        self._found("")
        self._read(_copies, partial(self._inspect, folder))

    def take_back(self) -> None:
        """Take back the copy that was looked into."""
        if self._folder is not None and not self._is_restoring:
            self._is_restoring = True
            self._tasks.database(
                _copies,
                done=partial(self._fetch, self._folder),
                refused=self._on_not_restored,
            )

    def settle(self, then: Callable[[], None]) -> None:
        """Call `then` once no copy is being taken back."""
        if self._is_restoring:
            self._then = then
        else:
            then()

    def _on_planned(self, backup: Backup) -> None:
        self._tasks.transfer(
            partial(write_backup, backup, progress=self._progress()),
            done=partial(self._on_written, backup.folder),
            refused=self._refuse,
        )

    def _on_written(self, folder: Path, contents: Contents) -> None:
        self._tell(
            self._labels("sending.backed_up", path=str(folder), contents=self._told(contents))
        )

    def _inspect(self, folder: Path, copies: Copies) -> None:
        self._tasks.transfer(
            partial(copies.inspect, folder),
            done=partial(self._on_inspected, folder),
            refused=self._refuse,
        )

    def _on_inspected(self, folder: Path, contents: Contents) -> None:
        self._folder = folder
        self._found(self._labels("sending.copy_found", contents=self._told(contents)))

    def _fetch(self, folder: Path, copies: Copies) -> None:
        self._tasks.transfer(
            partial(copies.fetch, folder, progress=self._progress()),
            done=self._on_fetched,
            refused=self._on_not_restored,
        )

    def _on_fetched(self, staged: Staged) -> None:
        self._tasks.database(
            partial(restore, staged=staged),
            done=partial(self._on_changed, partial(self._on_restored, staged.contents)),
            refused=self._on_not_restored,
        )

    def _on_not_restored(self, refusal: AppError) -> None:
        self._end()
        self._refuse(refusal)

    def _on_restored(self, contents: Contents, kept: Path) -> None:
        self._folder = None
        self._end()
        self._tell(self._labels("sending.restored", contents=self._told(contents), kept=kept.name))

    def _end(self) -> None:
        self._is_restoring = False
        self._found("")
        then, self._then = self._then, None
        if then is not None:
            then()

    def _told(self, contents: Contents) -> str:
        told = self._labels(
            "sending.contents",
            units=contents.units,
            cards=contents.cards,
            sealed=contents.sealed,
            files=contents.files,
            at=contents.made_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
        )
        if not contents.missing:
            return told
        return told + self._labels("sending.contents_missing", count=contents.missing)


def _copies(desk: Desk) -> Copies:
    return desk.workspace.copies
