"""Decides what 更多 shows and changes: preferences, the credential, what the self-check found."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.crypto.passphrase import passphrase_of_text
from app.domain.moment import local_date
from app.errors import AppError
from app.files import read_whole
from app.services.desk.desk import Changes, Desk
from app.services.workplace.about import About, about
from app.services.workplace.preferences import Preferences, keep_preferences, read_preferences
from app.services.workplace.selfcheck import CheckResult, check_computer
from app.text.catalogue import Language
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.seal.time_stamps import ChosenService


class MorePresenter(Presenter):
    """`show` draws what is known, `show_preferences` what holds, `show_checks` the self-check.

    `restyle` carries the preferences a person wants; `refuse_credential` says why one was not
    taken, '' that it was. `show_stamps` and `refuse_stamps` are those of the time stamp service.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[About], None],
        show_preferences: Callable[[Preferences], None],
        show_checks: Callable[[tuple[CheckResult, ...]], None],
        restyle: Callable[[Preferences], None],
        refuse_credential: Callable[[str], None],
        show_stamps: "Callable[[ChosenService | None], None]",
        refuse_stamps: Callable[[str], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._show_preferences = show_preferences
        self._show_checks = show_checks
        self._restyle = restyle
        self._refuse_credential = refuse_credential
        self._show_stamps = show_stamps
        self._refuse_stamps = refuse_stamps
        self._preferences = Preferences()

    def refresh(self) -> None:
        """Read what there is to show."""
        self._read(about, self._show)
        self._read(_preferences, self._on_preferences)
        self._read(_stamps, self._show_stamps)

    def choose_language(self, language: str) -> None:
        """Speak another language from now on."""
        self._prefer(replace(self._preferences, language=Language(language)))

    def choose_scale(self, scale: str) -> None:
        """Write larger or smaller from now on."""
        self._prefer(replace(self._preferences, scale=int(scale)))

    def choose_look(self, look: str) -> None:
        """Be light or dark from now on."""
        self._prefer(replace(self._preferences, look=look))

    def use_credential(self, path: Path, words: str) -> None:
        """Make this the workspace of whose credential it is."""
        self._tasks.database(
            partial(_use, path=path, words=words),
            done=self._on_credential_used,
            refused=lambda refusal: self._refuse_credential(self._labels.refusal(refusal)),
        )

    def use_stamps(self, address: str, path: Path) -> None:
        """Ask a service for time stamps from now on; `path` is its CA certificate."""
        self._tasks.database(
            partial(_use_stamps, address=address, path=path),
            done=self._on_stamps_changed,
            refused=lambda refusal: self._refuse_stamps(self._labels.refusal(refusal)),
        )

    def clear_stamps(self) -> None:
        """Ask nobody for time stamps any more."""
        self._tasks.database(_clear_stamps, done=self._on_stamps_changed, refused=self._refuse)

    def check(self) -> None:
        """Run the self-check."""
        self._read(check_computer, self._show_checks)

    def holder_line(self, known: About) -> str:
        """Return whose credential is here, in one line."""
        if known.holder is None:
            return self._labels("more.no_credential")
        return self._labels(
            "more.holder",
            name=known.holder.name,
            post=known.holder.post,
            office=known.office,
            until=local_date(known.holder.valid_until).isoformat(),
        )

    def _prefer(self, preferences: Preferences) -> None:
        if preferences != self._preferences:
            self._tasks.database(
                partial(_keep, preferences=preferences),
                done=lambda _: self._restyle(preferences),
                refused=self._on_not_kept,
            )

    def _on_not_kept(self, refusal: AppError) -> None:
        self._show_preferences(self._preferences)
        self._refuse(refusal)

    def _on_preferences(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._show_preferences(preferences)

    def _on_stamps_changed(self, result: tuple[object, Changes]) -> None:
        self._announce(result[1])
        self._read(_stamps, self._show_stamps)

    def _on_credential_used(self, result: tuple[str, Changes]) -> None:
        name, changes = result
        self._announce(changes)
        self._refuse_credential("")
        self._tell(self._labels("more.credential_used", name=name))
        self.refresh()


def _preferences(desk: Desk) -> Preferences:
    return read_preferences(desk.workspace.home)


def _keep(desk: Desk, *, preferences: Preferences) -> None:
    keep_preferences(desk.workspace.home, preferences)


def _use(desk: Desk, *, path: Path, words: str) -> tuple[str, Changes]:
    from app.services.keys.trust import use_identity

    facts, changes = use_identity(desk, read_whole(path), passphrase_of_text(words))
    return facts.common_name, changes


def _stamps(desk: Desk) -> "ChosenService | None":
    from app.services.seal.time_stamps import stamp_service

    return stamp_service(desk)


def _use_stamps(desk: Desk, *, address: str, path: Path) -> "tuple[ChosenService, Changes]":
    from app.services.seal.time_stamps import set_stamp_service

    return set_stamp_service(desk, address, read_whole(path))


def _clear_stamps(desk: Desk) -> tuple[None, Changes]:
    from app.services.seal.time_stamps import clear_stamp_service

    return clear_stamp_service(desk)
