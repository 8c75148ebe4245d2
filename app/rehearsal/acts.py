"""The acts of the demo: what office and inspectors do on the stage, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.card import CardId
from app.domain.delivery import Outcome
from app.domain.form import ClauseId
from app.domain.keyring import CredentialKind
from app.domain.office import Level
from app.domain.points import points_text
from app.domain.sealed import SealedCard
from app.domain.unit import Fact, UnitFacts
from app.files import write_whole
from app.rehearsal.chance import SEED, dice
from app.rehearsal.crew import (
    Inspector,
    begin_visit,
    correct,
    disputable,
    post,
    score_visit,
    seal_round,
)
from app.rehearsal.people import person_name
from app.rehearsal.stage import CREWS, OFFICE, Stage, Step
from app.rehearsal.units import Size, units
from app.rehearsal.visits import Visit
from app.reports.card.wording import unit_title
from app.services.keys.trust import use_identity
from app.services.keys.unlock import Unlocked, unlock
from app.services.office.authority import enroll, export_keys, found_office, publish_profile
from app.services.office.decide import accept_cards, return_card
from app.services.office.rank import ranking, write_summary_sheet
from app.services.office.receipts import write_receipts
from app.services.packages.take_in import take_in
from app.services.seal.seal import write_pdf
from app.services.units.register import add_unit, export_sheet, read_sheet, set_facts, take_sheet

_OFFICE_NAME, _OFFICE_CODE = "练习区安康杯竞赛组委会办公室", "440300-LX"
_POST = "工会劳动保护监督检查员"

Done = tuple[Visit, CardId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A card the office sent back: the clause in question, and why."""

    visit: Visit
    card: CardId
    clause: ClauseId
    reason: str


def set_up_office(stage: Stage) -> Unlocked:
    """Found the office and open its key."""
    passphrase = stage.passphrases[OFFICE]
    found_office(
        stage.office,
        name=_OFFICE_NAME,
        code=_OFFICE_CODE,
        level=Level.DISTRICT,
        rehearsal=True,
        passphrase=passphrase,
    )
    stage.tell(Step.OFFICE, name=_OFFICE_NAME, code=_OFFICE_CODE)
    return unlock(stage.office, CredentialKind.OFFICE, passphrase)


def enrol(stage: Stage, place: str, own_visits: tuple[Visit, ...]) -> Inspector:
    """Enrol an inspector, who takes the credential into use in a workspace of his own."""
    name, own = own_visits[0].team[0], stage.passphrases[place]
    enrolled, _ = enroll(
        stage.office,
        name=name,
        post=_POST,
        passphrase=stage.passphrases[OFFICE],
        identity_passphrase=own,
    )
    write_whole(stage.folder / f"{place}.akid", enrolled.credential, private=True)
    desk = stage.desks[place]
    use_identity(desk, enrolled.credential, own)
    stage.tell(Step.INSPECTOR, name=name, place=place)
    unlocked = unlock(desk, CredentialKind.INSPECTOR, own)
    return Inspector(name=name, desk=desk, unlocked=unlocked, visits=own_visits, seed=SEED)


def hand_out(stage: Stage) -> None:
    """Leave the office's profile, and its keys for public tools."""
    passphrase = stage.passphrases[OFFICE]
    _, profile = publish_profile(stage.office, passphrase)
    write_whole(stage.folder / "office.akprofile", profile)
    export_keys(stage.office, stage.folder / "keys", passphrase)


def register(stage: Stage) -> None:
    """Register the units at the office; the inspectors get them as a sheet."""
    for unit in units(Size.DEMO, seed=SEED):
        code, sub_unit = unit.key.code, unit.key.sub_unit
        add_unit(stage.office, name=unit.name, code=code, sub_unit=sub_unit)
        set_facts(stage.office, code=code, sub_unit=sub_unit, typed=_typed(unit.facts))
    sheet = stage.folder / "units.xlsx"
    count = export_sheet(stage.office, sheet)
    for name in CREWS:
        take_sheet(stage.desks[name], read_sheet(sheet))
    stage.tell(Step.UNITS, count=count)


def _typed(facts: UnitFacts) -> dict[str, str]:
    return {
        Fact.WORKERS: str(facts.workers),
        Fact.WOMEN: str(facts.women),
        Fact.MIGRANT: str(facts.migrant),
        Fact.HAZARD_EXPOSED: str(facts.hazard_exposed),
        Fact.HIGH_RISK: "yes" if facts.high_risk else "no",
    }


