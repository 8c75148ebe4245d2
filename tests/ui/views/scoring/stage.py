"""A presenter of 考核评分 on a real desk, and what it showed and said."""

from dataclasses import dataclass, field

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.services.cards.assess import find_card, new_card
from app.services.desk.desk import Changes, Desk
from app.services.units.register import add_unit, set_facts
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.views.scoring.lines import ClauseLine
from ui.views.scoring.page import Page
from ui.views.scoring.presenter import ScoringPresenter

GRADED = ClauseId("S2-R1-C1")  # 5 points
NEXT = ClauseId("S2-R2-C1")
WOMEN = ClauseId("S5-R5-C1")  # 3 points
ACCIDENTS = ClauseId("S6-R1-C1")  # 25 points or none
BONUS = ClauseId("S7-R1-C1")  # 10 points


@dataclass
class Stage:
    """A presenter on a card, and what it showed and said."""

    desk: Desk
    tasks: InlineTasks
    presenter: ScoringPresenter
    card_id: CardId
    pages: list[Page] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)
    visited: list[ClauseId] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def line(self, clause_id: ClauseId) -> ClauseLine:
        return self.page.clauses[clause_id]

    def saved(self, clause_id: ClauseId) -> object:
        return find_card(self.desk, self.card_id)[0].marks.get(clause_id)


def set_stage(desk: Desk, labels: Labels, card_id: CardId) -> Stage:
    pages: list[Page] = []
    told: list[str] = []
    changes: list[Changes] = []
    visited: list[ClauseId] = []
    tasks = InlineTasks(desk)
    presenter = ScoringPresenter(
        tasks,
        labels,
        show=pages.append,
        go_to=visited.append,
        tell=told.append,
        announce=changes.append,
    )
    presenter.open(card_id)
    return Stage(desk, tasks, presenter, card_id, pages, told, changes, visited)


def begin(desk: Desk, **facts: str) -> CardId:
    add_unit(desk, name="测试1号工厂", code=SYNTHETIC_CODES[0], sub_unit="一车间")
    typed: dict[str, str] = {**facts}
    unit, _ = set_facts(desk, code=SYNTHETIC_CODES[0], sub_unit="一车间", typed=typed)
    return new_card(desk, unit)[0].id
