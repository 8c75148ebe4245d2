"""Puts a verdict into words of the catalogue: one line first, then check by check, then figures.

One home for them, so that the window and the command line say the same.
"""

from dataclasses import dataclass

from app.domain.points import points_text
from app.errors import FactValue
from app.services.verify.verdict import Check, CheckName, Figures, Kind, Outcome, Report
from app.text.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCheck:
    """A check in words: its short name, and a sentence."""

    name: str
    label: str
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A verdict in words; `figures` and `sections` are pairs of a label and what was signed."""

    headline: str
    outcome: Outcome
    checks: tuple[ToldCheck, ...]
    figures: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]


def told(report: Report, catalogue: Catalogue) -> Told:
    """Return a verdict in the words of a language."""
    figures = report.figures
    return Told(
        headline=_headline(report, catalogue),
        outcome=report.outcome,
        checks=tuple(
            ToldCheck(
                name=check.name,
                label=catalogue.text(f"verify.check.{check.name}"),
                outcome=check.outcome,
                sentence=_sentence(check, catalogue),
            )
            for check in report.checks
        ),
        figures=() if figures is None else _figures(figures, _signers(report), catalogue),
        sections=() if figures is None else _sections(figures),
    )


def _headline(report: Report, catalogue: Catalogue) -> str:
    if report.faults:
        refusal = report.faults[0].refusal
        return catalogue.text("verify.failed", sentence=catalogue.error_itself(refusal))
    is_paper = report.kind in {Kind.IMAGE, Kind.CODE}  # there the print is never compared
    whole = catalogue.text(f"verify.passed.{report.kind}", **_whose(report))
    note = next(
        (
            _short(check, catalogue)
            for check in report.checks
            if check.outcome is Outcome.WARNED and not (is_paper and check.name is CheckName.TEXT)
        ),
        "",
    )
    if is_paper and note:
        return catalogue.text("verify.besides", told=whole, sentence=note)
    return catalogue.text("verify.warned", sentence=note) if note else whole


def _whose(report: Report) -> dict[str, FactValue]:
    office = report.signer.organisation if report.signer else ""
    return {"name": _signers(report), "office": office}


def _signers(report: Report) -> str:
    """Return who signed: the inspector, and the second one where two sealed."""
    first = report.figures.signer if report.figures else ""
    names = [report.signer.common_name if report.signer else first]
    names += [
        str(check.facts["name"])
        for check in report.checks
        if check.name is CheckName.SECOND_SEAL and check.outcome is Outcome.PASSED
    ]
    return "、".join(names)


def _short(check: Check, catalogue: Catalogue) -> str:
    if check.refusals:
        return catalogue.error_itself(check.refusals[0])
    return _sentence(check, catalogue)


def _sentence(check: Check, catalogue: Catalogue) -> str:
    if check.refusals:
        *others, last = check.refusals
        told = (catalogue.error_itself(refusal) for refusal in others)
        return " ".join((*told, catalogue.error_sentence(last)))
    key = f"verify.{check.name}.{check.outcome}"
    if check.outcome is Outcome.NOT_CHECKED and not check.variant:
        key = "verify.not_checked"
    named = f"{key}.{check.variant}" if check.variant else key
    return catalogue.text(named, **check.facts)


def _figures(figures: Figures, signers: str, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    shown = {
        "unit": figures.unit,
        "date": figures.day.isoformat(),
        "total": points_text(figures.total),
        "base": points_text(figures.base),
        "bonus": points_text(figures.bonus),
        "signer": signers,
        "revision": str(figures.revision),
        "code": figures.check_code,
    }
    return tuple((catalogue.text(f"where.{name}"), value) for name, value in shown.items())


def _sections(figures: Figures) -> tuple[tuple[str, str], ...]:
    return tuple((name, points_text(points)) for name, points in figures.sections)
