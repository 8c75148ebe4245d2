"""Asks for files and folders without holding up the window: `then` hears what was chosen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


def ask_file(
    parent: QWidget, title: str, then: Callable[[Path], None], *, kinds: str = ""
) -> None:
    """Ask for one file that is there; `kinds` is Qt's filter, '' for every file."""
    dialog = _new(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def ask_files(
    parent: QWidget, title: str, then: Callable[[list[Path]], None], *, kinds: str = ""
) -> None:
    """Ask for one file or several that are there."""
    dialog = _new(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def ask_new_file(
    parent: QWidget, title: str, then: Callable[[Path], None], *, name: str, kinds: str = ""
) -> None:
    """Ask under which name to write a file; a name is proposed, among the person's documents."""
    dialog = _new(parent, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix)
    dialog.setDirectory(QStandardPaths.writableLocation(_DOCUMENTS))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()


def ask_folder(
    parent: QWidget, title: str, then: Callable[[Path], None], *, begin: Path | None = None
) -> None:
    """Ask for a folder, a stick or a card."""
    dialog = _new(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if begin is not None:
        dialog.setDirectory(str(begin))
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def _new(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if kinds:
        dialog.setNameFilter(kinds)
    return dialog
