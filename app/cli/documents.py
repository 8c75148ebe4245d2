"""The JSON documents the command line answers with. docs/cli.md describes them field by field."""

from typing import TYPE_CHECKING

from msgspec import to_builtins

from app.cli.console import Json
from app.domain.card import Card, Mark, NotApplicable, Scored
from app.domain.checks import Finding
from app.domain.delivery import Outcome
from app.domain.form import Clause
from app.domain.keyring import TrustedOffice
from app.domain.points import ZERO, points_text
from app.domain.ranking import Ranking
from app.domain.scoring import awarded
from app.domain.signature import Absent, Ink, Manner, Paper, Pending, Refused, Signature
from app.domain.supplement import LateEvidence, LateSignature, SealedSupplement
from app.domain.unit import Unit
from app.exchange.moments import moment_text
from app.exchange.visit_wire import opinion_to_wire, visit_to_wire
from app.services.cards.view import CardView, ListedCard

if TYPE_CHECKING:
    from app.services.packages.assigned import TaskCounts
    from app.services.packages.take_in import Imported

Document = dict[str, Json]


def unit_document(unit: Unit) -> Document:
    """Return a unit with its facts; unknown facts are null."""
    facts = unit.facts
    return {
        "code": unit.key.code,
        "sub_unit": unit.key.sub_unit,
        "name": unit.name,
        "facts": {
            "workers": facts.workers,
            "women": facts.women,
            "migrant": facts.migrant,
            "hazard_exposed": facts.hazard_exposed,
            "high_risk": facts.high_risk,
        },
    }


def listed_document(listed: ListedCard) -> Document:
    """Return a card of a list."""
    line = listed.line
    return {
        "id": line.id,
        "state": listed.state.value,
        "revision": line.revision,
        "unit": unit_document(line.unit),
        "date": line.date_to.isoformat(),
    }


def card_document(view: CardView) -> Document:
    """Return everything about a card's newest revision."""
    card, form, sums = view.card, view.form, view.totals
    cells = {cell.row.id: cell for cell in sums.cells}
    return {
        "id": card.id,
        "revision": card.revision,
        "state": view.state.value,
        "sealed": view.sealed is not None,
        "hash": view.sealed.hash if view.sealed else None,
        "returned_for": view.reason or None,
        "rehearsal": card.rehearsal,
        "unit": unit_document(card.unit),
        "office": {"code": card.office.code, "name": card.office.name},
        "season": card.season,
        "date_from": card.date_from.isoformat(),
        "date_to": card.date_to.isoformat(),
        "form": {"id": form.id, "hash": form.hash},
        "guide": {"id": view.guide.id, "hash": view.guide.hash},
        "step": points_text(card.terms.step),
        "policy": card.terms.policy.value,
        "base": points_text(sums.base),
        "bonus": points_text(sums.bonus),
        "total": points_text(sums.total),
        "converted": points_text(sums.converted),
        "sections": [
            {
                "id": section.id,
                "name": section.name,
                "max": points_text(section.points),
                "awarded": points_text(sum((cells[row.id].points for row in section.rows), ZERO)),
                "bonus": section.bonus,
            }
            for section in form.sections
        ],
        "rows": [
            {
                "id": cell.row.id,
                "max": points_text(cell.row.points),
                "cell": cell.text,
                "awarded": points_text(cell.points),
            }
            for cell in sums.cells
        ],
        "clauses": [_clause(card, clause) for clause in form.clauses],
        "signatures": [_signature(signature) for signature in card.signatures],
        "pending": [{"role": held.signatory.value, "name": held.name} for held in view.pending],
        "supplements": [_supplement(held) for held in view.supplements],
        "previous": _previous(card),
        "visit": None if card.visit is None else to_builtins(visit_to_wire(card.visit)),
        "opinion": None if card.opinion is None else to_builtins(opinion_to_wire(card.opinion)),
    }


def finding_document(finding: Finding) -> Document:
    """Return one thing to look at again."""
    return {"hint": finding.hint.value, "clause": finding.clause, "blocks": finding.blocks}


