"""Decides how files that came in are taken in: one after the other, by content, never by name."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.delivery import Outcome
from app.domain.keyring import CredentialKind
from app.errors import AppError
from app.exchange.sniff import FileKind, sniff
from app.ports.progress import Progress
from app.services.desk.desk import Changes, Desk
from app.services.keys.session import OpenedKeys
from ui.keys import Keys, held_at
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.ports import EvidenceStore
    from app.services.keys.unlock import Unlocked
    from app.services.packages.assigned import ProvenAssignment
    from app.services.packages.gate import Gate
    from app.services.packages.receive import ProvenReceipt, ProvenSubmission
    from app.services.packages.take_in import Imported

    Proven = ProvenSubmission | ProvenReceipt | ProvenAssignment


class _Ready:
    """What taking in needs of the workspace, read once for each file."""

    def __init__(self, desk: Desk) -> None:
        from app.services.packages.gate import open_gate

        kinds = (CredentialKind.OFFICE, CredentialKind.INSPECTOR)
        held = [kind for kind in kinds if desk.workspace.credentials.get(kind) is not None]
        kind = held[-1] if held else CredentialKind.INSPECTOR
        self.held = held_at(desk, kind)
        self.gate: Gate = open_gate(desk)
        self.evidence: EvidenceStore = desk.workspace.evidence
        self.home: Path = desk.workspace.home


class TakingPresenter(Presenter):
    """`add_line` is told what became of each file; `ask_words` that the passphrase is needed."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        keys: OpenedKeys,
        progress: Callable[[], Progress],
        add_line: Callable[[str], None],
        ask_words: Callable[[bool], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._keys = Keys(tasks, keys)
        self._progress = progress
        self._add_line = add_line
        self._ask_words = ask_words
        self._waiting: deque[Path] = deque()
        self._is_busy = False

    @property
    def is_waiting(self) -> bool:
        """Tell whether files wait for the passphrase."""
        return bool(self._waiting)

    def take(self, files: Sequence[Path], words: str = "") -> None:
        """Look into files and take them in; those already waiting come first."""
        self._waiting.extend(files)
        if not self._is_busy:
            self._next(words)

    def _next(self, words: str) -> None:
        if not self._waiting:
            return
        self._is_busy = True
        path = self._waiting[0]
        self._tasks.transfer(
            partial(sniff, path),
            done=partial(self._on_sniffed, path, words),
            refused=partial(self._on_refused, path, words),
        )

    def _on_sniffed(self, path: Path, words: str, kind: FileKind) -> None:
        if kind is FileKind.PACKAGE:
            self._tasks.database(
                _Ready,
                done=partial(self._on_ready, path, words),
                refused=partial(self._on_refused, path, words),
            )
            return
        self._finish(path, words, self._labels(f"sending.not_package.{kind}"))

    def _on_ready(self, path: Path, words: str, ready: _Ready) -> None:
        held = ready.held
        if not words and not self._keys.has_open(held.credential, held.now):
            self._is_busy = False
            self._ask_words(True)
            self._tell(self._labels("sending.passphrase_needed"))
            return
        self._keys.open(
            held,
            words,
            done=partial(self._prove, path, words, ready),
            refused=self._on_locked,
        )

    def _on_locked(self, refusal: AppError) -> None:
        """Keep the files waiting: a mistyped passphrase loses nothing."""
        self._is_busy = False
        self._tell(self._labels.refusal(refusal))

    def _prove(self, path: Path, words: str, ready: _Ready, unlocked: "Unlocked") -> None:
        self._ask_words(False)
        self._tasks.compute(
            partial(_prove, path, ready, unlocked, self._progress()),
            done=partial(self._on_proven, path, words),
            refused=partial(self._on_refused, path, words),
        )

    def _on_proven(self, path: Path, words: str, proven: "Proven") -> None:
        self._tasks.database(
            partial(_commit, proven=proven),
            done=partial(self._on_taken, path, words),
            refused=partial(self._on_refused, path, words),
        )

    def _on_taken(self, path: Path, words: str, taken: "tuple[Imported, Changes]") -> None:
        imported, changes = taken
        self._announce(changes)
        self._finish(path, words, self._sentence(imported))

    def _on_refused(self, path: Path, words: str, refusal: AppError) -> None:
        self._finish(path, words, self._labels.refusal(refusal))

    def _finish(self, path: Path, words: str, sentence: str) -> None:
        self._add_line(self._labels("sending.taken", name=path.name, sentence=sentence))
        self._waiting.popleft()
        self._is_busy = False
        self._next(words)

    def _sentence(self, imported: "Imported") -> str:
        counts = {outcome: len(imported.with_outcome(outcome)) for outcome in Outcome}
        words = [
            self._labels(f"sending.outcome.{outcome}", count=count)
            for outcome, count in counts.items()
            if count
        ]
        if imported.tasks is not None:
            words.append(
                self._labels(
                    "sending.tasks",
                    added=imported.tasks.added,
                    renewed=imported.tasks.renewed,
                    withdrawn=imported.tasks.withdrawn,
                )
            )
        kind = self._labels(f"sending.kind.{imported.kind}")
        return self._labels("sending.taken_in", kind=kind, what="，".join(words) or "—")


def _prove(path: Path, ready: _Ready, unlocked: "Unlocked", progress: Progress) -> "Proven":
    from app.files import staging_folder
    from app.services.packages.receive import prepare

    with staging_folder(ready.home) as staging:
        return prepare(
            path,
            ready.gate,
            unlocked,
            evidence=ready.evidence,
            staging=staging,
            progress=progress,
        )


def _commit(desk: Desk, *, proven: "Proven") -> "tuple[Imported, Changes]":
    from app.services.packages.take_in import commit

    return commit(desk, proven)
