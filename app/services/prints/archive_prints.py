"""归档目录: the print that lists all that belongs to the file of a unit's card."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.delivery import Decision
from app.domain.evidence import Evidence
from app.domain.handover import Handover
from app.domain.hazard import Hazard
from app.domain.moment import local_date
from app.domain.signature import Paper, Signature
from app.domain.supplement import LateEvidence, LateSignature
from app.files import read_whole
from app.services.cards.view import CardView
from app.services.desk.desk import Desk
from app.services.prints.history_prints import Records, read_records

if TYPE_CHECKING:  # ReportLab takes 0.2 s to import
    from app.reports.sheets.archive_index import Item, Part
    from app.reports.sheets.sheet import Stationery
    from app.text.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that is kept of a card; `prints` draw what else can be printed, by name."""

    records: Records
    prints: "Mapping[str, Callable[[Stationery], bytes]]"
    hazards: tuple[Hazard, ...]
    handovers: tuple[Handover, ...]
    decision: Decision | None


def plan_archive(
    desk: Desk, view: CardView, prints: "Mapping[str, Callable[[Stationery], bytes]]"
) -> "Callable[[Stationery], bytes]":
    """Return what draws the 归档目录; the other prints are drawn too, to count their pages."""
    workspace = desk.workspace
    dossier = Dossier(
        records=read_records(desk, view),
        prints=prints,
        hazards=workspace.hazards.of_unit(view.card.unit.key),
        handovers=workspace.handovers.recorded(view.card.id),
        decision=workspace.decisions.get(view.sealed.hash) if view.sealed else None,
    )

    def draw(stationery: "Stationery") -> bytes:
        from app.reports.sheets.archive_index import draw_archive_index

        return draw_archive_index(view.card, _parts(dossier, stationery), stationery)

    return draw


def _parts(dossier: Dossier, stationery: "Stationery") -> "list[Part]":
    from app.reports.sheets.archive_index import Part

    words = stationery.words
    contents = {
        "sealed": _sealed(dossier, words),
        "prints": _printed(dossier, stationery),
        "scans": _scanned(dossier, words),
        "files": _evidence(dossier, words),
        "ways": _ways(dossier, words),
    }
    return [
        Part(title=words.text(f"pdf.archive.part.{name}"), items=tuple(items))
        for name, items in contents.items()
    ]


def _sealed(dossier: Dossier, words: "Catalogue") -> "Iterator[Item]":
    """Yield the sealed files with their pages, then the supplements."""
    from app.reports.card.wording import check_code
    from app.reports.sheets.archive_index import Item

    for sealed in dossier.records.sealed:
        path = dossier.records.pdfs.get(sealed.pdf.sha256)
        yield Item(
            name=words.text("pdf.archive.sealed", revision=sealed.index.revision),
            amount="" if path is None else _pages(read_whole(path), words),
            proofs=(
                words.text("pdf.archive.code", code=check_code(sealed.index.hash)),
                words.text("pdf.archive.file", code=check_code(sealed.pdf.sha256)),
            ),
        )
    for number, one in enumerate(dossier.records.supplements, start=1):
        supplement = one.supplement
        kind = "late_signature" if isinstance(supplement.addition, LateSignature) else "late_files"
        yield Item(
            name=words.text(f"pdf.archive.{kind}", number=number, revision=supplement.revision),
            proofs=(words.text("pdf.archive.code", code=check_code(one.hash)),),
        )


def _printed(dossier: Dossier, stationery: "Stationery") -> "Iterator[Item]":
    from app.reports.sheets.archive_index import Item

    for which, draw in dossier.prints.items():
        name = stationery.words.text(f"print.{which}")
        yield Item(name=f"□ {name}", amount=_pages(draw(stationery), stationery.words))


def _scanned(dossier: Dossier, words: "Catalogue") -> "Iterator[Item]":
    """Yield each scan of a paper signature, and of the paper a card was typed from, once."""
    from app.reports.card.wording import check_code, signatory
    from app.reports.sheets.archive_index import Item

    seen = set()
    for signature in _signatures(dossier):
        if isinstance(signature.manner, Paper) and signature.manner.scan.sha256 not in seen:
            scan = signature.manner.scan
            seen.add(scan.sha256)
            name = words.text(
                "pdf.archive.signature", role=signatory(signature.signatory), name=signature.name
            )
            code = words.text("pdf.archive.file", code=check_code(scan.sha256))
            yield Item(name=name, amount=words.text("pdf.archive.pieces", count=1), proofs=(code,))
    visit = dossier.records.view.card.visit
    typed = visit.transcript if visit else None
    if typed is not None and typed.scan is not None:
        code = words.text("pdf.archive.file", code=check_code(typed.scan.sha256))
        name = words.text("pdf.archive.transcript")
        yield Item(name=name, amount=words.text("pdf.archive.pieces", count=1), proofs=(code,))


def _signatures(dossier: Dossier) -> Iterator[Signature]:
    yield from dossier.records.view.card.signatures
    for one in dossier.records.supplements:
        if isinstance(one.supplement.addition, LateSignature):
            yield one.supplement.addition.signature


def _evidence(dossier: Dossier, words: "Catalogue") -> "Iterator[Item]":
    """Yield photos and papers clause by clause, then those of the hazards."""
    form, card = dossier.records.view.form, dossier.records.view.card
    late = _late_files(dossier)
    for clause in form.clauses:
        files = (*card.evidence.get(clause.id, ()), *late.get(clause.id, ()))
        if files:
            name = words.text("pdf.archive.clause", number=form.number(clause.id))
            yield _pieces(name, files, words)
    for hazard in dossier.hazards:
        if hazard.before or hazard.after:
            name = words.text("pdf.archive.hazard", text=hazard.text)
            yield _pieces(name, (*hazard.before, *hazard.after), words)


def _late_files(dossier: Dossier) -> dict[str, tuple[Evidence, ...]]:
    late: dict[str, tuple[Evidence, ...]] = {}
    for one in dossier.records.supplements:
        addition = one.supplement.addition
        if isinstance(addition, LateEvidence):
            late[addition.clause] = (*late.get(addition.clause, ()), *addition.files)
    return late


def _ways(dossier: Dossier, words: "Catalogue") -> "Iterator[Item]":
    """Yield how copies went to the unit, and the office's last word on the card."""
    from app.reports.card.wording import check_code
    from app.reports.sheets.archive_index import Item

    for handover in dossier.handovers:
        note = handover.note
        yield Item(
            name=words.text(
                "pdf.archive.handover",
                day=note.day.isoformat(),
                manner=words.text(f"pdf.archive.manner.{note.manner}"),
                recipient=note.recipient or "—",
                revision=handover.revision,
            ),
            proofs=(words.text("pdf.archive.code", code=check_code(handover.copy)),),
        )
    if dossier.decision is not None:
        at = local_date(dossier.decision.at).isoformat()
        state = words.text(f"state.{dossier.decision.verdict}")
        yield Item(name=words.text("pdf.archive.decision", at=at, state=state))


def _pieces(name: str, files: Sequence[Evidence], words: "Catalogue") -> "Item":
    from app.reports.card.wording import check_code
    from app.reports.sheets.archive_index import Item

    return Item(
        name=name,
        amount=words.text("pdf.archive.pieces", count=len(files)),
        proofs=tuple(check_code(each.sha256) for each in files),
    )


def _pages(pdf: bytes, words: "Catalogue") -> str:
    from app.reports.file.raster import page_sizes

    return words.text("pdf.archive.pages", count=len(page_sizes(pdf)))
