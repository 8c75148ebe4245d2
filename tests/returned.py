"""A 整改建议书 that comes back: its pages as photos, made of the real paper."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from app.reports.file.raster import page_sizes, render_page
from app.services.desk.desk import Desk
from app.services.prints.prints import Print, plan_print


def returned_page(desk: Desk, card_id: str, folder: Path, *, number: int = 0) -> Path:
    """Print the paper of a card's hazards and photograph one of its pages, a little turned."""
    pdf = plan_print(desk, card_id, Print.RECTIFICATION).draw()
    page = render_page(pdf, number, width=1240)  # A4 at 150 dpi
    colours = Image.frombytes("RGBX", (page.width, page.height), page.pixels, "raw", "BGRX")
    turned = colours.convert("RGB").rotate(7, expand=True, fillcolor="grey")
    written = BytesIO()
    turned.save(written, "JPEG", quality=80)
    path = folder / f"回复{number + 1}.jpg"
    path.write_bytes(written.getvalue())
    return path


def returned_scan(desk: Desk, card_id: str, folder: Path) -> Path:
    """Return the whole paper as a PDF."""
    path = folder / "回复.pdf"
    path.write_bytes(plan_print(desk, card_id, Print.RECTIFICATION).draw())
    assert page_sizes(path.read_bytes())
    return path
