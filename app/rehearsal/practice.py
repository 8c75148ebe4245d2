"""A workspace to practise in: marked as such, with units that do not exist."""

from app.rehearsal.units import Size, units
from app.services.desk.desk import Changes, Desk
from app.services.units.register import take_sheet
from app.services.workplace.opening import choose_rehearsal
from app.sheets.unit_sheet import UnitSheet

_SEED = 7


def begin_practice(desk: Desk) -> tuple[int, Changes]:
    """Make a new workspace one for practice and register units in it; return how many.

    Raises:
        AppError: REHEARSAL_MIXED where something was done before.

    """
    choose_rehearsal(desk, rehearsal=True)
    made_up = UnitSheet(units=tuple(units(Size.DEMO, seed=_SEED)), problems=())
    intake, changes = take_sheet(desk, made_up)
    return intake.added, changes
