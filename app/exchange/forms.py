"""Forms and guides as JSON documents: read, checked and named by the hash of their content.

The identity is the hash of the canonical form, so blanks, line ends and the order of fields do not
matter, and one changed character of the official text does.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from app.domain.form import Clause, ClauseId, Form, FormHash, GuideHash, Mode, Row, Section
from app.domain.guide import ClauseGuide, Guide, Method, Rule
from app.domain.unit import Fact
from app.errors import AppError, Code
from app.exchange.canonical import canonical, content_hash
from app.exchange.wire import WireStruct

_Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.-]{1,40}\Z")]
_Text = Annotated[str, Meta(min_length=1, max_length=2000)]
_Edition = Annotated[str, Meta(max_length=100, pattern=r"[0-9]{4}")]  # names a year
_Points = Annotated[str, Meta(pattern=r"^([1-9][0-9]{0,3}(\.[1-9])?|0\.[1-9])\Z")]
_Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Document = TypeVar("_Document", bound=WireStruct)


class FormSource(WireStruct, frozen=True):
    """Which official document the text was taken from; dates as YYYY-MM-DD."""

    issuer: _Text
    document: _Text
    doc_no: _Text
    doc_date: _Text
    printed: _Text
    attachment: _Text


class ClauseWire(WireStruct, frozen=True):
    """One clause; `absent_fact` names the fact that must be 0 for 不涉及, or is null."""

    id: _Id
    points: _Points
    text: _Text
    mode: Mode
    absent_fact: Fact | None


class RowWire(WireStruct, frozen=True):
    """One row; its text is its clauses' texts joined."""

    id: _Id
    points: _Points
    text: _Text
    clauses: Annotated[tuple[ClauseWire, ...], Meta(min_length=1)]


class SectionWire(WireStruct, frozen=True):
    """One section; `title` as printed, with points and asterisk."""

    id: _Id
    name: _Text
    title: _Text
    bonus: bool
    points: _Points
    rows: Annotated[tuple[RowWire, ...], Meta(min_length=1)]


class FormWire(WireStruct, frozen=True):
    """A form document."""

    type: Literal["ankang.form/1"]
    id: _Id
    title: _Text
    edition: _Edition
    source: FormSource
    unit_label: _Text
    date_label: _Text
    columns: tuple[_Text, _Text, _Text]
    total_label: _Text
    footnote: _Text
    sections: Annotated[tuple[SectionWire, ...], Meta(min_length=1)]


class RuleWire(WireStruct, frozen=True):
    """One deduction rule; null points mean 'as seen fit'."""

    text: _Text
    points: _Points | None


class ClauseGuideWire(WireStruct, frozen=True):
    """What the guide says of one clause."""

    clause: _Id
    methods: tuple[Method, ...]
    papers: tuple[_Text, ...]
    rules: tuple[RuleWire, ...]


class GuideWire(WireStruct, frozen=True):
    """A guide document; `form` is the hash of the form it lies over, `source` says whose it is."""

    type: Literal["ankang.guide/1"]
    id: _Id
    version: _Text
    form: _Hash
    title: _Text
    source: _Text
    clauses: tuple[ClauseGuideWire, ...]


def read_form(content: bytes) -> Form:
    """Return the form a document holds.

    Raises:
        AppError: FORM_DAMAGED; `where` is the place in the document or the id that does not fit:
            points that do not add up, an id used twice, clauses that do not make the row's text.

    """
    wire = _decoded(content, FormWire, Code.FORM_DAMAGED)
    form = Form(
        id=wire.id,
        hash=FormHash(content_hash(canonical(wire))),
        title=wire.title,
        edition=wire.edition,
        unit_label=wire.unit_label,
        date_label=wire.date_label,
        columns=wire.columns,
        total_label=wire.total_label,
        footnote=wire.footnote,
        sections=tuple(map(_section, wire.sections)),
    )
    _refuse_twice(_ids(form), Code.FORM_DAMAGED)
    if not form.base_clauses:
        raise AppError(Code.FORM_DAMAGED, where="sections")
    return form


def read_guide(content: bytes, form: Form) -> Guide:
    """Return the guide a document holds for this form.

    Raises:
        AppError: GUIDE_DAMAGED; `where` is the place in the document, 'form' when it lies over
            another form, or the clause that the form has not, that stands twice, or whose rule
            takes off more than the clause gives.

    """
    wire = _decoded(content, GuideWire, Code.GUIDE_DAMAGED)
    if wire.form != form.hash:
        raise AppError(Code.GUIDE_DAMAGED, where="form")
    _refuse_twice((entry.clause for entry in wire.clauses), Code.GUIDE_DAMAGED)
    full = {clause.id: clause.points for clause in form.clauses}
    clauses = tuple(map(_clause_guide, wire.clauses))
    for entry in clauses:
        most = full.get(entry.clause)
        if most is None or any(
            rule.points is not None and rule.points > most for rule in entry.rules
        ):
            raise AppError(Code.GUIDE_DAMAGED, where=entry.clause)
    return Guide(
        id=wire.id,
        hash=GuideHash(content_hash(canonical(wire))),
        version=wire.version,
        form=form.hash,
        title=wire.title,
        clauses=clauses,
    )


def _decoded(content: bytes, document: type[_Document], damaged: Code) -> _Document:
    try:
        return msgspec.json.decode(content, type=document)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        where = str(cause).partition(" - at `")[2].rstrip("`")
        raise AppError(damaged, where=where or "$") from cause


def _section(wire: SectionWire) -> Section:
    section = Section(
        id=wire.id,
        name=wire.name,
        title=wire.title,
        bonus=wire.bonus,
        rows=tuple(map(_row, wire.rows)),
    )
    if section.points != Decimal(wire.points):
        raise AppError(Code.FORM_DAMAGED, where=wire.id)
    return section


def _row(wire: RowWire) -> Row:
    row = Row(id=wire.id, text=wire.text, clauses=tuple(map(_clause, wire.clauses)))
    joined = "".join(clause.text for clause in row.clauses)
    if row.points != Decimal(wire.points) or joined != row.text:
        raise AppError(Code.FORM_DAMAGED, where=wire.id)
    return row


def _clause(wire: ClauseWire) -> Clause:
    return Clause(
        id=ClauseId(wire.id),
        points=Decimal(wire.points),
        text=wire.text,
        mode=wire.mode,
        absent_fact=wire.absent_fact,
    )


def _clause_guide(wire: ClauseGuideWire) -> ClauseGuide:
    return ClauseGuide(
        clause=ClauseId(wire.clause),
        methods=wire.methods,
        papers=wire.papers,
        rules=tuple(
            Rule(text=rule.text, points=None if rule.points is None else Decimal(rule.points))
            for rule in wire.rules
        ),
    )


def _ids(form: Form) -> list[str]:
    return [
        *(section.id for section in form.sections),
        *(row.id for row in form.rows),
        *(clause.id for clause in form.clauses),
    ]


def _refuse_twice(ids: Iterable[str], damaged: Code) -> None:
    most_common = Counter(ids).most_common(1)
    if most_common and most_common[0][1] > 1:
        raise AppError(damaged, where=most_common[0][0])
