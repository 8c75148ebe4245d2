"""Pack and open 240 MB of noise; print the growth of the peak of memory, and the package's size.

A program of its own, run by test_writer, because a process's peak never falls again.
"""

import resource
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

from app.exchange.writer import FileEntry
from tests.packages import make_post

_FILES = 6
_BLOCKS = 40
_BLOCK = 1_000_000


def peak() -> int:
    """Return the most memory this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(folder: Path) -> None:
    """Measure after a small package has brought all code into memory."""
    post = make_post(folder)
    post.open(post.write())
    block = Random(1).randbytes(_BLOCK)  # noqa: S311 - noise, not a secret
    path = folder / "photo"
    hashed = sha256()
    with path.open("wb") as stream:
        for _ in range(_BLOCKS):
            stream.write(block)
            hashed.update(block)
    entries = [
        FileEntry(
            name=f"data/evidence/{number}",
            path=path,
            size=_BLOCKS * _BLOCK,
            sha256=hashed.hexdigest(),
        )
        for number in range(_FILES)
    ]
    before = peak()
    package = post.write(entries=entries)
    post.open(package)
    print(peak() - before, package.stat().st_size)  # noqa: T201 - the answer to who started it


if __name__ == "__main__":
    main(Path(sys.argv[1]))
