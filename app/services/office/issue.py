"""下达任务: the units an inspector is to assess, in one package with the office's profile.

A card's id is made here, once for a unit and season: two inspectors given the same unit fill the
same card. What is given out is only ever added to or marked as taken back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.crypto.age import AgeRecipient
from app.domain.assignment import Assignment
from app.domain.card import CardId, Person
from app.domain.delivery import Verdict
from app.domain.keyring import CredentialKind, IssuedCertificate
from app.domain.moment import local_date
from app.domain.names import LONGEST_TEXT, clean_name, clean_text
from app.domain.trail import AuditEntry
from app.domain.unit import Unit, UnitKey
from app.errors import AppError, Code
from app.exchange.assignment import assignment_bytes, assignment_counts
from app.exchange.head import Head, Kind
from app.exchange.naming import ASSIGNMENT, PROFILE
from app.exchange.writer import Entry
from app.reports.typeset.fonts import load_fonts
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.forms import current_form
from app.services.desk.standing import own_office
from app.services.keys.trust import refuse_unbelievable
from app.services.keys.unlock import Unlocked
from app.services.office.authority import present_profile
from app.services.packages.submit import Consignment, next_head, pack, sent_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked: these units until this day, with whom (lead first), and why.

    Without a `team` the inspector is named alone.
    """

    units: Sequence[Unit]
    due: date
    team: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """An assignment about to be packed, and to whom."""

    inspector: IssuedCertificate
    tasks: tuple[Assignment, ...]
    consignment: Consignment


def find_inspector(desk: Desk, named: str) -> IssuedCertificate:
    """Return the inspector a person means, by name or by the serial of his certificate.

    Raises:
        AppError: OFFICE_MISSING, INSPECTOR_UNKNOWN, INSPECTOR_AMBIGUOUS (two of a name),
            CERTIFICATE_REVOKED.

    """
    own_office(desk)
    name = clean_name(named)
    issued = desk.workspace.office.issued()
    found = [each for each in issued if each.serial == name.lower()]
    found = found or [each for each in issued if each.name == name]
    if not found:
        raise AppError(Code.INSPECTOR_UNKNOWN, inspector=name)
    valid = [each for each in found if each.revoked_at is None]
    if len(valid) > 1:
        serials = " ".join(each.serial for each in valid)
        raise AppError(Code.INSPECTOR_AMBIGUOUS, inspector=name, serials=serials)
    if not valid:
        raise _revoked(found[-1])
    return valid[0]


def plan_assignment(
    desk: Desk, order: Order, inspector: IssuedCertificate, unlocked: Unlocked
) -> Dispatch:
    """Lay out an assignment; nothing is written yet but a new profile where rules were set since.

    The ids of new cards are kept by `note_issued`: one inspector is done with before the next.

    Raises:
        AppError: OFFICE_MISSING, NOTHING_TO_ASSIGN, NAME_EMPTY, NAME_TOO_LONG, GLYPH_MISSING (a
            name no card could be printed with), and what `refuse_unbelievable` raises.

    """
    _refuse_wrong_hands(desk, unlocked)
    team, note, season = _team(desk, order, inspector), clean_text(order.note), _season(desk)
    head = next_head(desk, Kind.ASSIGNMENT, recipient=inspector.serial)
    cards = desk.workspace.assignments.issued_cards(season)
    last, hazards = _LastCards(desk), _open_hazards(desk)
    tasks = []
    for unit in {unit.key: unit for unit in order.units}.values():
        card = cards.get(unit.key) or CardId(desk.ids.new())
        total, day = last.of(unit.key, but=card)
        tasks.append(
            Assignment(
                card=card,
                season=season,
                unit=unit.on_card,
                due=order.due,
                team=team,
                note=note,
                last_total=total,
                last_date=day,
                open_hazards=tuple(hazards.get(unit.key, ())),
                issued_at=head.created,
                number=head.sequence,
            )
        )
    return _dispatch(desk, inspector, tasks, head, unlocked)


def plan_withdrawal(
    desk: Desk, units: Sequence[Unit], inspector: IssuedCertificate, unlocked: Unlocked
) -> Dispatch:
    """Lay out an assignment that takes units back: they stay on the laptop, marked.

    Raises:
        AppError: ASSIGNMENT_UNKNOWN for a unit he was not given this season, and as
            `plan_assignment`.

    """
    _refuse_wrong_hands(desk, unlocked)
    head, season = next_head(desk, Kind.ASSIGNMENT, recipient=inspector.serial), _season(desk)
    given = {
        task.unit.key: task
        for task in desk.workspace.assignments.issued_to(inspector.serial)
        if task.season == season
    }
    tasks = []
    for unit in {unit.key: unit for unit in units}.values():
        if unit.key not in given:
            raise AppError(Code.ASSIGNMENT_UNKNOWN, unit=unit.name, inspector=inspector.name)
        tasks.append(
            replace(given[unit.key], withdrawn=True, issued_at=head.created, number=head.sequence)
        )
    return _dispatch(desk, inspector, tasks, head, unlocked)


