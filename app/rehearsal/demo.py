"""The main job from end to end on rehearsal workspaces: an office, two inspectors, twelve units.

Everything goes through the services, so the demo shows what the program does and nothing else.
Only keys, ids and times differ from one run to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.files import write_whole
from app.ports import OpenWorkspace
from app.rehearsal import acts
from app.rehearsal.chance import SEED
from app.rehearsal.stage import CREWS, Stage, Step, Tell, set_stage
from app.rehearsal.units import Size
from app.rehearsal.visits import visits
from app.services.desk.forms import current_form, current_guide
from app.services.verify.audit import Audit, audit
from app.text.catalogue import Language, translator

_FILES = {
    "pdf": "pdf/*.pdf",
    "package": "packages/*.akp",
    "receipt": "receipts/*.akp",
    "summary": "summary.xlsx",
    "units": "units.xlsx",
    "profile": "office.akprofile",
    "credential": "*.akid",
    "keys": "keys/*.*",
    "passphrase": "passphrase-*.txt",
    "readme": "README.txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Something the demo made: a word for it, where, as a pattern in the folder, and how many.

    For a workspace the number of its cards.
    """

    what: str
    count: int
    place: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """All that was made, and the audit of each workspace by its folder's name."""

    made: tuple[Made, ...]
    audits: Mapping[str, Audit]

    @property
    def ok(self) -> bool:
        """Tell whether every workspace passed its audit."""
        return all(found.ok for found in self.audits.values())


def run_demo(folder: Path, *, open_workspace: OpenWorkspace, resources: Path, tell: Tell) -> Demo:
    """Do the main job in a new or empty folder and leave everything it made there.

    Raises:
        AppError: FOLDER_NOT_EMPTY, FILE_NOT_WRITABLE, DISK_FULL.

    """
    with set_stage(folder, open_workspace=open_workspace, resources=resources, tell=tell) as stage:
        write_whole(folder / "README.txt", _readme(resources))
        _play(stage)
        return Demo(made=_inventory(stage), audits=_audits(stage))


def _play(stage: Stage) -> None:
    unlocked = acts.set_up_office(stage)
    form, guide = current_form(stage.office), current_guide(stage.office)
    plan = tuple(visits(Size.DEMO, form, guide, seed=SEED))
    crews = [
        acts.enrol(stage, name, plan[number :: len(CREWS)]) for number, name in enumerate(CREWS)
    ]
    acts.hand_out(stage)
    acts.register(stage)
    rounds = [acts.go_round(stage, inspector) for inspector in crews]
    acts.leave_open(stage, *crews)
    packages = [acts.send(stage, inspector, unlocked) for inspector in crews]
    acts.send_twice(stage, packages[0], unlocked)
    returned = acts.decide(stage, rounds)
    acts.answer(stage, crews, unlocked)
    acts.revise(stage, crews[0], returned, unlocked)
    acts.answer(stage, crews, unlocked)
    acts.sum_up(stage)


def _audits(stage: Stage) -> dict[str, Audit]:
    audits = {}
    for name, desk in stage.desks.items():
        found = audits[name] = audit(desk)
        stage.tell(Step.AUDITED, place=name, lines=found.lines, flaws=len(found.flaws))
    return audits


def _inventory(stage: Stage) -> tuple[Made, ...]:
    workspaces = (
        Made(
            what=name,
            count=len(desk.workspace.cards.lines()),
            place=name,
            paths=(desk.workspace.home,),
        )
        for name, desk in stage.desks.items()
    )
    files = (
        Made(what=what, count=len(paths), place=place, paths=paths)
        for what, place in _FILES.items()
        if (paths := tuple(sorted(stage.folder.glob(place))))
    )
    return (*workspaces, *files)


def _readme(resources: Path) -> bytes:
    texts = (translator(language, resources).text("cli.demo_readme") for language in Language)
    return "\n".join(texts).encode()
