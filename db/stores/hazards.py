"""Hazards (隐患): a row, its photos, its two reports and its history."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec.json import Decoder

from app.domain.card import CardId
from app.domain.evidence import Evidence
from app.domain.form import ClauseId
from app.domain.hazard import (
    Act,
    Contact,
    Doer,
    Grade,
    Hazard,
    HazardId,
    HazardState,
    Recipient,
    Report,
    Side,
    Step,
)
from app.domain.unit import UnitKey
from app.exchange.wire import EvidenceWire, evidence_from_wire
from db.engine import Connection, Row, Value
from db.stores.columns import time_text, whole

_NAMES = (
    "id",
    "unit_code",
    "sub_unit",
    "card_id",
    "clause",
    "text",
    "place",
    "grade",
    "measure",
    "person_name",
    "person_post",
    "telephone",
    "deadline",
    "state",
)
_COLUMNS = ", ".join(_NAMES)
_ADD = f"INSERT INTO hazard ({_COLUMNS}) VALUES ({', '.join('?' * len(_NAMES))})"
_UPDATE = f"UPDATE hazard SET ({_COLUMNS}) = ({', '.join('?' * len(_NAMES))}) WHERE id = ?1"
_HAZARD = f"""
    SELECT {_COLUMNS},
        (SELECT json_group_array(json_array(side, json_object('sha256', sha256, 'name', name,
            'media_type', media_type, 'size', size)) ORDER BY side, position)
         FROM hazard_photo WHERE hazard = hazard.id) AS photos,
        (SELECT json_group_array(json_array(recipient, name, day, how))
         FROM hazard_report WHERE hazard = hazard.id) AS reports,
        (SELECT json_group_array(json_array(act, who, at, remark) ORDER BY position)
         FROM hazard_step WHERE hazard = hazard.id) AS steps
    FROM hazard
"""
_UNSETTLED = "state NOT IN ('closed', 'withdrawn')"  # as the index has it
_GET = f"{_HAZARD} WHERE id = ?"
_OF_UNIT = f"{_HAZARD} WHERE unit_code = ? AND sub_unit = ? ORDER BY id"
_ALL_UNSETTLED = f"{_HAZARD} WHERE {_UNSETTLED} ORDER BY unit_code, sub_unit, id"
_COUNTS = f"""
    SELECT unit_code, sub_unit, count(*) AS open FROM hazard WHERE {_UNSETTLED}
    GROUP BY unit_code, sub_unit
"""
_CLEAR_PHOTOS = "DELETE FROM hazard_photo WHERE hazard = ? AND side = ?"
_ADD_PHOTO = """
    INSERT INTO hazard_photo (hazard, side, position, sha256, name, media_type, size)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_SET_REPORT = """
    INSERT INTO hazard_report (hazard, recipient, name, day, how) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name, day = excluded.day, how = excluded.how
"""
_ADD_STEP = """
    INSERT INTO hazard_step (hazard, position, act, who, at, remark) VALUES (?, ?, ?, ?, ?, ?)
"""
_PHOTOS = Decoder(list[tuple[Side, EvidenceWire]])
_REPORTS = Decoder(list[tuple[Recipient, str, date | None, str]])
_STEPS = Decoder(list[tuple[Act, str, datetime, str]])


