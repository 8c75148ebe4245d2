"""What 打印与交付 shows: the prints to choose from, and what its presenter lets be seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ports.progress import Progress
from app.services.prints.prints import Print

if TYPE_CHECKING:  # PDFium is loaded on its lane
    from app.reports.file.raster import PageSize, Raster


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLine:
    """A print in the list: its name, what it is for, whether it will be printed."""

    which: Print
    title: str
    purpose: str
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage:
    """What the screen shows around the pages."""

    about: str
    lines: tuple[PrintLine, ...]
    current: Print
    is_several: bool  # more than one file would come of what is ticked
    can_print: bool  # something is ticked and nothing is under way
    is_sealed: bool  # the (first) card can be handed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What the presenter lets be seen: the screen, the document, a page, a refusal, a run."""

    show: Callable[[PrintPage], None]
    show_document: "Callable[[Sequence[PageSize]], None]"
    show_page: "Callable[[int, Raster], None]"
    show_refusal: Callable[[str], None]
    show_progress: Callable[[int, int], None]
    end_progress: Callable[[], None]
    progress: Callable[[], Progress]
