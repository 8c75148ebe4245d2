"""`hazard`: what was found and is not put right yet."""

from pathlib import Path

import click

from app.cli.console import PATH, Console, Group, Json, pass_console
from app.domain.hazard import Hazard, days_overdue
from app.errors import AppError
from app.exchange.moments import moment_text
from app.services.units.hazards import HazardList, hazards_of_unit, unsettled_hazards
from app.services.units.register import find_unit


@click.group("hazard", cls=Group)
def hazard() -> None:
    """Look through hazards (隐患)."""


@hazard.command("list")
@click.option("--unit", "code", help="Credit code of one unit: its settled hazards too.")
@click.option("--sub-unit", default="", help="Branch or project department.")
@click.option("--overdue", "only_overdue", is_flag=True, help="Only those past their deadline.")
@pass_console
def list_(console: Console, code: str | None, sub_unit: str, *, only_overdue: bool) -> None:
    """List hazards, overdue ones first."""
    with console.desk(writing=False) as desk:
        if code is None:
            listed = unsettled_hazards(desk)
        else:
            listed = hazards_of_unit(desk, find_unit(desk, code=code, sub_unit=sub_unit).key)
    late = {one.id: days_overdue(one, listed.today) for one in listed.hazards}
    shown = [one for one in listed.hazards if late[one.id] or not only_overdue]
    console.answer(
        [_document(one, listed, late[one.id]) for one in shown],
        *(
            f"{one.deadline or '-'}  {late[one.id]}  {one.state}"
            f"  {listed.unit_names[one.unit]}  {one.text}"
            for one in shown
        ),
    )


@hazard.command("answer")
@click.argument("files", nargs=-1, required=True, type=PATH)
@pass_console
@click.pass_context
def answer(context: click.Context, console: Console, files: tuple[Path, ...]) -> None:
    """File photos or scans of returned 整改建议书 at the hazards their codes name."""
    from app.services.units.replies import take_reply

    documents: list[Json] = []
    lines: list[str] = []
    is_refused = False
    with console.desk() as desk:
        for path in files:
            try:
                filed, _ = take_reply(desk, path)
            except AppError as refusal:
                if len(files) == 1:
                    raise
                is_refused = True
                console.tell_refusal(refusal, where=path.name)
                documents.append({"path": str(path), "hazards": [], "error": refusal.code.value})
                continue
            ids: list[Json] = [each.id for each in filed]
            documents.append({"path": str(path), "hazards": ids, "error": None})
            lines += [
                console.say("cli.answered", path=path.name, text=each.text) for each in filed
            ]
    console.answer(documents, *lines)
    if is_refused:
        context.exit(1)


def _document(one: Hazard, listed: HazardList, late: int) -> dict[str, Json]:
    """Return a hazard without the telephone: a list is passed around."""
    return {
        "id": one.id,
        "code": one.unit.code,
        "sub_unit": one.unit.sub_unit,
        "name": listed.unit_names[one.unit],
        "card": one.card_id,
        "clause": one.clause,
        "text": one.text,
        "place": one.place,
        "measure": one.measure,
        "grade": one.grade.value,
        "state": one.state.value,
        "person": one.person.name,
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "days_overdue": late,
        "raised_at": moment_text(one.raised.at),
        "raised_by": one.raised.who,
    }
