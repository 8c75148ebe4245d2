"""The few layouts the sheet of a hazard is made of."""

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget


def form() -> QFormLayout:
    """Return a form whose captions go above their fields where there is no room beside them."""
    layout = QFormLayout()
    layout.setHorizontalSpacing(16)
    layout.setVerticalSpacing(12)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return layout


def add_captioned(layout: QFormLayout, caption: str, field: QLayout | QWidget) -> None:
    """Put a field into a form beside its caption."""
    label = QLabel(caption)
    label.setObjectName("muted")
    layout.addRow(label, field)


def row(*widgets: QWidget) -> QHBoxLayout:
    """Return widgets side by side."""
    layout = QHBoxLayout()
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    return layout


def column(widget: QWidget, below: QLayout) -> QVBoxLayout:
    """Return a widget with more beneath it."""
    layout = QVBoxLayout()
    layout.setSpacing(4)
    layout.addWidget(widget)
    layout.addLayout(below)
    return layout


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout and do away with it."""
    while layout.count():
        layout.takeAt(0).widget().deleteLater()
