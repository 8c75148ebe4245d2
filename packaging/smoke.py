"""Run the built program's self-test away from the tree, in an empty home, and count its checks.

usage: smoke.py FOLDER_OF_THE_BUILT_PROGRAM
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

EXPECTED_CHECKS = 16
SECONDS = 120
# What a program needs of its surroundings; everything else of the builder's must not matter.
KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP")


def self_test(program: Path) -> subprocess.CompletedProcess[str]:
    """Return what `program --selftest` said, run where neither tree nor settings can help it."""
    with tempfile.TemporaryDirectory() as home:
        surroundings = {name: os.environ[name] for name in KEPT if name in os.environ}
        return subprocess.run(  # noqa: S603 - the program just built
            [program, "--selftest"],
            check=False,
            capture_output=True,
            cwd=home,
            encoding="utf-8",
            env=surroundings
            | {"HOME": home, "LOCALAPPDATA": home, "QT_QPA_PLATFORM": "offscreen"},
            timeout=SECONDS,
        )


def main() -> int:
    """Return 0 when the expected number of checks passed."""
    folder = Path(sys.argv[1]).resolve()
    outcome = self_test(folder / ("ankang.exe" if sys.platform == "win32" else "ankang"))
    print(outcome.stdout, end="")
    print(outcome.stderr, end="", file=sys.stderr)
    wanted = f"selftest: {EXPECTED_CHECKS} of {EXPECTED_CHECKS} checks passed"
    said = re.findall(r"^selftest: .*$", outcome.stdout, re.MULTILINE)
    if outcome.returncode == 0 and said == [wanted]:
        size = sum(path.stat().st_size for path in folder.rglob("*") if not path.is_symlink())
        print(f"{folder.name}: {size / 1e6:.0f} MB")
        return 0
    print(f"expected {wanted!r}, exit 0; got {said}, exit {outcome.returncode}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
