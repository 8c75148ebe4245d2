"""Seals with the inspector's key: a card, or a signature that comes after it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.domain.keyring import Credential
from app.errors import AppError, Code
from app.ports.progress import Progress
from app.services.seal.sign import Given
from ui.keys import Held, Keys
from ui.views.signing import work
from ui.views.signing.job import Job

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.supplement import SealedSupplement
    from app.services.keys.unlock import Unlocked
    from app.services.seal.seal import Seal, SealPlan
    from app.services.seal.supplement import SupplementPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What opens the seal: the credential, None before there is one, and a passphrase as typed.

    `second` is what another assessor brought to seal beside.
    """

    credential: Credential | None
    typed: str
    second: work.Second | None = None


class Sealer:
    """Runs the chains: plan at the desk, open the key and seal aside, store at the desk."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(
        self, job: Job, key: Key, progress: Progress, *, stamping: Callable[[], None]
    ) -> None:
        """Seal a card that was signed; its photos are made small, which may be stopped.

        `stamping` is called where a time stamp service is going to be waited for.
        """
        plan = partial(work.planned_seal, card_id=job.card)

        def planned(plan: "SealPlan") -> None:
            if plan.stamp_service is not None:
                stamping()
            self._on_seal_planned(job, key, progress, plan)

        job.warm(lambda: job.at_desk(plan, planned))

    def sign_late(self, job: Job, key: Key, given: Given) -> None:
        """Seal a signature that comes after the card was sealed (补签)."""
        plan = partial(work.planned_late, card_id=job.card, given=given)
        job.warm(lambda: job.at_desk(plan, partial(self._on_late_planned, job, key)))

    def _on_seal_planned(self, job: Job, key: Key, progress: Progress, plan: "SealPlan") -> None:
        def seal(unlocked: "Unlocked") -> None:
            job.aside(partial(work.sealed, plan, unlocked, progress, key.second), store)

        def store(made: "Seal") -> None:
            job.store(partial(work.kept_seal, plan=plan, made=made))

        self._with_key(job, key, plan.moment, seal)

    def _on_late_planned(self, job: Job, key: Key, plan: "SupplementPlan") -> None:
        def seal(unlocked: "Unlocked") -> None:
            job.aside(partial(work.sealed_late, plan, unlocked), store)

        def store(made: "SealedSupplement") -> None:
            job.store(partial(work.kept_late, made=made))

        self._with_key(job, key, plan.supplement.at, seal)

    def _with_key(
        self, job: Job, key: Key, now: "datetime", then: "Callable[[Unlocked], None]"
    ) -> None:
        if key.credential is None:
            job.refused(AppError(Code.IDENTITY_MISSING))
            return
        held = Held(credential=key.credential, now=now)
        self._keys.open(held, key.typed, done=then, refused=job.refused)
