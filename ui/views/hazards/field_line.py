"""A field with its refusal beneath it: what was typed stays, and why it is not saved."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.hazard import Field
from ui.widgets.notice import Notice
from ui.widgets.text_area import TextArea
from ui.widgets.text_field import TextField


class FieldLine(QWidget):
    """Wraps a `TextField` or `TextArea` of one field of a hazard."""

    def __init__(
        self,
        name: Field,
        editor: TextField | TextArea,
        *,
        written: Callable[[Field, str], None],
        left: Callable[[Field], None],
    ) -> None:
        super().__init__()
        self.name = name
        self.editor = editor
        self._refusal = Notice(kind="refusal")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(editor)
        layout.addWidget(self._refusal)
        layout.addStretch()
        self.setFocusProxy(editor)
        editor.typed.connect(lambda typed: written(name, typed))
        editor.left.connect(lambda: left(name))

    def show_value(self, value: str, refusal: str, *, is_read_only: bool, is_new: bool) -> None:
        """Show a value; `is_new` where it is another hazard's, so that nothing typed is kept."""
        self.editor.show_text(value)
        if is_new:
            self.editor.show_kept()
        self.editor.setReadOnly(is_read_only)
        self._refusal.tell(refusal)
