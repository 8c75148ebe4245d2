"""Text as PDFium finds it on a page, made comparable with what was meant to stand there."""

_SOFT_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})  # PDFium's for - at a line's end


def bare(text: str) -> str:
    """Return a text without blanks and line ends."""
    return "".join(text.translate(_SOFT_HYPHENS).split())
