"""How long the PDF of a card takes, against Typst setting the same words; the memory it keeps.

Both write PDF/A-3b with the card's record attached, from data that is ready, with the same three
faces loaded before. The cards differ in unit, points and reasons. What Typst sets is taken from
our layout, line by line where it is no table, so that no word is left out; it draws no ink.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter_ns

import typst
from pypdfium2 import PdfDocument

from app.domain.card import Source, score
from app.domain.form import Form
from app.exchange.card_document import write_card
from app.reports.card import wording
from app.reports.card.form_table import lay_out_form
from app.reports.card.scorecard import Layout, Scorecard, draw, lay_out
from app.reports.file.archive import Attachment, Relationship
from app.reports.typeset.fonts import Style, covers
from app.reports.typeset.page import Page
from tests.forms import RESOURCES, complete_card, national_form, open_card, synthetic_unit
from tests.scorecards import fonts, printed, signed_by_both

ROOT = Path(__file__).parents[2]
GOAL = 1.0
BOUND = 1.5
MEMORY_BOUND = 1.05
_TEMPLATE = Path(__file__).with_name("card.typ")
_ROUNDS = 60
_WARM_UP = 5
_LEAST_WORDS = 0.98  # what Typst sets of our characters, at least
_FEW, _MANY = 100, 1000
_MS = 1e6
_PIECES = ("maximum", "points", "status", "source", "evidence", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Medians in ms, the median of the ratios of each turn and its tenths; bytes of one file."""

    typst_ms: float
    ours_ms: float
    ratio: float
    p10: float
    p90: float
    typst_bytes: int
    ours_bytes: int

    @property
    def is_met(self) -> bool:
        """Tell whether drawing is within its bound."""
        return self.ratio <= BOUND

    @property
    def sentence(self) -> str:
        """Return the figures for people."""
        met = "met" if self.ratio <= GOAL else "within its bound" if self.is_met else "MISSED"
        return (
            f"PDF of a card {self.ours_ms:.1f} ms ({self.ours_bytes / 1e3:.0f} kB), Typst"
            f" {self.typst_ms:.1f} ms ({self.typst_bytes / 1e3:.0f} kB), ratio {self.ratio:.2f}"
            f" ({self.p10:.2f} to {self.p90:.2f}), goal {GOAL}, bound {BOUND}: {met}"
        )

    def as_json(self) -> Mapping[str, float | bool]:
        """Return the figures, rounded."""
        return {
            "typst_median_ms": round(self.typst_ms, 2),
            "median_ms": round(self.ours_ms, 2),
            "median_ratio": round(self.ratio, 2),
            "p10": round(self.p10, 2),
            "p90": round(self.p90, 2),
            "typst_bytes": self.typst_bytes,
            "bytes": self.ours_bytes,
            "goal": GOAL,
            "bound": BOUND,
            "met": self.is_met,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """What a process that drew cards keeps in memory, in bytes."""

    few: int
    many: int

    @property
    def ratio(self) -> float:
        """Return what it keeps after many cards for each byte it kept after a few."""
        return self.many / self.few

    @property
    def is_met(self) -> bool:
        """Tell whether it grows no more than it may."""
        return self.ratio <= MEMORY_BOUND

    @property
    def sentence(self) -> str:
        """Return the figures for people."""
        return (
            f"memory after {_FEW} cards {self.few / 1e6:.1f} MB, after {_MANY:,}"
            f" {self.many / 1e6:.1f} MB, ratio {self.ratio:.3f}, bound {MEMORY_BOUND}:"
            f" {'met' if self.is_met else 'MISSED'}"
        )

    def as_json(self) -> Mapping[str, float | bool]:
        """Return the figures, rounded."""
        return {
            "bytes_after_100": self.few,
            "bytes_after_1000": self.many,
            "ratio": round(self.ratio, 3),
            "bound": MEMORY_BOUND,
            "met": self.is_met,
        }


def measure() -> Drawn:
    """Return how long both take, in turns.

    Raises:
        RuntimeError: Typst did not set all our words.

    """
    faces = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(RESOURCES / "fonts")],
    )
    compiler = typst.Compiler(_TEMPLATE, font_paths=faces, ignore_system_fonts=True)
    times: list[tuple[int, int]] = []
    theirs = ours = b""
    for scorecard in cards(_WARM_UP + _ROUNDS):
        record = write_card(scorecard.card, scorecard.form)
        words = json.dumps(_words(scorecard, lay_out(scorecard, fonts())), ensure_ascii=False)
        started = perf_counter_ns()
        theirs = _set_by_typst(compiler, words, record)
        between = perf_counter_ns()
        ours = _draw(scorecard, record)
        times.append((between - started, perf_counter_ns() - between))
    _require_same_words(theirs, ours)
    return _drawn(times[_WARM_UP:], len(theirs), len(ours))