class HazardStore:
    """Fulfils `app.ports.HazardStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, hazard: Hazard) -> None:
        """Keep a new hazard."""
        self._connection.execute(_ADD, _values(hazard))
        for side in Side:
            self._save_photos(hazard, side)
        self._save_reports(hazard, {})
        self._add_steps(hazard, 0)

    def save(self, before: Hazard, after: Hazard) -> None:
        """Keep what differs between two states of a hazard; its history only grows."""
        values = _values(after)
        if values != _values(before):
            self._connection.execute(_UPDATE, values)
        for side in Side:
            if before.photos(side) != after.photos(side):
                self._save_photos(after, side)
        self._save_reports(after, before.reports)
        self._add_steps(after, len(before.steps))

    def get(self, hazard_id: str) -> Hazard | None:
        """Return the hazard of this id."""
        return self._connection.one(_hazard, _GET, (hazard_id,))

    def of_unit(self, key: UnitKey) -> tuple[Hazard, ...]:
        """Return every hazard of a unit, oldest first."""
        return self._connection.each(_hazard, _OF_UNIT, (key.code, key.sub_unit))

    def unsettled(self) -> tuple[Hazard, ...]:
        """Return the hazards of all units neither closed nor withdrawn: by unit, oldest first."""
        return self._connection.each(_hazard, _ALL_UNSETTLED)

    def open_counts(self) -> Mapping[UnitKey, int]:
        """Return how many such hazards each unit has; units without one are left out."""
        return dict(self._connection.each(_count, _COUNTS))

    def _save_photos(self, hazard: Hazard, side: Side) -> None:
        self._connection.execute(_CLEAR_PHOTOS, (hazard.id, side))
        for position, photo in enumerate(hazard.photos(side)):
            self._connection.execute(
                _ADD_PHOTO,
                (
                    hazard.id,
                    side,
                    position,
                    photo.sha256,
                    photo.name,
                    photo.media_type,
                    photo.size,
                ),
            )

    def _save_reports(self, hazard: Hazard, before: Mapping[Recipient, Report]) -> None:
        for recipient, report in hazard.reports.items():
            if before.get(recipient) != report:
                day = report.on.isoformat() if report.on else None
                self._connection.execute(
                    _SET_REPORT, (hazard.id, recipient, report.to, day, report.how)
                )

    def _add_steps(self, hazard: Hazard, kept: int) -> None:
        for position, step in enumerate(hazard.steps[kept:], start=kept):
            at = time_text(step.by.at)
            self._connection.execute(
                _ADD_STEP, (hazard.id, position, step.act, step.by.who, at, step.remark)
            )


def _values(hazard: Hazard) -> tuple[Value, ...]:
    return (
        hazard.id,
        hazard.unit.code,
        hazard.unit.sub_unit,
        hazard.card_id,
        hazard.clause,
        hazard.text,
        hazard.place,
        hazard.grade,
        hazard.measure,
        hazard.person.name,
        hazard.person.post,
        hazard.person.telephone,
        hazard.deadline.isoformat() if hazard.deadline else None,
        hazard.state,
    )


def _hazard(row: Row) -> Hazard:
    card_id, clause, deadline = row["card_id"], row["clause"], row["deadline"]
    photos = _PHOTOS.decode(str(row["photos"]))
    return Hazard(
        id=HazardId(str(row["id"])),
        unit=_key(row),
        card_id=None if card_id is None else CardId(str(card_id)),
        clause=None if clause is None else ClauseId(str(clause)),
        text=str(row["text"]),
        place=str(row["place"]),
        grade=Grade(str(row["grade"])),
        measure=str(row["measure"]),
        person=Contact(
            name=str(row["person_name"]),
            post=str(row["person_post"]),
            telephone=str(row["telephone"]),
        ),
        deadline=None if deadline is None else date.fromisoformat(str(deadline)),
        state=HazardState(str(row["state"])),
        before=_of_side(photos, Side.BEFORE),
        after=_of_side(photos, Side.AFTER),
        reports={
            recipient: Report(to=to, on=day, how=how)
            for recipient, to, day, how in _REPORTS.decode(str(row["reports"]))
        },
        steps=_steps(str(row["steps"])),
    )


def _key(row: Row) -> UnitKey:
    return UnitKey(code=str(row["unit_code"]), sub_unit=str(row["sub_unit"]))


def _of_side(photos: list[tuple[Side, EvidenceWire]], side: Side) -> tuple[Evidence, ...]:
    return tuple(evidence_from_wire(photo) for taken, photo in photos if taken is side)


def _steps(text: str) -> tuple[Step, ...]:
    steps = tuple(
        Step(act=act, by=Doer(who=who, at=at), remark=remark)
        for act, who, at, remark in _STEPS.decode(text)
    )
    if not steps:
        raise ValueError(text)  # the first step raised it: without one the file is damaged
    return steps


def _count(row: Row) -> tuple[UnitKey, int]:
    return _key(row), whole(row["open"])
