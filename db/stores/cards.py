"""Cards: drafts as rows, sealed revisions as signed bytes. Rows of a sealed one are its index."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache

import msgspec
from msgspec.json import Decoder

from app.domain.card import (
    Card,
    CardHash,
    CardId,
    Mark,
    NotApplicable,
    OfficeName,
    Person,
    Policy,
    Previous,
    Scored,
    Source,
    Terms,
)
from app.domain.evidence import Evidence
from app.domain.form import ClauseId, FormHash, GuideHash
from app.domain.signature import Signatory, Signature
from app.domain.unit import UnitKey
from app.domain.visit import Opinion, Visit
from app.exchange.manner_wire import MannerWire, manner_from_wire, manner_to_wire
from app.exchange.visit_wire import (
    OpinionWire,
    VisitWire,
    opinion_from_wire,
    opinion_to_wire,
    visit_from_wire,
    visit_to_wire,
)
from app.exchange.wire import EvidenceWire, evidence_from_wire
from db.engine import Row, Value
from db.stores.card_lines import CardLines, unit_of_card
from db.stores.columns import hundredths, points_of, time_text, whole
from db.stores.units import facts_values

_ASSESSORS = list[tuple[str, str]]
_CARD_COLUMNS = """
    id, revision, rehearsal, office_code, office_name, season, form, guide, step_hundredths,
    policy, unit_code, sub_unit, unit_name, workers, women, migrant, hazard_exposed, high_risk,
    date_from, date_to, assessors, previous_hash, previous_scores_hash, previous_reason, visit,
    opinion
"""
_ADD = f"INSERT INTO card ({_CARD_COLUMNS}) VALUES ({', '.join('?' * 26)})"
_UPDATE = """
    UPDATE card SET rehearsal = ?3, office_code = ?4, office_name = ?5, season = ?6, form = ?7,
        guide = ?8, step_hundredths = ?9, policy = ?10, unit_code = ?11, sub_unit = ?12,
        unit_name = ?13, workers = ?14, women = ?15, migrant = ?16, hazard_exposed = ?17,
        high_risk = ?18, date_from = ?19, date_to = ?20, assessors = ?21, previous_hash = ?22,
        previous_scores_hash = ?23, previous_reason = ?24, visit = ?25, opinion = ?26
    WHERE id = ?1 AND revision = ?2
"""
# One query for a whole card: it is read again with every key stroke.
_CARD = f"""
    SELECT {_CARD_COLUMNS},
        (SELECT json_group_array(json_array(clause, hundredths, reason, source))
         FROM clause_mark
         WHERE card_id = card.id AND revision = card.revision) AS marks,
        (SELECT json_group_array(json_array(clause, json_object('sha256', sha256, 'name', name,
            'media_type', media_type, 'size', size)) ORDER BY clause, position)
         FROM clause_evidence
         WHERE card_id = card.id AND revision = card.revision) AS evidence,
        (SELECT json_group_array(json_array(signatory, name, at, json(manner), header_hash,
            scores_hash) ORDER BY position)
         FROM card_signature
         WHERE card_id = card.id AND revision = card.revision) AS signatures
    FROM card
"""
_NEWEST = f"{_CARD} WHERE id = ? ORDER BY revision DESC LIMIT 1"
_REVISION = f"{_CARD} WHERE id = ? AND revision = ?"
_DRAFTS = f"{_CARD} WHERE sealed IS NULL ORDER BY id"
_DRAFTS_OF = f"{_CARD} WHERE sealed IS NULL AND unit_code = ? AND sub_unit = ? ORDER BY id"
# Ids are in order of time: who was out last comes first.
_KNOWN_ASSESSORS = """
    SELECT each.value ->> 0 AS name, each.value ->> 1 AS post
    FROM card, json_each(card.assessors) AS each
    GROUP BY name, post
    ORDER BY max(card.id) DESC, name
    LIMIT 50
"""
_MARKS = Decoder(list[tuple[ClauseId, int | None, str, Source]])
_EVIDENCE = Decoder(list[tuple[ClauseId, EvidenceWire]])
_VISIT = Decoder(VisitWire)
_OPINION = Decoder(OpinionWire)
_SIGNATURES = Decoder(list[tuple[Signatory, str, datetime, MannerWire, str, str]])
_SET_MARK = """
    INSERT INTO clause_mark (card_id, revision, clause, hundredths, reason, source)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET hundredths = excluded.hundredths, reason = excluded.reason,
        source = excluded.source
