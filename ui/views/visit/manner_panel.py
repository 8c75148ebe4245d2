"""How the unit was visited: who received the team, on site or remote, photos allowed or not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from app.domain.visit import VisitMode
from ui.labels import Labels
from ui.views.visit.page import HOSTS, NO, YES, VisitPage
from ui.views.visit.people_rows import PeopleRows
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel


class MannerPanel(Panel):
    """Shows the manner of a visit and forwards what is chosen."""

    hosts_named = Signal(object)
    mode_chosen = Signal(str)
    photos_chosen = Signal(str)

    def __init__(self, labels: Labels) -> None:
        super().__init__(labels("visit.manner"))
        self._hosts = PeopleRows(labels, fewest=1, caption=lambda _: labels("visit.host"))
        self._hosts.named.connect(self.hosts_named)
        self._refusal = Notice(kind="refusal")
        self._mode = ChoiceRow(
            labels("visit.mode"),
            [
                (VisitMode.ON_SITE, labels("visit.mode.on_site")),
                (VisitMode.REMOTE, labels("visit.mode.remote")),
            ],
        )
        self._mode.chosen.connect(self.mode_chosen)
        self._photos = ChoiceRow(
            labels("visit.photos"),
            [(YES, labels("visit.photos.yes")), (NO, labels("visit.photos.no"))],
        )
        self._photos.chosen.connect(self.photos_chosen)
        self._barred = QLabel(labels("visit.warn_photos"))
        self._barred.setObjectName("warning")
        self._barred.setWordWrap(True)
        self.add_whole(self._hosts)
        self.add_whole(self._refusal)
        self.add(labels("visit.mode"), self._mode)
        self.add(labels("visit.photos"), self._photos)
        self.add_whole(self._barred)

    def show_page(self, page: VisitPage) -> None:
        """Show the manner of a page."""
        entered = page.entered
        self._hosts.show_people(entered.hosts, is_read_only=page.is_read_only)
        self._refusal.tell(page.refusals.get(HOSTS, ""))
        self._mode.show_value(entered.mode)
        self._photos.show_value(YES if entered.photos_allowed else NO)
        self._barred.setVisible(not entered.photos_allowed)
        self._mode.setEnabled(not page.is_read_only)
        self._photos.setEnabled(not page.is_read_only)

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        self._hosts.flush()
