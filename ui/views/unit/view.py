"""The screen 单位资料: the fields of one unit."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.unit import Fact, UnitKey
from ui.views.unit.presenter import NO, UNKNOWN, YES, UnitForm, UnitPresenter
from ui.widgets.notice import Notice
from ui.widgets.screen import Around, Screen
from ui.widgets.text_field import TextField

_COUNTS = (Fact.WORKERS, Fact.WOMEN, Fact.MIGRANT, Fact.HAZARD_EXPOSED)
_WIDTH = "汉" * 54
_COUNT = "0" * 14


class UnitView(Screen):
    """Shows the fields and forwards what is asked for. `saved` tells a sentence to go on with."""

    saved = Signal(str)

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("unit.title"))
        labels = around.labels
        self._presenter = UnitPresenter(
            around.runner.bound_to(self),
            labels,
            show=self._show,
            refuse=self._refuse,
            saved=self.saved.emit,
            tell=around.tell,
            announce=around.announce,
        )
        self._name = TextField(name=labels("unit.name"))
        self._code = TextField(name=labels("unit.code"))
        self._sub_unit = TextField(name=labels("unit.sub_unit"))
        self._district = TextField(name=labels("unit.district"))
        self._counts = {fact: TextField(name=labels.fact(fact)) for fact in _COUNTS}
        self._high_risk = QComboBox()
        self._build()

    def open_new(self) -> None:
        """Show an empty form."""
        self._presenter.open_new()

    def open(self, key: UnitKey) -> None:
        """Show a registered unit."""
        self._presenter.open(key)

    def enter(self) -> None:
        """Begin at the first field that may be filled."""
        (self._code if self._code.isEnabled() else self._name).setFocus()

    def leave(self, then: Callable[[], None]) -> None:
        """Let go, asking first where something typed would be lost."""
        form = self._typed()
        if self._presenter.differs(form):
            self.ask_discard("unit.discard", then)
        else:
            then()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter from any field; on a button it means that button."""
        focused = self.focusWidget()
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif isinstance(focused, QPushButton):
            focused.click()
        else:
            self._save()

    def _build(self) -> None:
        self._refusal = Notice(kind="refusal")
        scroll = QScrollArea()
        scroll.setObjectName("form")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._new_page())
        self.body.addWidget(scroll, stretch=1)
        self.body.addWidget(self._refusal)
        self.add_button("cancel", self.left.emit)
        self.add_button("unit.save", self._save, kind="primary")

    def _new_page(self) -> QWidget:
        hint = QLabel(self._labels("unit.facts_hint"))
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setMaximumWidth(self.fontMetrics().horizontalAdvance(_WIDTH))
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addLayout(self._new_form())
        inside.addWidget(hint)
        page = QWidget()
        page.setObjectName("content")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        layout.addStretch()
        return page

    def _new_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        self._sub_unit.setPlaceholderText(self._labels("unit.sub_unit_hint"))
        for label, field in (
            ("unit.code", self._code),
            ("unit.name", self._name),
            ("unit.sub_unit", self._sub_unit),
            ("unit.district", self._district),
        ):
            form.addRow(self._labels(label), field)
        narrow = self.fontMetrics().horizontalAdvance(_COUNT)
        for fact, field in self._counts.items():
            field.setFixedWidth(narrow)
            form.addRow(self._caption(fact), field)
        self._high_risk.setAccessibleName(self._labels.fact(Fact.HIGH_RISK))
        for value, word in ((UNKNOWN, "unit.unknown"), (YES, "unit.yes"), (NO, "unit.no")):
            self._high_risk.addItem(self._labels(word), value)
        self._high_risk.setFixedWidth(narrow)
        form.addRow(self._caption(Fact.HIGH_RISK), self._high_risk)
        return form

    def _caption(self, fact: Fact) -> str:
        name = self._labels.fact(fact)
        return name[:1].upper() + name[1:]

    def _show(self, form: UnitForm) -> None:
        is_new = self._presenter.is_new
        self._heading.setText(self._labels("unit.new" if is_new else "unit.title"))
        self._refusal.tell("")
        for field in (self._code, self._sub_unit):
            field.setEnabled(is_new)
        for field, text in (
            (self._name, form.name),
            (self._code, form.code),
            (self._sub_unit, form.sub_unit),
            (self._district, form.district),
            *((field, form.facts[fact]) for fact, field in self._counts.items()),
        ):
            field.setText(text)
        self._high_risk.setCurrentIndex(self._high_risk.findData(form.facts[Fact.HIGH_RISK]))
        self.ready.emit()

    def _refuse(self, sentence: str) -> None:
        self._refusal.tell(sentence)

    def _typed(self) -> UnitForm:
        texts = (self._name, self._code, self._sub_unit, self._district)
        for field in (*texts, *self._counts.values()):
            field.flush()
        facts = {fact.value: field.text() for fact, field in self._counts.items()}
        facts[Fact.HIGH_RISK.value] = str(self._high_risk.currentData())
        return UnitForm(
            name=self._name.text(),
            code=self._code.text(),
            sub_unit=self._sub_unit.text(),
            district=self._district.text(),
            facts=facts,
        )

    def _save(self) -> None:
        self._presenter.save(self._typed())