"""
_CLEAR_MARK = "DELETE FROM clause_mark WHERE card_id = ? AND revision = ? AND clause = ?"
_CLEAR_EVIDENCE = "DELETE FROM clause_evidence WHERE card_id = ? AND revision = ? AND clause = ?"
_SET_EVIDENCE = """
    INSERT INTO clause_evidence
        (card_id, revision, clause, position, sha256, name, media_type, size)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_CLEAR_SIGNATURES = "DELETE FROM card_signature WHERE card_id = ? AND revision = ?"
_SET_SIGNATURE = """
    INSERT INTO card_signature (card_id, revision, position, signatory, name, at, manner,
        header_hash, scores_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


_ELSEWHERE = {"marks", "evidence", "signatures"}  # they have rows of their own
_OF_THE_ROW = tuple(each.name for each in fields(Card) if each.name not in _ELSEWHERE)


class DraftRows(CardLines):
    """The rows of cards: what the desk writes to with every key, and the index of sealed ones."""

    def add(self, card: Card) -> None:
        """Keep a new revision with everything in it."""
        self._connection.execute(_ADD, _card_values(card))
        self._save_marks(card, {})
        self._save_evidence(card, {})
        self._save_signatures(card)

    def save(self, before: Card, after: Card) -> None:
        """Keep what differs between two states of the same revision."""
        if not _is_only_scored(before, after):
            self._connection.execute(_UPDATE, _card_values(after))
        self._save_marks(after, before.marks)
        self._save_evidence(after, before.evidence)
        if before.signatures != after.signatures:
            self._connection.execute(_CLEAR_SIGNATURES, (after.id, after.revision))
            self._save_signatures(after)

    def get(self, card_id: str) -> Card | None:
        """Return the newest revision."""
        return self._connection.one(_card, _NEWEST, (card_id,))

    def revision(self, card_id: str, revision: int) -> Card | None:
        """Return one revision, as its rows have it."""
        return self._connection.one(_card, _REVISION, (card_id, revision))

    def drafts_of(self, key: UnitKey) -> tuple[Card, ...]:
        """Return the unsealed cards of a unit."""
        return self._connection.each(_card, _DRAFTS_OF, (key.code, key.sub_unit))

    def drafts(self) -> tuple[Card, ...]:
        """Return all unsealed cards."""
        return self._connection.each(_card, _DRAFTS)

    def assessors(self) -> tuple[Person, ...]:
        """Return who assessed before, at most 50, those of the newest cards first."""
        return self._connection.each(_person, _KNOWN_ASSESSORS)

    def _save_marks(self, card: Card, before: Mapping[ClauseId, Mark]) -> None:
        for clause, mark in card.marks.items():
            held = before.get(clause)
            if held is not mark and held != mark:
                self._connection.execute(
                    _SET_MARK, (card.id, card.revision, clause, *_mark_values(mark))
                )
        for clause in before.keys() - card.marks.keys():
            self._connection.execute(_CLEAR_MARK, (card.id, card.revision, clause))

    def _save_evidence(self, card: Card, before: Mapping[ClauseId, tuple[Evidence, ...]]) -> None:
        for clause in before.keys() | card.evidence.keys():
            kept = card.evidence.get(clause, ())
            if before.get(clause, ()) == kept:
                continue
            self._connection.execute(_CLEAR_EVIDENCE, (card.id, card.revision, clause))
            for position, each in enumerate(kept):
                self._connection.execute(
                    _SET_EVIDENCE,
                    (
                        card.id,
                        card.revision,
                        clause,
                        position,
                        each.sha256,
                        each.name,
                        each.media_type,
                        each.size,
                    ),
                )

    def _save_signatures(self, card: Card) -> None:
        for position, signature in enumerate(card.signatures):
            self._connection.execute(
                _SET_SIGNATURE,
                (
                    card.id,
                    card.revision,
                    position,
                    signature.signatory,
                    signature.name,
                    time_text(signature.at),
                    _json(manner_to_wire(signature.manner)),
                    signature.header_hash,
                    signature.scores_hash,
                ),
            )


def terms_of(row: Row) -> Terms:
    """Return the terms of a row that has their four columns."""
    return _terms(
        str(row["form"]), str(row["guide"]), whole(row["step_hundredths"]), str(row["policy"])
    )


@lru_cache(maxsize=64)  # as with marks: the terms of a card are the same with every stroke
def _terms(form: str, guide: str, step: int, policy: str) -> Terms:
    return Terms(
        form=FormHash(form), guide=GuideHash(guide), step=points_of(step), policy=Policy(policy)
    )


def _is_only_scored(before: Card, after: Card) -> bool:
    """Tell whether what a card's own row holds is the same: not even compared, with a stroke."""
    return all(getattr(before, name) is getattr(after, name) for name in _OF_THE_ROW)


