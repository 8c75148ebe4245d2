"""Cards as lines of a list: what a list needs of thousands of cards, in one query a piece."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from app.domain.card import CardHash, CardId, Policy
from app.domain.delivery import Delivery, Verdict
from app.domain.form import FormHash
from app.domain.sealed import CardLine
from app.domain.unit import Unit, UnitKey
from db.engine import Connection, Row
from db.stores.columns import points_of, whole
from db.stores.units import facts_of

# Of two documents of one revision the accepted one counts.
_LINES = """
    SELECT id, revision, form, season, policy, unit_code, sub_unit, unit_name, workers, women,
        migrant, hazard_exposed, high_risk, date_to, sealed, counting,
        (SELECT group_concat(iif(hundredths IS NULL, '/' || clause, clause), ' ')
         FROM clause_mark
         WHERE card_id = line.id AND revision = line.revision) AS marked,
        (SELECT coalesce(sum(hundredths), 0) FROM clause_mark
         WHERE card_id = line.id AND revision = line.revision) AS given,
        (SELECT district FROM unit
         WHERE code = line.unit_code AND sub_unit = line.sub_unit) AS district,
        (SELECT received_in FROM sealed_card WHERE hash = counting) AS received_in,
        (SELECT verdict FROM decision WHERE hash = counting) AS verdict,
        EXISTS (SELECT 1 FROM package_item WHERE hash = counting AND outcome = 'sent') AS exported
    FROM (
        SELECT *, coalesce(
            (SELECT hash FROM sealed_card JOIN decision USING (hash)
             WHERE card_id = card.id AND sealed_card.revision = card.revision
                 AND verdict = 'adopted'
             LIMIT 1),
            sealed) AS counting
        FROM card
        WHERE id > ?
            AND revision = (SELECT max(revision) FROM card AS other WHERE other.id = card.id)
        ORDER BY id
        LIMIT ?
    ) AS line
    ORDER BY id
"""
_ALL = -1  # SQLite's own word for no limit


class CardLines:
    """The part of `app.ports.CardStore` that lists cards."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(self) -> tuple[CardLine, ...]:
        """Return every card's newest revision, oldest card first."""
        return self._connection.each(_line, _LINES, ("", _ALL))

    def some_lines(self, *, after: str, most: int) -> tuple[CardLine, ...]:
        """Return the next lines behind a card ('' for the first ones)."""
        return self._connection.each(_line, _LINES, (after, most))


def unit_of_card(row: Row) -> Unit:
    """Return the unit as a row of `card` has it."""
    return Unit(
        key=UnitKey(code=str(row["unit_code"]), sub_unit=str(row["sub_unit"])),
        name=str(row["unit_name"]),
        facts=facts_of(row),
    )


def _line(row: Row) -> CardLine:
    marked, not_applicable = _clauses(str(row["marked"] or ""))
    return CardLine(
        id=CardId(str(row["id"])),
        revision=whole(row["revision"]),
        unit=replace(unit_of_card(row), district=str(row["district"] or "")),
        form=FormHash(str(row["form"])),
        season=str(row["season"]),
        policy=Policy(str(row["policy"])),
        date_to=date.fromisoformat(str(row["date_to"])),
        marked=marked,
        not_applicable=not_applicable,
        given=points_of(row["given"]),
        sealed=None if row["sealed"] is None else CardHash(str(row["sealed"])),
        delivery=None if row["counting"] is None else _delivery(row),
    )


@lru_cache(maxsize=1024)  # complete cards name the same clauses
def _clauses(text: str) -> tuple[frozenset[str], frozenset[str]]:
    named = text.split()
    absent = frozenset(name[1:] for name in named if name.startswith("/"))
    return frozenset(name.lstrip("/") for name in named), absent


def _delivery(row: Row) -> Delivery:
    verdict = None if row["verdict"] is None else Verdict(str(row["verdict"]))
    if verdict is None and row["received_in"]:
        verdict = Verdict.RECEIVED
    return Delivery(exported=bool(row["exported"]), verdict=verdict)
