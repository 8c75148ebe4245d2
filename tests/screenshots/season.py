"""A season under way on an inspector's desk, made with the rehearsal's people, units and pictures.

Not the demo itself: there clock and ids are the computer's, and pictures of it would differ from
one run to the next.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image

from app.crypto.passphrase import passphrase_of_text
from app.domain.card import CardId
from app.domain.form import ClauseId
from app.domain.hazard import Act, Field, Hazard, Side
from app.domain.moment import CHINA
from app.domain.signature import Signatory
from app.domain.unit import Fact, Unit, UnitKey
from app.domain.visit import Opinion
from app.rehearsal.acts import enrol, register, set_up_office
from app.rehearsal.chance import SEED, dice
from app.rehearsal.codes import made_up_code
from app.rehearsal.crew import Inspector, post, score_visit
from app.rehearsal.ink import handwriting
from app.rehearsal.inspection import ask_opinion, begin, close, score, sign
from app.rehearsal.pictures import photo
from app.rehearsal.stage import CREWS, OFFICE, Stage
from app.rehearsal.stage import Step as Act_
from app.rehearsal.units import Size
from app.rehearsal.visits import Visit, Way, visits
from app.reports.file.raster import render_page
from app.services.cards.visit import set_opinion
from app.services.desk.desk import Desk
from app.services.desk.forms import current_form, current_guide
from app.services.keys.unlock import Unlocked
from app.services.office.decide import accept_cards, return_card
from app.services.office.issue import Order, find_inspector, issue, plan_assignment
from app.services.office.receipts import write_receipts
from app.services.packages.take_in import take_in
from app.services.photos.photo_intake import keep_photos, photo_room, prepare_bytes
from app.services.photos.photos import file_photos
from app.services.seal.seal import write_pdf
from app.services.seal.sign import sign_card
from app.services.units.hazards import add_photos, draft_hazard, step_hazard, write_hazard
from app.services.units.register import add_unit, export_sheet, find_unit, set_facts
from app.services.workplace.whereabouts import Whereabouts, note_open
from tests.app.services.field import closing_desk, desk_in
from tests.fakes import FakeClock

NOW = datetime(2020, 11, 20, 2, 30, tzinfo=UTC)
_BEGAN = NOW - timedelta(days=40)
_HOUR = timedelta(hours=1)
_ADOPTED, _EXPORTED, _MAIN, _RETURNED = 0, 8, 3, 4
_SIGNING, _SEALED, _ASSIGNED, _RECEIVED = 5, 6, (3, 7, 9, 11), 10
_MARKED = 24  # of 31 clauses of the card that is under way
_SENT_DAYS_AGO = {_ADOPTED: 16, _RETURNED: 14, _RECEIVED: 10, _EXPORTED: 4}
_CLAUSE = ClauseId("S4-R2-C1")
_PHOTOGRAPHED = (
    *("宣传栏", "会议记录", "制度上墙", "配电箱", "冲压机"),
    *("消防通道", "气瓶间", "现场员工", "应急演练"),
)
_CHANGED, _WRONG = 2, 0  # lines of the sheet to bring in


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Where it lies, and what to look at: cards, a unit, a clause, a sheet of units, PDFs."""

    home: Path
    sheet: Path
    pdf: Path
    changed_pdf: Path
    photo: Path
    main: CardId
    signing: CardId
    sealed: CardId
    unit: UnitKey
    clause: ClauseId

    def open_desk(self) -> Desk:
        """Open the inspector's workspace on the season's day."""
        return desk_in(self.home, clock=FakeClock(moment=NOW), seed=9)


def make_season(folder: Path) -> Season:
    """Play the season up to today in a new folder."""
    clock = FakeClock(moment=_BEGAN)
    with _stage(folder, clock) as stage:
        play = _Play(stage, clock)
        play.rounds()
        play.assign()
        main = play.main_card()
        signing, sealed = play.signed_card(), play.sealed_card()
        play.hazards_elsewhere()
        unit = play.plan[_MAIN].unit.key
        sheet = play.sheet(folder / "参赛单位.xlsx")
        home = play.desk.workspace.home
        pdf, changed_pdf = folder / "评分表.pdf", folder / "改动过的评分表.pdf"
        write_pdf(play.desk, sealed, pdf)
        changed_pdf.write_bytes(pdf.read_bytes() + b"\n")
        page = folder / "纸面照片.jpg"
        _photograph(pdf, page)
    return Season(
        home=home,
        sheet=sheet,
        pdf=pdf,
        changed_pdf=changed_pdf,
        photo=page,
        main=main,
        signing=signing,
        sealed=sealed,
        unit=unit,
        clause=_CLAUSE,
    )


def _photograph(pdf: Path, photo: Path) -> None:
    """Keep the page with the code as a picture."""
    page = render_page(pdf.read_bytes(), 1, width=1240)
    drawn = Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1)
    drawn.save(photo, quality=80)