def _card_values(card: Card) -> tuple[Value, ...]:
    previous = card.previous
    return (
        card.id,
        card.revision,
        int(card.rehearsal),
        card.office.code,
        card.office.name,
        card.season,
        card.terms.form,
        card.terms.guide,
        hundredths(card.terms.step),
        card.terms.policy,
        card.unit.key.code,
        card.unit.key.sub_unit,
        card.unit.name,
        *facts_values(card.unit.facts),
        card.date_from.isoformat(),
        card.date_to.isoformat(),
        _json([(person.name, person.post) for person in card.assessors]),
        previous.hash if previous else None,
        previous.scores_hash if previous else None,
        previous.reason if previous else None,
        None if card.visit is None else _json(visit_to_wire(card.visit)),
        None if card.opinion is None else _json(opinion_to_wire(card.opinion)),
    )


def _card(row: Row) -> Card:
    return Card(
        id=CardId(str(row["id"])),
        revision=whole(row["revision"]),
        rehearsal=bool(row["rehearsal"]),
        office=OfficeName(code=str(row["office_code"]), name=str(row["office_name"])),
        season=str(row["season"]),
        terms=terms_of(row),
        unit=unit_of_card(row),
        date_from=date.fromisoformat(str(row["date_from"])),
        date_to=date.fromisoformat(str(row["date_to"])),
        assessors=tuple(
            Person(name=name, post=post)
            for name, post in msgspec.json.decode(str(row["assessors"]), type=_ASSESSORS)
        ),
        marks=_marks(str(row["marks"])),
        evidence=_evidence(str(row["evidence"])),
        signatures=_signatures(str(row["signatures"])),
        previous=_previous(row),
        visit=_visit(row),
        opinion=_opinion(row),
    )


def _person(row: Row) -> Person:
    return Person(name=str(row["name"]), post=str(row["post"]))


def _mark_values(mark: Mark) -> tuple[Value, ...]:
    points = hundredths(mark.points) if isinstance(mark, Scored) else None
    return (points, mark.reason, mark.source)


def _marks(text: str) -> dict[ClauseId, Mark]:
    return {clause: _mark(*mark) for clause, *mark in _MARKS.decode(text)}


@lru_cache(maxsize=1024)  # a card is read with every key stroke, and its marks are mostly the same
def _mark(points: int | None, reason: str, source: Source) -> Mark:
    if points is None:
        return NotApplicable(reason=reason, source=source)
    return Scored(points=points_of(points), reason=reason, source=source)


def _evidence(text: str) -> dict[ClauseId, tuple[Evidence, ...]]:
    evidence: dict[ClauseId, tuple[Evidence, ...]] = {}
    for clause, kept in _EVIDENCE.decode(text):
        evidence[clause] = (*evidence.get(clause, ()), evidence_from_wire(kept))
    return evidence


def _signatures(text: str) -> tuple[Signature, ...]:
    return tuple(
        Signature(
            signatory=signatory,
            name=name,
            at=at,
            manner=manner_from_wire(manner),
            header_hash=header_hash,
            scores_hash=scores_hash,
        )
        for signatory, name, at, manner, header_hash, scores_hash in _SIGNATURES.decode(text)
    )


def _visit(row: Row) -> Visit | None:
    text = row["visit"]
    return None if text is None else visit_from_wire(_VISIT.decode(str(text)))


def _opinion(row: Row) -> Opinion | None:
    text = row["opinion"]
    return None if text is None else opinion_from_wire(_OPINION.decode(str(text)))


def _json(value: msgspec.Struct | list[tuple[str, str]]) -> str:
    return msgspec.json.encode(value).decode()


def _previous(row: Row) -> Previous | None:
    if row["previous_hash"] is None:
        return None
    return Previous(
        hash=CardHash(str(row["previous_hash"])),
        scores_hash=str(row["previous_scores_hash"]),
        reason=str(row["previous_reason"]),
    )