def go_round(stage: Stage, inspector: Inspector) -> list[Done]:
    """Seal and print all visits of an inspector but the last."""
    done = []
    for visit, sealed in seal_round(inspector):
        _print(stage, inspector, visit, sealed)
        done.append((visit, sealed.index.id))
    return done


def _print(stage: Stage, inspector: Inspector, visit: Visit, sealed: SealedCard) -> None:
    index = sealed.index
    write_pdf(inspector.desk, index.id, stage.pdf(visit.unit, index.revision))
    total = points_text(index.base + index.bonus)
    stage.tell(Step.SEALED, unit=unit_title(visit.unit), revision=index.revision, total=total)


def leave_open(stage: Stage, first: Inspector, second: Inspector) -> None:
    """Leave one card half scored and one complete but not signed."""
    begin_visit(first, first.visits[-1])
    stage.tell(Step.DRAFT, unit=unit_title(first.visits[-1].unit))
    score_visit(second, second.visits[-1])
    stage.tell(Step.UNSIGNED, unit=unit_title(second.visits[-1].unit))


def send(stage: Stage, inspector: Inspector, unlocked: Unlocked) -> Path:
    """Write a package of an inspector's new cards, and take it in at the office."""
    package = post(inspector, stage.folder / "packages")
    taken, _ = take_in(stage.office, package, unlocked)
    count = len(taken.with_outcome(Outcome.ACCEPTED))
    stage.tell(Step.SENT, package=package.name, count=count)
    return package


def send_twice(stage: Stage, package: Path, unlocked: Unlocked) -> None:
    """Take a package in once more: nothing changes."""
    taken, _ = take_in(stage.office, package, unlocked)
    count = len(taken.with_outcome(Outcome.DUPLICATE))
    stage.tell(Step.SENT_TWICE, package=package.name, count=count)


def decide(stage: Stage, rounds: Sequence[Sequence[Done]]) -> Returned:
    """Return the first card that lost points, leave the last one waiting, accept the others."""
    sealed = [card for done in rounds for _, card in done]
    returned = next(filter(None, (_returned(*done) for done in rounds[0])))
    accepted = [card for card in sealed[:-1] if card != returned.card]
    accept_cards(stage.office, accepted)
    return_card(stage.office, returned.card, reason=returned.reason)
    stage.tell(Step.DECIDED, accepted=len(accepted), returned=1, waiting=1)
    return returned


def _returned(visit: Visit, card: CardId) -> Returned | None:
    clause = disputable(visit)
    if clause is None:
        return None
    reason = f"{clause} 的扣分与单位提交的资料不符，请核实后重新报送"
    return Returned(visit=visit, card=card, clause=clause, reason=reason)


def answer(stage: Stage, crews: Sequence[Inspector], unlocked: Unlocked) -> None:
    """Write the receipts and bring each to its inspector."""
    written, _ = write_receipts(stage.office, stage.folder / "receipts", unlocked)
    reader = {inspector.name: inspector for inspector in crews}
    for receipt in written:
        inspector = reader[receipt.person]
        take_in(inspector.desk, receipt.path, inspector.unlocked)
        stage.tell(Step.ANSWERED, name=receipt.person, count=receipt.cards)


def revise(stage: Stage, inspector: Inspector, returned: Returned, unlocked: Unlocked) -> None:
    """Correct a returned card, send the new revision and have it accepted."""
    sealed = correct(
        inspector,
        returned.visit,
        returned.card,
        clause=returned.clause,
        reason=f"竞赛办退回补正：{returned.reason}",
    )
    _print(stage, inspector, returned.visit, sealed)
    send(stage, inspector, unlocked)
    accept_cards(stage.office, [returned.card])
    stage.tell(Step.REVISED, unit=unit_title(returned.visit.unit), revision=sealed.index.revision)


def sum_up(stage: Stage) -> None:
    """Rank what was accepted and write the summary."""
    order = ranking(stage.office)
    clerk = person_name(dice(SEED, "clerk"))
    write_summary_sheet(stage.office, stage.folder / "summary.xlsx", prepared_by=clerk)
    stage.tell(Step.RANKED, count=len(order.ranked), left_out=len(order.left_out))
