"""What hypothesis draws: texts with rare characters, and cards in every state of their content."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from app.domain.card import (
    Card,
    CardHash,
    CardId,
    NotApplicable,
    OfficeName,
    Person,
    Policy,
    Previous,
    Scored,
    Source,
    Terms,
)
from app.domain.evidence import Evidence, Sha256
from app.domain.form import Clause, ClauseId, Mode
from app.domain.points import STEPS
from app.domain.signature import (
    Absent,
    Ink,
    InkPoint,
    Manner,
    Paper,
    Pending,
    Refused,
    Signatory,
    Signature,
)
from app.domain.unit import Unit, UnitFacts, UnitKey
from app.domain.visit import Host, Opinion, Recusal, Transcript, Visit, VisitMode
from tests.forms import SYNTHETIC_CODES, national_form, national_guide

# Names of people and places use these; some stand beyond U+FFFF, one is a minority name's dot.
RARE = "䶮㛃𬭎𫚖𠮷·﨑"
TYPED = st.text(
    st.one_of(
        st.sampled_from(RARE + " '\"\\,;%_=+-@"),
        st.characters(exclude_categories=["Cc", "Cs", "Co", "Zs", "Zl", "Zp"]),
    ),
    max_size=12,
)
SAID = TYPED.filter(bool)
SHA256 = st.binary(min_size=32, max_size=32).map(bytes.hex).map(Sha256)
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2099, 1, 1),  # noqa: DTZ001 - likewise
    timezones=st.just(UTC),
)
COUNTS = st.none() | st.integers(0, 10_000_000)
FACTS = st.builds(
    UnitFacts,
    workers=COUNTS,
    women=COUNTS,
    migrant=COUNTS,
    hazard_exposed=COUNTS,
    high_risk=st.none() | st.booleans(),
)
UNITS = st.builds(
    Unit,
    key=st.builds(UnitKey, code=st.sampled_from(SYNTHETIC_CODES), sub_unit=TYPED),
    name=SAID,
    facts=FACTS,
)
EVIDENCE = st.builds(
    Evidence,
    sha256=SHA256,
    name=TYPED,
    media_type=st.sampled_from(["image/jpeg", "application/pdf"]),
    size=st.integers(1, 1 << 40),
)
TRANSCRIPTS = st.builds(
    Transcript, typed_by=SAID, checked_by=st.just(""), scan=st.none() | EVIDENCE
) | st.builds(Transcript, typed_by=st.just("测试甲"), checked_by=st.just("测试乙"), scan=EVIDENCE)
VISITS = st.builds(
    Visit,
    mode=st.sampled_from(VisitMode),
    received_by=st.lists(st.builds(Host, name=SAID, post=TYPED), max_size=2).map(tuple),
    photos_allowed=st.booleans(),
    credentials_shown=st.booleans(),
    recusal=st.none() | st.builds(Recusal, conflict=TYPED),
    transcript=st.none() | TRANSCRIPTS,
)
OPINIONS = st.builds(Opinion, objects=st.just(False), text=TYPED) | st.builds(
    Opinion, objects=st.just(True), text=SAID
)


def inks() -> st.SearchStrategy[Ink]:
    """Draw signatures that show a stroke: the first goes across the surface."""
    point = st.builds(
        InkPoint,
        st.integers(-100_000, 100_000),
        st.integers(-100_000, 100_000),
        st.integers(0, 86_400_000),
        st.integers(0, 1000),
    )
    across = (InkPoint(0, 0, 0, 500), InkPoint(30_000, 5_000, 700, 900))
    strokes = st.lists(st.lists(point, min_size=1, max_size=4).map(tuple), max_size=3)
    return st.builds(
        Ink,
        width=st.integers(1, 100_000),
        height=st.integers(1, 100_000),
        strokes=strokes.map(lambda more: (across, *more)),
    )


MANNERS: st.SearchStrategy[Manner] = st.one_of(
    inks(),
    st.builds(Paper, scan=EVIDENCE),
    st.builds(Refused, why=SAID, witness=SAID),
    st.builds(Absent, why=SAID, witness=SAID),
    st.builds(Pending, by=st.none() | st.dates()),
)


def signatures(
    header_hash: st.SearchStrategy[str] = SHA256, scores_hash: st.SearchStrategy[str] = SHA256
) -> st.SearchStrategy[Signature]:
    """Draw a signature of any signatory in any manner over two hashes."""
    return st.builds(
        Signature,
        signatory=st.sampled_from(Signatory),
        name=SAID,
        at=MOMENTS,
        manner=MANNERS,
        header_hash=header_hash,
        scores_hash=scores_hash,
    )


def marks(clause: Clause, step: Decimal) -> st.SearchStrategy[Scored | NotApplicable]:
    """Draw a mark for a clause: points on the step, or 不涉及."""
    steps = int(clause.points / step)
    all_or_nothing = clause.mode is Mode.ALL_OR_NOTHING
    counts = st.sampled_from([0, steps]) if all_or_nothing else st.integers(0, steps)
    points = counts.map(lambda count: count * step)
    source = st.sampled_from(Source)
    return st.one_of(
        st.builds(Scored, points=points, reason=TYPED, source=source),
        st.builds(NotApplicable, reason=SAID, source=source),
    )


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Draw a card on the national form, from untouched to full; it need not be sealable."""
    form = national_form()
    revision = draw(st.integers(1, 4))
    step = draw(st.sampled_from(STEPS))
    days = sorted(draw(st.tuples(*[st.dates(date(2019, 1, 1), date(2031, 1, 1))] * 2)))
    marked = draw(st.lists(st.sampled_from(form.clauses), unique_by=lambda c: c.id, max_size=8))
    proven = draw(st.lists(st.sampled_from(form.clauses), unique_by=lambda c: c.id, max_size=3))
    return Card(
        id=CardId("01930000-0000-7000-8000-000000000001"),
        revision=revision,
        rehearsal=draw(st.booleans()),
        office=OfficeName(code="440306", name=draw(SAID)),
        season=form.edition,
        terms=Terms(
            form=form.hash,
            guide=national_guide().hash,
            step=step,
            policy=draw(st.sampled_from(Policy)),
        ),
        unit=draw(UNITS),
        date_from=days[0],
        date_to=days[1],
        assessors=tuple(draw(st.lists(st.builds(Person, name=SAID, post=TYPED), max_size=3))),
        marks={clause.id: draw(marks(clause, step)) for clause in marked},
        evidence={
            ClauseId(clause.id): tuple(draw(st.lists(EVIDENCE, min_size=1, max_size=2)))
            for clause in proven
        },
        signatures=tuple(draw(st.lists(signatures(), max_size=3))),
        previous=None
        if revision == 1
        else Previous(hash=CardHash(draw(SHA256)), scores_hash=draw(SHA256), reason=draw(SAID)),
        visit=draw(st.none() | VISITS),
        opinion=draw(st.none() | OPINIONS),
    )
