"""Decides how a new workspace begins: for practice or for real, with a credential or without."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.crypto.passphrase import passphrase_of_text
from app.files import read_whole
from app.services.desk.desk import Changes, Desk
from app.services.workplace.opening import choose_rehearsal
from app.services.workplace.selfcheck import CheckResult, check_computer
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks


class WelcomePresenter(Presenter):
    """`go_on` shows the next step, `show_checks` what the self-check found.

    `refuse_credential` says why a credential was not taken.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        go_on: Callable[[], None],
        show_checks: Callable[[tuple[CheckResult, ...]], None],
        refuse_credential: Callable[[str], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._go_on = go_on
        self._show_checks = show_checks
        self._refuse_credential = refuse_credential

    def begin_real(self) -> None:
        """Make this a workspace that counts."""
        self._change(partial(choose_rehearsal, rehearsal=False), lambda _: self._go_on())

    def begin_rehearsal(self) -> None:
        """Make this a workspace for practice, with units that do not exist."""
        self._change(_practise, lambda _: self._go_on())

    def use_credential(self, path: Path, words: str) -> None:
        """Make this the workspace of whose credential it is."""
        self._tasks.database(
            partial(_use, path=path, words=words),
            done=lambda _: self._go_on(),
            refused=lambda refusal: self._refuse_credential(self._labels.refusal(refusal)),
        )

    def check(self) -> None:
        """Run the self-check."""
        self._read(check_computer, self._show_checks)


def _practise(desk: Desk) -> tuple[int, Changes]:
    from app.rehearsal.practice import begin_practice

    return begin_practice(desk)


def _use(desk: Desk, *, path: Path, words: str) -> None:
    from app.services.keys.trust import use_identity

    use_identity(desk, read_whole(path), passphrase_of_text(words))
