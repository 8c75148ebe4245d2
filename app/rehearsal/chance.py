"""Chance that can be had again: everything made up draws from dice of its own.

Nothing depends on the order in which it is made, so that a preset is made lazily.
"""

from random import Random

SEED = 20202690  # its dozen knows rare names, shared ranks and 不涉及


def dice(seed: int, *place: str | int) -> Random:
    """Return the dice of one made-up thing; the same seed and place always fall the same."""
    return Random("/".join(map(str, (seed, *place))))  # noqa: S311 - nothing secret comes of it