def note_issued(desk: Desk, dispatch: Dispatch, digest: str) -> Changes:
    """Remember an assignment that stands on its medium, and what it gave to whom."""
    workspace, serial = desk.workspace, dispatch.inspector.serial
    entry = AuditEntry(
        action=f"package.{Kind.ASSIGNMENT}",
        subject=dispatch.consignment.head.package_id,
        details={"inspector": serial, "units": str(len(dispatch.tasks))},
    )
    with workspace.change(entry):
        workspace.packages.add(sent_record(desk, dispatch.consignment, digest))
        for task in dispatch.tasks:
            workspace.assignments.put_issued(serial, task)
    return changed(Noun.ASSIGNMENTS, Noun.PACKAGES)


def issue(desk: Desk, path: Path, dispatch: Dispatch, unlocked: Unlocked) -> tuple[str, Changes]:
    """Pack and remember in one go, as the command line does; return the digest."""
    digest = pack(dispatch.consignment, path, unlocked)
    return digest, note_issued(desk, dispatch, digest)


class _LastCards:
    """The newest card the office holds of each unit, those it returned left out."""

    def __init__(self, desk: Desk) -> None:
        workspace = desk.workspace
        sums = {each.hash: each.base + each.bonus for each in workspace.cards.all_sealed()}
        decisions = workspace.decisions.all()
        self._cards: dict[UnitKey, list[tuple[date, CardId, Decimal]]] = {}
        for line in workspace.cards.lines():
            if line.sealed is None:
                continue
            decision = decisions.get(line.sealed)
            if decision is None or decision.verdict is not Verdict.RETURNED:
                card = (line.date_to, line.id, sums[line.sealed])
                self._cards.setdefault(line.unit.key, []).append(card)

    def of(self, key: UnitKey, *, but: CardId) -> tuple[Decimal | None, date | None]:
        """Return total and date of a unit's last card, the one to be filled now left out."""
        earlier = [card for card in self._cards.get(key, []) if card[1] != but]
        if not earlier:
            return None, None
        day, _, total = max(earlier)
        return total, day


def _open_hazards(desk: Desk) -> Mapping[UnitKey, Sequence[str]]:
    """Return a line for each hazard known here that is not settled, by unit."""
    found: dict[UnitKey, list[str]] = {}
    for hazard in desk.workspace.hazards.unsettled():
        line = clean_text("：".join(filter(None, (hazard.place, hazard.text)))[:LONGEST_TEXT])
        if line:
            found.setdefault(hazard.unit, []).append(line)
    return found


def _dispatch(
    desk: Desk,
    inspector: IssuedCertificate,
    tasks: Sequence[Assignment],
    head: Head,
    unlocked: Unlocked,
) -> Dispatch:
    """Put tasks and profile into one consignment, the units in their order."""
    if not tasks:
        raise AppError(Code.NOTHING_TO_ASSIGN)
    ordered = sorted(tasks, key=lambda task: (task.unit.key.code, task.unit.key.sub_unit))
    consignment = Consignment(
        head=replace(head, counts=assignment_counts(ordered)),
        entries=(
            Entry(name=ASSIGNMENT, content=assignment_bytes(ordered)),
            Entry(name=PROFILE, content=present_profile(desk, unlocked)),
        ),
        recipients=(AgeRecipient(inspector.age_recipient), unlocked.age.recipient),
        items=(),
    )
    return Dispatch(inspector=inspector, tasks=tuple(ordered), consignment=consignment)


def _team(desk: Desk, order: Order, inspector: IssuedCertificate) -> tuple[Person, ...]:
    posts = {each.name: each.post for each in desk.workspace.office.issued()}
    posts[inspector.name] = inspector.post
    names = tuple(map(clean_name, order.team)) or (inspector.name,)
    fonts = load_fonts(desk.resources / "fonts")
    for name in names:
        fonts.require_glyphs(name, "team")
    return tuple(Person(name=name, post=posts.get(name, "")) for name in dict.fromkeys(names))


def _season(desk: Desk) -> str:
    return current_form(desk).edition


def _refuse_wrong_hands(desk: Desk, unlocked: Unlocked) -> None:
    """Raise unless it is the office that signs, and would be believed now."""
    own_office(desk)
    refuse_unbelievable(desk, unlocked.identity)
    if unlocked.kind is not CredentialKind.OFFICE:
        raise AppError(Code.OFFICE_MISSING)


def _revoked(issued: IssuedCertificate) -> AppError:
    day = local_date(issued.revoked_at).isoformat() if issued.revoked_at else ""
    return AppError(Code.CERTIFICATE_REVOKED, name=issued.name, serial=issued.serial, date=day)