def memory() -> Resident:
    """Return what a process of its own keeps after a hundred cards and after a thousand."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.printing"],
        check=True,
        capture_output=True,
        cwd=ROOT,
        text=True,
    )
    few, many = done.stdout.split()
    return Resident(few=int(few), many=int(many))


def cards(count: int) -> Iterator[Scorecard]:
    """Yield cards of one form, no two alike."""
    form = national_form()
    song = fonts().faces[Style.SONG]
    known = [chr(point) for point in range(0x4E00, 0x9FA5) if covers(song, chr(point))]
    for number in range(count):
        name = "".join(known[(number * 7 + place * 1013) % len(known)] for place in range(7))
        unit = replace(synthetic_unit(), name=f"深圳市测试{name}有限公司")
        card = complete_card(open_card(unit=unit))
        for place in range(3 + number % 5):
            clause = form.clauses[(number + 11 * place) % len(form.clauses)]
            reason = f"现场未见第{number}号{name[place]}资料"
            card = score(card, clause, points=Decimal(0), reason=reason, source=Source.ON_SITE)
        yield printed(signed_by_both(card))


def _draw(scorecard: Scorecard, record: bytes) -> bytes:
    attachment = Attachment(
        name="card.json",
        content=record,
        media_type="application/json",
        relationship=Relationship.SOURCE,
        description=wording.LAYOUT,
    )
    layout = lay_out(scorecard, fonts())
    return draw(layout, scorecard, fonts(), attachments=[attachment])


def _set_by_typst(compiler: typst.Compiler, words: str, record: bytes) -> bytes:
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"card": words, "record": record.decode()},
        pdf_standards="a-3b",
        timestamp=0,
        pdf_tags=False,
    )
    assert isinstance(pdf, bytes)
    return pdf


def _words(scorecard: Scorecard, layout: Layout) -> Mapping[str, object]:
    """Return what a card says, for the template."""
    form = scorecard.form
    fields = {field.name: field.text for field in layout.fields}
    return {
        "title": form.title,
        "author": scorecard.card.office.name,
        "layout": wording.LAYOUT,
        "form": {
            "title": form.title,
            "unit": form.unit_label + fields["unit"],
            "date": form.date_label + fields["date"],
            "columns": form.columns,
            "sections": [
                {
                    "title": section.title,
                    "rows": [
                        {"text": row.text, "figure": fields.get(f"cell.{row.id}", "")}
                        for row in section.rows
                    ],
                }
                for section in form.sections
            ],
            "total-label": form.total_label,
            "total": fields["total"],
            "footnote": form.footnote,
        },
        "lines": [line for page in layout.pages for line in _lines(page, form)],
        "clauses": [
            [
                form.number(clause.id),
                clause.title,
                *(fields.get(f"{clause.id}.{piece}", "") for piece in _PIECES),
            ]
            for clause in form.clauses
        ],
    }


def _lines(page: Page, form: Form) -> Iterator[str]:
    """Yield the lines of a page that stand neither in the official table nor in a clause's row."""
    clauses = {clause.id for clause in form.clauses}
    official = {text for table in lay_out_form(form, fonts(), 1) for text in table.texts}
    taken = [
        (field.rect.bottom - 2, field.rect.top + 2)
        for field in page.fields
        if field.name.partition(".")[0] in {*clauses, "cell", "total", "date"}
    ]
    for text in page.texts:
        is_taken = any(bottom <= text.baseline <= top for bottom, top in taken)
        if text not in official and not is_taken:
            yield text.text


def _require_same_words(theirs: bytes, ours: bytes) -> None:
    set_there, set_here = _characters(theirs), _characters(ours)
    if set_there < _LEAST_WORDS * set_here:
        raise RuntimeError(f"{set_there} characters, ours {set_here}")


def _characters(pdf: bytes) -> int:
    with PdfDocument(pdf) as document:
        return sum(len("".join(page.get_textpage().get_text_range().split())) for page in document)


def _drawn(times: Sequence[tuple[int, int]], typst_bytes: int, ours_bytes: int) -> Drawn:
    ratios = [ours / theirs for theirs, ours in times]
    tenths = quantiles(ratios, n=10)
    return Drawn(
        typst_ms=median(theirs for theirs, _ in times) / _MS,
        ours_ms=median(ours for _, ours in times) / _MS,
        ratio=median(ratios),
        p10=tenths[0],
        p90=tenths[-1],
        typst_bytes=typst_bytes,
        ours_bytes=ours_bytes,
    )


def _resident() -> int:
    """Return what this process holds in memory, in bytes; Linux tells it in pages."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def _print_memory() -> None:
    for number, scorecard in enumerate(cards(_MANY), start=1):
        _draw(scorecard, write_card(scorecard.card, scorecard.form))
        if number in {_FEW, _MANY}:
            print(_resident())


if __name__ == "__main__":
    _print_memory()
