"""The codes on a picture or on the pages of a PDF. PDFium: the compute lane's work."""

from functools import partial

from app.services.desk.apart import SECONDS, apart

_PDF = b"%PDF-"
_LONGEST = 3508  # pixels: A4 at 300 dpi
_MOST_PAGES = 50
_MOST_CODES = 50  # each takes 5 ms to verify, or more; thousands fit on a picture
_NARROWEST = 0.1  # width by height or the reverse: a till's receipt is wider


def codes_apart(
    content: bytes, *, name: str, prefix: str, seconds: float = SECONDS
) -> tuple[str, ...]:
    """Return what `printed_codes` does of a stranger's file; raises likewise and as `apart`."""
    work = partial(printed_codes, content, name=name, prefix=prefix)
    return apart(work, name=name, seconds=seconds)


def printed_codes(content: bytes, *, name: str, prefix: str) -> tuple[str, ...]:
    """Return the texts of the codes that begin with a prefix, each once, the first 50 of them.

    Raises:
        AppError: PDF_DAMAGED, and as `app.pictures.opening.opened`.

    """
    from app.pictures.codes import codes_on

    if content.startswith(_PDF):
        return _on_pages(content, prefix)[:_MOST_CODES]
    return codes_on(content, name=name, prefix=prefix)[:_MOST_CODES]


def _on_pages(pdf: bytes, prefix: str) -> tuple[str, ...]:
    from app.pictures.codes import codes_in
    from app.reports.file.raster import page_sizes, render_page

    texts: dict[str, None] = {}
    for number, size in enumerate(page_sizes(pdf)[:_MOST_PAGES]):
        longer = max(size.width, size.height)
        if min(size.width, size.height) <= _NARROWEST * longer:
            continue
        page = render_page(pdf, number, width=round(_LONGEST * size.width / longer))
        found = codes_in(page.pixels, width=page.width, height=page.height, prefix=prefix)
        texts.update(dict.fromkeys(found))
    return tuple(texts)
