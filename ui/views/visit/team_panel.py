"""考核组 on the screen: the assessors, who else might be meant, credentials and 回避."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.domain.card import Person
from ui.labels import Labels
from ui.views.visit.page import CONFLICT, FREE, NO, RECUSAL, TEAM, YES, VisitPage
from ui.views.visit.people_rows import PeopleRows
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel
from ui.widgets.text_field import TextField

_TWO = 2
_LONGEST = 10  # code points of a name on a button


class TeamPanel(Panel):
    """Shows the team. `declared` tells FREE or CONFLICT, and the conflict in words."""

    named = Signal(object)
    colleague_chosen = Signal(object)
    credentials_chosen = Signal(str)
    declared = Signal(str, str)

    def __init__(self, labels: Labels) -> None:
        super().__init__(labels("visit.team"))
        self._labels = labels
        self._rows = PeopleRows(labels, fewest=_TWO, caption=self._caption)
        self._rows.named.connect(self.named)
        self._known: tuple[Person, ...] = ()
        self._suggestions = QHBoxLayout()
        self._suggestions.setContentsMargins(0, 0, 0, 0)
        self._suggestions.setSpacing(4)
        self._credentials = ChoiceRow(
            labels("visit.credentials"),
            [(YES, labels("visit.credentials.yes")), (NO, labels("visit.credentials.no"))],
        )
        self._credentials.chosen.connect(self.credentials_chosen)
        self._recusal = ChoiceRow(
            labels("visit.recusal"),
            [
                (FREE, labels("visit.recusal.free")),
                (CONFLICT, labels("visit.recusal.conflict")),
            ],
        )
        self._recusal.chosen.connect(self._on_recusal_chosen)
        self._conflict = TextField(name=labels("visit.conflict"))
        self._conflict.setPlaceholderText(labels("visit.conflict"))
        self._conflict.typed.connect(lambda text: self.declared.emit(CONFLICT, text))
        self._warnings = QLabel()
        self._warnings.setObjectName("warning")
        self._warnings.setWordWrap(True)
        self._refusals = {topic: Notice(kind="refusal") for topic in (TEAM, RECUSAL)}
        self._build()

    def show_page(self, page: VisitPage) -> None:
        """Show the team of a page."""
        entered, is_read_only = page.entered, page.is_read_only
        self._rows.show_people(entered.team, is_read_only=is_read_only)
        self._suggest(() if is_read_only else page.known)
        self._credentials.show_value(entered.credentials)
        self._recusal.show_value(entered.recusal)
        self._conflict.show_text(entered.conflict)
        self._conflict.setReadOnly(is_read_only)
        self._conflict.setVisible(entered.recusal == CONFLICT)
        for row in (self._credentials, self._recusal):
            row.setEnabled(not is_read_only)
        self._warnings.setText("\n".join(page.warnings))
        self._warnings.setVisible(bool(page.warnings))
        for topic, notice in self._refusals.items():
            notice.tell(page.refusals.get(topic, ""))

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        self._rows.flush()
        self._conflict.flush()

    def _caption(self, place: int) -> str:
        return self._labels("visit.member" if place else "visit.lead")

    def _build(self) -> None:
        self._offered = QWidget()
        self._offered.setLayout(self._suggestions)
        self._offered.hide()
        self.add_whole(self._rows)
        self.add_whole(self._refusals[TEAM])
        self.add_whole(self._offered)
        self.add(self._labels("visit.credentials"), self._credentials)
        self.add(self._labels("visit.recusal"), self._recusal)
        self.add_whole(self._conflict)
        self.add_whole(self._refusals[RECUSAL])
        self.add_whole(self._warnings)

    def _suggest(self, known: tuple[Person, ...]) -> None:
        """Offer names used before; one press puts a name into the first free line."""
        if known == self._known:
            return
        self._known = known
        while self._suggestions.count():
            if (widget := self._suggestions.takeAt(0).widget()) is not None:
                widget.deleteLater()
        caption = QLabel(self._labels("visit.known"))
        caption.setObjectName("caption")
        self._suggestions.addWidget(caption)
        before = self._rows.last_stop
        for person in known:
            is_long = len(person.name) > _LONGEST
            button = QPushButton(f"{person.name[:_LONGEST]}…" if is_long else person.name)
            button.setObjectName("quiet")
            button.setAccessibleName(self._labels("visit.add_known", name=person.name))
            button.clicked.connect(lambda _, chosen=person: self.colleague_chosen.emit(chosen))
            self._suggestions.addWidget(button)
            QWidget.setTabOrder(before, button)
            before = button
        self._suggestions.addStretch()
        self._offered.setVisible(bool(known))

    def _on_recusal_chosen(self, recusal: str) -> None:
        self.declared.emit(recusal, self._conflict.text() if recusal == CONFLICT else "")
        if recusal == CONFLICT:
            self._conflict.setFocus()
