"""The screen 更多: panels of what is set once and looked at rarely."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.services.desk.desk import Changes, Noun
from app.services.workplace.about import VERSION, About
from app.services.workplace.preferences import LOOKS, SCALES, Preferences
from app.services.workplace.selfcheck import CheckResult
from app.text.catalogue import Language
from ui.views.more.presenter import MorePresenter
from ui.views.more.stamp_panel import StampPanel
from ui.widgets.check_list import CheckList
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.credential_form import CredentialForm
from ui.widgets.panel import Panel
from ui.widgets.screen import Around, Screen

if TYPE_CHECKING:
    from app.services.seal.time_stamps import ChosenService

_NATIVE = {Language.CHINESE: "中文", Language.ENGLISH: "English"}


class MoreView(Screen):
    """Shows the panels and forwards what is chosen."""

    restyle_asked = Signal(object)
    verify_asked = Signal()

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("more.title"))
        self._presenter = MorePresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show,
            show_preferences=self._show_preferences,
            show_checks=self._show_checks,
            restyle=self.restyle_asked.emit,
            refuse_credential=self._refuse_credential,
            show_stamps=self._show_stamps,
            refuse_stamps=self._refuse_stamps,
            tell=around.tell,
            announce=around.announce,
        )
        self._folder = Path()
        content = QWidget()
        content.setObjectName("content")
        panels = QVBoxLayout(content)
        panels.setContentsMargins(0, 0, 12, 0)
        panels.setSpacing(12)
        for panel in (
            self._new_look(),
            self._new_credential(),
            self._new_stamps(),
            self._new_workspace(),
            self._new_verifying(),
            self._new_check(),
            self._new_about(),
            self._new_details(),
        ):
            panels.addWidget(panel)
        panels.addStretch()
        scroll = QScrollArea()
        scroll.setObjectName("form")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self.body.addWidget(scroll)

    def enter(self) -> None:
        """Show what is kept now, and begin at the language."""
        self._presenter.refresh()
        self._language.setFocus()

    def note(self, changes: Changes) -> None:
        """Read again what changed, where it is shown."""
        if self.isVisible() and changes.nouns & {Noun.TRUST, Noun.OFFICE}:
            self._presenter.refresh()

    def _new_look(self) -> Panel:
        panel = Panel(self._labels("more.look_title"))
        self._language = ChoiceRow(self._labels("more.language"), list(_NATIVE.items()))
        self._language.chosen.connect(self._presenter.choose_language)
        self._scale = ChoiceRow(
            self._labels("more.scale"), [(str(scale), f"{scale} %") for scale in SCALES]
        )
        self._scale.chosen.connect(self._presenter.choose_scale)
        self._look = ChoiceRow(
            self._labels("more.look"),
            [(look, self._labels(f"more.look.{look}")) for look in LOOKS],
        )
        self._look.chosen.connect(self._presenter.choose_look)
        for key, row in (
            ("more.language", self._language),
            ("more.scale", self._scale),
            ("more.look", self._look),
        ):
            panel.add(self._labels(key), row)
        return panel

    def _new_credential(self) -> Panel:
        panel = Panel(self._labels("more.credential"))
        self._holder = panel.add_text(self._labels("more.holder_caption"))
        self._credential = CredentialForm(self._labels)
        self._credential.given.connect(self._presenter.use_credential)
        panel.add(self._labels("more.credential_add"), self._credential)
        return panel

    def _new_stamps(self) -> Panel:
        self._stamps = StampPanel(self._labels)
        self._stamps.given.connect(self._presenter.use_stamps)
        self._stamps.cleared.connect(self._presenter.clear_stamps)
        return self._stamps

    def _new_workspace(self) -> Panel:
        panel = Panel(self._labels("more.workspace"))
        self._office = panel.add_text(self._labels("more.office"))
        self._edition = panel.add_text(self._labels("more.edition"))
        self._counts = panel.add_text(self._labels("more.counts"))
        self._home = panel.add_text(self._labels("more.home"))
        show = panel.add_button(self._labels("more.show_home"))
        show.clicked.connect(self._on_show_home_clicked)
        return panel

    def _new_verifying(self) -> Panel:
        panel = Panel(self._labels("verifying.title"))
        about = QLabel(self._labels("verifying.about"))
        about.setWordWrap(True)
        panel.add_whole(about)
        panel.add_button(self._labels("verifying.open")).clicked.connect(self.verify_asked)
        return panel

    def _new_check(self) -> Panel:
        panel = Panel(self._labels("more.check_title"))
        self._checks = CheckList(self._labels)
        self._checks.setText(self._labels("more.check_hint"))
        panel.add_whole(self._checks)
        panel.add_button(self._labels("more.check")).clicked.connect(self._presenter.check)
        return panel

    def _new_about(self) -> Panel:
        panel = Panel(self._labels("more.about"))
        panel.add_text(self._labels("more.version")).setText(VERSION)
        panel.add_text(self._labels("more.licence")).setText(self._labels("more.licences"))
        return panel

    def _new_details(self) -> Panel:
        """Make what only whoever helps asks for, closed until it is asked for."""
        panel = Panel(self._labels("more.advanced"))
        self._details = QLabel()
        self._details.setWordWrap(True)
        self._details.setTextInteractionFlags(self._home.textInteractionFlags())
        self._details.hide()
        button = panel.add_button(self._labels("more.advanced_show"))
        button.setCheckable(True)
        button.toggled.connect(self._details.setVisible)
        panel.add_whole(self._details)
        return panel

    def _show(self, known: About) -> None:
        self._folder = known.home
        self._holder.setText(self._presenter.holder_line(known))
        self._office.setText(known.office or self._labels("more.no_office"))
        self._edition.setText(f"{known.edition}　{known.form}　{known.guide}")
        self._counts.setText(
            self._labels(
                "more.counted",
                units=known.units,
                cards=known.cards,
                sealed=known.sealed,
                files=known.files,
            )
        )
        self._home.setText(str(known.home))
        serial = known.holder.serial if known.holder else "—"
        self._details.setText(
            self._labels(
                "more.details", workspace=known.workspace, head=known.audit_head, serial=serial
            )
        )

    def _show_preferences(self, preferences: Preferences) -> None:
        self._language.show_value(preferences.language)
        self._scale.show_value(str(preferences.scale))
        self._look.show_value(preferences.look)

    def _show_checks(self, results: tuple[CheckResult, ...]) -> None:
        self._checks.show_results(results)

    def _refuse_credential(self, sentence: str) -> None:
        if sentence:
            self._credential.refuse(sentence)
        else:
            self._credential.reset()

    def _show_stamps(self, service: "ChosenService | None") -> None:
        self._stamps.show_service(service)

    def _refuse_stamps(self, sentence: str) -> None:
        self._stamps.refuse(sentence)

    def _on_show_home_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