def imported_document(imported: "Imported") -> Document:
    """Return what became of a package; what is no list counts records."""
    return {
        "package_id": imported.package_id,
        "kind": imported.kind.value,
        "sender": imported.sender,
        "accepted": len(imported.with_outcome(Outcome.ACCEPTED)),
        "duplicates": len(imported.with_outcome(Outcome.DUPLICATE)),
        "set_aside": [
            {"id": item.card, "code": item.reason}
            for item in imported.with_outcome(Outcome.SET_ASIDE)
        ],
        "conflicts": len(imported.with_outcome(Outcome.CONFLICT)),
        "in_conflict": [
            {"id": item.card, "hash": item.hash}
            for item in imported.with_outcome(Outcome.CONFLICT)
        ],
        "unit_twice": list(imported.twice),
        "missing": list(imported.missing),
        "cards": list(dict.fromkeys(item.card for item in imported.items)),
        "tasks": None if imported.tasks is None else _tasks(imported.tasks),
    }


def _tasks(counts: "TaskCounts") -> Document:
    return {
        "added": counts.added,
        "renewed": counts.renewed,
        "withdrawn": counts.withdrawn,
        "unchanged": counts.unchanged,
    }


def ranking_document(ranking: Ranking) -> Document:
    """Return the ranking and what is left out of it."""
    return {
        "ranking": [
            {
                "rank": ranked.rank,
                "id": ranked.entry.card,
                "unit_code": ranked.entry.unit.code,
                "sub_unit": ranked.entry.unit.sub_unit,
                "unit": ranked.entry.name,
                "base": points_text(ranked.entry.base),
                "bonus": points_text(ranked.entry.bonus),
                "total": points_text(ranked.entry.total),
            }
            for ranked in ranking.ranked
        ],
        "left_out": [{"id": card, "why": why.value} for card, why in ranking.left_out],
    }


def trusted_document(trusted: TrustedOffice) -> Document:
    """Return an office trusted here."""
    return {
        "code": trusted.office.name.code,
        "name": trusted.office.name.name,
        "level": trusted.office.level.value,
        "fingerprint": trusted.fingerprint,
        "number": trusted.number,
        "rehearsal": trusted.rehearsal,
    }


def _clause(card: Card, clause: Clause) -> Document:
    mark = card.marks.get(clause.id)
    given = awarded(clause, mark, card.terms.policy)
    return {
        "id": clause.id,
        "max": points_text(clause.points),
        "awarded": None if given is None else points_text(given),
        "status": _status(mark),
        "reason": mark.reason if mark else "",
        "source": mark.source.value if mark else None,
        "evidence": [kept.sha256 for kept in card.evidence.get(clause.id, ())],
    }


def _status(mark: Mark | None) -> str:
    match mark:
        case Scored():
            return "scored"
        case NotApplicable():
            return "not_applicable"
        case None:
            return "open"


def _signature(signature: Signature) -> Document:
    return {
        "role": signature.signatory.value,
        "name": signature.name,
        "kind": manner_kind(signature.manner),
        "at": moment_text(signature.at),
        "over": {"header": signature.header_hash, "scores": signature.scores_hash},
        **_particulars(signature.manner),
    }


def manner_kind(manner: Manner) -> str:
    """Return the word for a manner of signing."""
    match manner:
        case Ink():
            return "ink"
        case Paper():
            return "paper"
        case Refused():
            return "refused"
        case Absent():
            return "absent"
        case Pending():
            return "pending"


def _particulars(manner: Manner) -> Document:
    match manner:
        case Refused() | Absent():
            return {"why": manner.why, "witness": manner.witness}
        case Paper():
            return {"scan": manner.scan.sha256}
        case Ink():
            return {"strokes": len(manner.strokes)}
        case Pending():
            return {"by": manner.by.isoformat()} if manner.by else {}


def _supplement(held: SealedSupplement) -> Document:
    document: Document = {"hash": held.hash, "at": moment_text(held.supplement.at)}
    match held.supplement.addition:
        case LateSignature(signature=signature):
            return {**document, "signature": _signature(signature)}
        case LateEvidence(clause=clause, files=files):
            return {**document, "clause": clause, "evidence": [file.sha256 for file in files]}


def _previous(card: Card) -> Document | None:
    if card.previous is None:
        return None
    return {"hash": card.previous.hash, "reason": card.previous.reason}
