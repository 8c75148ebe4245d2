"""汇总: the ranking of accepted cards, and the summary workbook made of it."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from app.domain.card import Card, CardHash
from app.domain.delivery import Decision, Verdict
from app.domain.moment import local_date
from app.domain.ranking import Entry, LeftOut, Ranking, rank
from app.domain.sealed import SealedIndex
from app.domain.unit import Unit
from app.errors import AppError, Code
from app.exchange.card_document import read_card
from app.files import write_whole
from app.services.desk.desk import Desk
from app.services.desk.forms import current_form, form_with_hash
from app.services.desk.standing import own_office
from app.sheets.summary_sheet import Counts, LeftOutRow, Summary, SummaryRow, write_summary


def ranking(desk: Desk) -> Ranking:
    """Rank the newest accepted revision of each card received.

    Cards on another form, or under other rules than the office's present ones, are left out:
    points of different rules are not compared. Raises AppError OFFICE_MISSING.
    """
    settled = _settled(desk)
    return rank(
        (_entry(index) for index, why in settled if why is None),
        ((index.id, why) for index, why in settled if why is not None),
    )


def summary(desk: Desk, *, prepared_by: str) -> Summary:
    """Return 参赛企业汇总表 as it stands now; raises as `ranking`."""
    office, settled = own_office(desk), _settled(desk)
    accepted = {index.id: index for index, why in settled if why is None}
    order = rank(map(_entry, accepted.values()), ())
    rows = tuple(
        _row(_signed_card(desk, accepted[ranked.entry.card].hash), ranked.rank, ranked.entry)
        for ranked in order.ranked
    )
    return Summary(
        season=current_form(desk).edition,
        office=office.name.name,
        prepared_by=prepared_by,
        made_on=local_date(desk.clock.now()),
        policy=office.rules.policy,
        rehearsal=desk.workspace.rehearsal,
        rows=rows,
        counts=Counts(
            registered=len(desk.workspace.units.all()), received=len(settled), accepted=len(rows)
        ),
        left_out=tuple(
            LeftOutRow(unit=Unit(key=index.unit, name=index.unit_name), why=why)
            for index, why in settled
            if why is not None
        ),
    )


def write_summary_sheet(desk: Desk, path: Path, *, prepared_by: str) -> int:
    """Write the summary as .xlsx and return the number of its rows; raises as `ranking`."""
    made = summary(desk, prepared_by=prepared_by)
    write_whole(path, write_summary(made))
    return len(made.rows)


def _settled(desk: Desk) -> list[tuple[SealedIndex, LeftOut | None]]:
    """Return for each received card the revision that counts, and why it does not stand, if so."""
    office, form = own_office(desk), current_form(desk)
    decisions = desk.workspace.decisions.all()
    received = [index for index in desk.workspace.cards.all_sealed() if index.received_in]
    settled = []
    for _, group in groupby(received, key=lambda index: index.id):
        index, why = _counting(list(group), decisions)
        if why is None and index.terms.form != form.hash:
            why = LeftOut.OTHER_FORM
        rules = (office.rules.step, office.rules.policy)
        if why is None and (index.terms.step, index.terms.policy) != rules:
            why = LeftOut.OTHER_RULES
        settled.append((index, why))
    return settled


def _counting(
    revisions: list[SealedIndex], decisions: Mapping[str, Decision]
) -> tuple[SealedIndex, LeftOut | None]:
    accepted = [
        index
        for index in revisions
        if index.hash in decisions and decisions[index.hash].verdict is Verdict.ADOPTED
    ]
    if accepted:
        return accepted[-1], None
    newest = revisions[-1]
    if sum(index.revision == newest.revision for index in revisions) > 1:
        return newest, LeftOut.CONFLICT
    decision = decisions.get(newest.hash)
    is_returned = decision is not None and decision.verdict is Verdict.RETURNED
    return newest, LeftOut.RETURNED if is_returned else LeftOut.NOT_DECIDED


def _entry(index: SealedIndex) -> Entry:
    return Entry(
        card=index.id,
        unit=index.unit,
        name=index.unit_name,
        base=index.base,
        bonus=index.bonus,
    )


def _row(card: Card, place: int, entry: Entry) -> SummaryRow:
    return SummaryRow(
        rank=place,
        unit=card.unit,
        base=entry.base,
        bonus=entry.bonus,
        assessed_on=card.date_to,
    )


def _signed_card(desk: Desk, card_hash: CardHash) -> Card:
    sealed = desk.workspace.cards.sealed(card_hash)
    if sealed is None:
        raise AppError(Code.CARD_UNKNOWN, card=card_hash)
    return read_card(sealed.document, form_with_hash(desk, sealed.index.terms.form))
