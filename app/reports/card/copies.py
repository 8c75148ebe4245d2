"""Prints of a card that are not its sealed file: the draft to be signed, the unit's own copy.

They are the scorecard as it is always drawn, and say outside the table what they are. Neither
holds the record or a seal.
"""

from app.reports.card.margins import set_mark
from app.reports.card.scorecard import Scorecard, draw, lay_out
from app.reports.card.sealers import ink_of, set_seal
from app.reports.typeset.fonts import Fonts


def draw_marked(scorecard: Scorecard, mark: str, fonts: Fonts) -> bytes:
    """Return the PDF of a card with a mark at the top of every page.

    Raises:
        AppError: GLYPH_MISSING, LAYOUT_OVERFLOW.

    """
    layout = lay_out(scorecard, fonts)
    for page in layout.pages:
        set_mark(page, fonts, mark)
    for by, place in zip(scorecard.seals[1:], layout.seals[1:], strict=False):
        page, ink = layout.pages[place.page], ink_of(scorecard.card, by)
        set_seal(page, fonts, by, ink=ink, place=place.rect)
    return draw(layout, scorecard, fonts)
