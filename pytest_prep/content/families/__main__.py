"""Make a family's files in a folder and print what they are: for maintainers.

python -m pytest_prep.content.families deals --out DIR
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pytest_prep.content.checksum import bytes_sha256
from pytest_prep.content.families import FAMILIES, load_family


def main(arguments: list[str] | None = None) -> int:
    """Return 0 when every file is the pinned one, else 1."""
    parser = argparse.ArgumentParser(prog="python -m pytest_prep.content.families")
    parser.add_argument("family", choices=sorted(FAMILIES))
    parser.add_argument("--out", type=Path, help="write the files into this folder")
    options = parser.parse_args(arguments)
    family = load_family(options.family)
    differing = 0
    for table, file in family.files.items():
        content = family.make(table)
        found = bytes_sha256(content)
        as_pinned = found == file.sha256
        differing += not as_pinned
        print(f"{file.name}: {file.rows} rows, {len(content)} bytes, sha256 {found}")
        if not as_pinned:
            print(f"{file.name}: differs from the pinned {file.sha256 or '(none)'}")
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            (options.out / file.name).write_bytes(content)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