@contextmanager
def _stage(folder: Path, clock: FakeClock) -> Iterator[Stage]:
    with ExitStack() as desks:
        names = (OFFICE, *CREWS)
        opened = {
            name: desks.enter_context(closing_desk(folder / name, clock=clock, seed=seed))
            for seed, name in enumerate(names, start=1)
        }
        passphrases = {name: passphrase_of_text(f"lianxi-{name}") for name in names}
        yield Stage(folder=folder, tell=_nobody, desks=opened, passphrases=passphrases)


def _nobody(step: Act_, **facts: str | int) -> None:
    """Hear nothing."""


class _Play:
    """The office and one inspector, day by day."""

    def __init__(self, stage: Stage, clock: FakeClock) -> None:
        self._stage = stage
        self._clock = clock
        self._office: Unlocked = set_up_office(stage)
        form, guide = current_form(stage.office), current_guide(stage.office)
        drawn = tuple(visits(Size.DEMO, form, guide, seed=SEED))
        team = drawn[_MAIN].team
        self.plan = tuple(
            replace(visit, team=team, begun=self._begun(place))
            for place, visit in enumerate(drawn)
        )
        self._inspector: Inspector = enrol(stage, CREWS[0], self.plan[_MAIN:])
        register(stage)

    @property
    def desk(self) -> Desk:
        """Return the inspector's desk."""
        return self._inspector.desk

    def rounds(self) -> None:
        """Bring four cards as far as they came: adopted, returned, received, exported."""
        for place, days in _SENT_DAYS_AGO.items():
            self._clock.moment = NOW - timedelta(days=days)
            card = self._sealed(self.plan[place])
            package = post(self._inspector, self._stage.folder / "packages")
            if place == _EXPORTED:
                return
            take_in(self._stage.office, package, self._office)
            if place == _ADOPTED:
                accept_cards(self._stage.office, [card])
            elif place == _RETURNED:
                reason = "第四项制度建设的扣分与单位提交的资料不符，请核实后重新报送"
                return_card(self._stage.office, card, reason=reason)
            self._clock.moment += _HOUR
            self._answer()

    def assign(self) -> None:
        """Have the office hand out units: one is late, one is due in two days."""
        self._clock.moment = NOW - timedelta(days=3)
        office = self._stage.office
        hazard = draft_hazard(office, self.plan[_MAIN].unit.key)
        write_hazard(office, hazard, Field.TEXT, "上年度提出的配电间堆放纸箱，复查日期未约定")
        inspector = find_inspector(office, self._inspector.name)
        for number, due in enumerate((date(2020, 11, 22), date(2020, 11, 18), date(2020, 11, 30))):
            places = {0: (_MAIN,), 1: _ASSIGNED[1:2], 2: _ASSIGNED[2:]}[number]
            order = Order(
                units=[_unit(office, self.plan[place]) for place in places],
                due=due,
                team=self.plan[_MAIN].team,
                note="上年度未参加考核",
            )
            path = self._stage.folder / f"{number}.akp"
            issue(
                office, path, plan_assignment(office, order, inspector, self._office), self._office
            )
            take_in(self.desk, path, self._inspector.unlocked)

    def main_card(self) -> CardId:
        """Leave a card under way: marks, photos behind clauses and in the tray, hazards."""
        self._clock.moment = NOW - _HOUR
        visit = self.plan[_MAIN]
        card = begin(self.desk, visit)
        score(self.desk, card, dict(tuple(visit.marks.items())[:_MARKED]))
        self._take_photos(card, visit)
        self._raise_hazards(card, visit)
        objection = Opinion(objects=True, text="班组安全活动记录在总部统一存放，请准予三日内补充")
        set_opinion(self.desk, card, objection)
        note_open(self.desk, Whereabouts(card=card, step="scoring", clause=_CLAUSE))
        return card

    def signed_card(self) -> CardId:
        """Leave a card complete: the team has signed by hand, the unit not yet."""
        visit = self.plan[_SIGNING]
        card = score_visit(self._inspector, visit)
        ask_opinion(self.desk, card, visit)
        roles = (Signatory.LEAD, Signatory.MEMBER)
        for role, name in zip(roles, visit.team, strict=True):
            ink = handwriting(name, dice(SEED, "ink", name))
            sign_card(self.desk, card, signatory=role, name=name, manner=ink)
        return card

    def sealed_card(self) -> CardId:
        """Leave a card sealed, the unit's signature still owed."""
        self._clock.moment = NOW - 22 * _HOUR
        return self._sealed(replace(self.plan[_SEALED], way=Way.PENDING))

    def hazards_elsewhere(self) -> None:
        """Leave a hazard at two other units: one late, one waiting for its re-check."""
        self._clock.moment = NOW - timedelta(days=12)
        late = {
            Field.TEXT: "氧气瓶与乙炔瓶同库存放",
            Field.PLACE: "三车间气瓶间",
            Field.MEASURE: "分库存放，间距不小于10米，空瓶、实瓶分开并设标志",
            Field.PERSON: self.plan[_EXPORTED].representative,
            Field.POST: "设备部负责人",
            Field.DEADLINE: "2020-11-13",
        }
        self._hazard(None, self.plan[_EXPORTED], late, Act.BEGIN)
        blocked = {Field.TEXT: "二楼疏散通道堆放成品", Field.DEADLINE: "2020-11-25"}
        self._hazard(None, self.plan[_ADOPTED], blocked, Act.BEGIN, Act.SUBMIT)
        self._clock.moment = NOW

    def sheet(self, path: Path) -> Path:
        """Write a sheet with a unit that is new, one that changed, one with a slip of the pen."""
        office = self._stage.office
        changed, wrong = (self.plan[place].unit.key.code for place in (_CHANGED, _WRONG))
        set_facts(office, code=changed, sub_unit="", typed={Fact.WORKERS: "163"})
        code = made_up_code(99, kind="12", area="440300")
        add_unit(office, name="拟新医院", code=code, sub_unit="")
        export_sheet(office, path)
        book = load_workbook(path)
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if cell.value == wrong:
                    cell.value = f"{wrong[:-1]}{'0' if wrong[-1] != '0' else '1'}"
        book.save(path)
        return path

    def _begun(self, place: int) -> datetime:
        days = 1 if place == _SEALED else _SENT_DAYS_AGO.get(place, 0)
        ago = timedelta(days=days, hours=2 if place == _MAIN else 1)
        return (NOW - ago).astimezone(CHINA)

    def _sealed(self, visit: Visit) -> CardId:
        card = score_visit(self._inspector, visit)
        ask_opinion(self.desk, card, visit)
        sign(self.desk, card, visit, seed=SEED)
        close(self.desk, card, self._inspector.unlocked.identity)
        return card

    def _answer(self) -> None:
        written, _ = write_receipts(
            self._stage.office, self._stage.folder / "receipts", self._office
        )
        for receipt in written:
            take_in(self.desk, receipt.path, self._inspector.unlocked)

    def _take_photos(self, card: CardId, visit: Visit) -> None:
        """Take nine photos; file the first four, one of them behind two clauses."""
        room = photo_room(self.desk)
        arrivals = []
        for number, word in enumerate(_PHOTOGRAPHED):
            taken = visit.begun + number * timedelta(minutes=7)
            picture = photo(room.fonts, caption=word, taken=taken, dice=dice(SEED, "tray", number))
            name = f"IMG_{taken:%Y%m%d_%H%M%S}.jpg"
            arrivals.append(prepare_bytes(room, picture, name=name))
        held = self.desk.workspace.cards.get(card)
        kept, _ = keep_photos(self.desk, arrivals, held)
        first = [each.file.sha256 for each in kept.new]
        filing = {
            ClauseId("S2-R5-C1"): first[:1],
            ClauseId("S3-R1-C2"): first[1:2],
            _CLAUSE: first[1:4],
        }
        file_photos(self.desk, card, filing)
        self._photos = [each.file for each in kept.new]

    def _raise_hazards(self, card: CardId, visit: Visit) -> None:
        guard = self._hazard(
            card,
            visit,
            {
                Field.TEXT: "3号冲床双手按钮被短接，单手即可启动",
                Field.GRADE: "suspected_major",
                Field.PLACE: "一车间冲压区",
                Field.MEASURE: "立即停用，恢复双手操作装置并加装光电保护后方可使用",
                Field.PERSON: visit.representative,
                Field.POST: "安全生产管理部负责人",
                Field.DEADLINE: "2020-11-27",
                Field.DEPARTMENT_TO: "区应急管理局",
                Field.DEPARTMENT_ON: "2020-11-20",
                Field.DEPARTMENT_HOW: "书面送达",
            },
        )
        add_photos(self.desk, guard, Side.BEFORE, self._photos[4:5])
        self._clock.moment -= timedelta(days=9)
        boxes = {
            Field.TEXT: "配电箱前堆放纸箱，操作通道不足",
            Field.PLACE: "二车间东侧",
            Field.MEASURE: "清出不少于0.8米的操作通道，地面划线，每班检查",
            Field.PERSON: visit.representative,
            Field.POST: "安全生产管理部负责人",
            Field.DEADLINE: "2020-11-16",
        }
        crowded = self._hazard(card, visit, boxes, Act.BEGIN)
        add_photos(self.desk, crowded, Side.BEFORE, self._photos[3:4])
        self._clock.moment += timedelta(days=9)
        signs = {Field.TEXT: "安全出口指示灯不亮", Field.PLACE: "办公楼一层"}
        self._hazard(card, visit, signs, Act.BEGIN, Act.SUBMIT, Act.PASS)

    def _hazard(
        self, card: CardId | None, visit: Visit, fields: Mapping[Field, str], *acts: Act
    ) -> Hazard:
        hazard = draft_hazard(self.desk, visit.unit.key, card_id=card, clause=_CLAUSE)
        for name, typed in fields.items():
            hazard, _ = write_hazard(self.desk, hazard, name, typed)
        for act in acts:
            hazard, _ = step_hazard(self.desk, hazard.id, act, remark="现场核实")
        return hazard


def _unit(desk: Desk, visit: Visit) -> Unit:
    return find_unit(desk, code=visit.unit.key.code, sub_unit=visit.unit.key.sub_unit)
