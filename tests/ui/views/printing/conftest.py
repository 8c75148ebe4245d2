"""A presenter of 打印与交付 over a real workspace, and what it lets be seen."""

import pytest

from tests.fakes import InlineTasks
from tests.ui.views.printing.stage import Seen
from ui.labels import Labels
from ui.views.printing.page import Sight
from ui.views.printing.presenter import PrintingPresenter


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def presenter(tasks: InlineTasks, labels: Labels, seen: Seen) -> PrintingPresenter:
    return PrintingPresenter(
        tasks,
        labels,
        sight=Sight(
            show=seen.pages.append,
            show_document=seen.documents.append,
            show_page=lambda number, raster: seen.rasters.append((number, raster)),
            show_refusal=seen.refusals.append,
            show_progress=lambda done, total: seen.progress.append((done, total)),
            end_progress=seen.end,
            progress=lambda: seen.watch,
        ),
        tell=seen.said.append,
        announce=lambda _: None,
    )
