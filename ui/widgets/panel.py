"""A titled panel with captions at the left and what they are about at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


class Panel(QFrame):
    """A panel that is filled line by line."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("panel")
        heading = QLabel(title)
        heading.setObjectName("group")
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(24)
        self._form.setVerticalSpacing(10)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addLayout(self._form)

    def add(self, caption: str, widget: QWidget) -> None:
        """Put a widget beside its caption."""
        label = QLabel(caption)
        label.setObjectName("muted")
        label.setBuddy(widget)
        self._form.addRow(label, widget)

    def add_text(self, caption: str) -> QLabel:
        """Put a text that can be selected beside its caption, and return its label."""
        text = QLabel()
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(caption, text)
        return text

    def add_whole(self, widget: QWidget) -> None:
        """Put a widget over the whole width."""
        self._form.addRow(widget)

    def add_button(self, text: str, *, caption: str = "") -> QPushButton:
        """Put a button, as wide as its text, and return it."""
        button = QPushButton(text)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if caption:
            self.add(caption, button)
        else:
            self._form.addRow(button)
        return button
