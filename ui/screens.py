"""Makes each screen when it is first asked for; what it imports waits until then."""

from ui.steps import Place, Step
from ui.widgets.screen import Around, CardScreen, Screen


def new_place(place: Place, around: Around) -> Screen:
    """Make a screen that is not about one card."""
    match place:
        case Place.TASKS:
            from ui.views.cards.view import CardsView

            return CardsView(around)
        case Place.LEDGER:
            from ui.views.hazards.view import HazardsView

            return HazardsView(around)
        case Place.SENDING:
            from ui.views.sending.view import SendingView

            return SendingView(around)
        case Place.MORE:
            from ui.views.more.view import MoreView

            return MoreView(around)


def new_step(step: Step, around: Around) -> CardScreen:  # noqa: PLR0911 - one for each step
    """Make a screen of one card."""
    match step:
        case Step.VISIT:
            from ui.views.visit.view import VisitView

            return VisitView(around)
        case Step.SCORING:
            from ui.views.scoring.view import ScoringView

            return ScoringView(around)
        case Step.PHOTOS:
            from ui.views.photos.view import PhotosView

            return PhotosView(around)
        case Step.HAZARDS:
            from ui.views.hazards.view import HazardsView

            return HazardsView(around)
        case Step.FEEDBACK:
            from ui.views.feedback.view import FeedbackView

            return FeedbackView(around)
        case Step.SIGNING:
            from ui.views.signing.view import SigningView

            return SigningView(around)
        case Step.PRINTING:
            from ui.views.printing.view import PrintingView

            return PrintingView(around)
