"""Whether a second seal brought into a file only itself and what its own box may show.

The rules are pyHanko's analysis of the differences, cut down to the one that lets an empty
signature field be filled; not even an object that nothing refers to is let through.
"""

from contextlib import closing
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DiffResult,
    FormUpdatingRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

from app.crypto.facts import PARSER_ERRORS
from app.errors import AppError, Code
from app.reports.seal.printed_text import bare
from app.reports.seal.seal import FIELD, SECOND_FIELD

_ONLY_FILLED = StandardDiffPolicy(
    global_rules=[],
    form_rule=FormUpdatingRule(field_rules=[SigFieldModificationRule()]),
    ignore_orphaned_objects=False,
)
_FILLED_IN = {"/AP", "/V"}
# The last: nested too deep, or of a kind pyHanko does not compare.
_UNREADABLE = (PdfError, *PARSER_ERRORS, RuntimeError)


def refuse_other_changes(pdf: bytes) -> None:
    """Refuse anything between the two seals of a file but the filling of the second field.

    Raises:
        AppError: PDF_CHANGED_AFTER_SEAL.

    """
    try:
        is_only_filled = _is_only_filled(PdfFileReader(BytesIO(pdf)))
    except _UNREADABLE as cause:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL) from cause
    if not is_only_filled:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)


def shown_in_boxes(document: PdfDocument) -> str:
    """Return the text the boxes of signatures show, without blanks; the pages' own is left out."""
    shown = []
    for number in range(len(document)):
        with closing(document[number]) as page:
            if not pdfium.FPDFPage_GetAnnotCount(page):
                continue
            own = _text(document, number)
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        shown.append(_text(document, number).removeprefix(own))
    return "".join(shown)


def _is_only_filled(reader: PdfFileReader) -> bool:
    first, second = reader.embedded_signatures
    first.compute_integrity_info(diff_policy=_ONLY_FILLED)
    before = reader.get_historical_resolver(first.signed_revision)
    field = second.sig_field
    return (
        (first.field_name, second.field_name) == (FIELD, SECOND_FIELD)
        and isinstance(first.diff_result, DiffResult)
        and first.diff_result.changed_form_fields == {SECOND_FIELD}
        and second.signed_revision == first.signed_revision + 1
        and _unfilled(field) == _unfilled(before(field.container_ref))
    )


def _unfilled(field: DictionaryObject) -> dict[str, str]:
    """Return a field without what filling it brings: its place, its flags, its name."""
    return {key: repr(field.raw_get(key)) for key in field if key not in _FILLED_IN}


def _text(document: PdfDocument, number: int) -> str:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return bare(text.get_text_range())
