"""What the plugin costs, as ratios within one run: ``python benchmarks/cost.py [NAME …]``.

CPU seconds of whole processes (user + system), least of several runs that take turns, so that a
busy machine hits all sides alike. ``--instructions`` counts with valgrind's callgrind instead,
where it is installed: the same number on every run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from trees import write_duckdb_test, write_katas, write_tests

ROOT = Path(__file__).resolve().parent.parent
#: Every other plugin of the environment is kept out, so that only ours is measured.
OTHERS = [
    f"-pno:{point.name}"
    for point in entry_points(group="pytest11")
    if point.name not in ("prep", "timeout", "xdist")
]
COUNTING = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
BARE = ["-m", "pytest", "-q", *OTHERS]


@dataclass(frozen=True)
class Command:
    """A command to measure."""

    arguments: list[str]
    folder: Path


@dataclass(frozen=True)
class Usage:
    """What a command used: CPU seconds and peak memory in KiB."""

    cpu: float
    memory: int


def run(command: Command) -> Usage:
    """Run Python with the command's arguments.

    Raises:
        RuntimeError: pytest failed otherwise than by failing tests.
    """
    program = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:], stdout=-3, stderr=-3).returncode\n"
        "use = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(code, use.ru_utime + use.ru_stime, use.ru_maxrss)"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))}
    ran = subprocess.run(
        [sys.executable, "-c", program, sys.executable, *command.arguments],
        cwd=command.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    code, cpu, memory = ran.stdout.split()
    if code not in ("0", "1"):
        raise RuntimeError(f"{command.arguments} in {command.folder}: exit code {code}")
    return Usage(float(cpu), int(memory))


def instructions(command: Command) -> int:
    """Return how many instructions the command takes."""
    ran = subprocess.run(
        [*COUNTING, sys.executable, *command.arguments],
        cwd=command.folder,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"Collected : (\d+)", ran.stderr)
    assert found, ran.stderr
    return int(found[1])


def least(rounds: int, **commands: Command) -> dict[str, Usage]:
    """Run the commands in turns; return the least CPU time and memory of each."""
    used: dict[str, list[Usage]] = {name: [] for name in commands}
    for command in commands.values():
        run(command)  # caches of bytecode and of our index
    for _ in range(rounds):
        for name, command in commands.items():
            used[name].append(run(command))
    return {
        name: Usage(min(u.cpu for u in us), min(u.memory for u in us)) for name, us in used.items()
    }


def show(what: str, value: float, goal: float, unit: str = "×") -> None:
    """Print a figure beside its goal."""
    mark = "" if value <= goal else "   over the goal"
    print(f"{what:<74} {value:6.2f} {unit}  (goal ≤ {goal:g}){mark}")


def idle(folder: Path, count: bool) -> None:
    """The plugin in a project without katas, one test and 1,000."""
    for name, tests in (("one trivial test", 1), ("1,000 trivial tests", 1000)):
        root = folder / f"idle_{tests}"
        root.mkdir()
        write_tests(root, 1, tests)
        without = Command([*BARE, "-pno:prep"], root)
        with_it = Command(BARE, root)
        if count:
            run(with_it)
            run(without)
            ratio = instructions(with_it) / instructions(without)
            show(f"idle plugin, {name}, instructions", ratio, 1.01)
        else:
            used = least(9, without=without, with_it=with_it)
            show(f"idle plugin, {name}, CPU", used["with_it"].cpu / used["without"].cpu, 1.03)


def repository(folder: Path, count: bool) -> None:
    """One trivial test under this repository's configuration with every extra installed."""
    root, plain = folder / "repository", folder / "plain"
    for place in (root, plain):
        place.mkdir()
        write_tests(place, 1)
    shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")
    bare = Command(["-m", "pytest", "-q", "--disable-plugin-autoload"], plain)
    ours = Command(["-m", "pytest", "-q", "folder_00000"], root)
    used = least(9, bare=bare, ours=ours)
    show("this repository, all extras: bare pytest", used["ours"].cpu / used["bare"].cpu, 1.25)


def one_kata(folder: Path, count: bool) -> None:
    """One SQL kata by path, cold."""
    katas, plain = folder / "one_kata", folder / "duckdb"
    katas.mkdir()
    plain.mkdir()
    write_katas(katas, 10)
    write_duckdb_test(plain)
    used = least(
        15,
        duckdb=Command([*BARE, "-pno:prep"], plain),
        kata=Command([*BARE, "katas/sql/topic_000/kata_00007"], katas),
    )
    ratio = used["kata"].cpu / used["duckdb"].cpu
    show("one SQL kata by path: a trivial test with duckdb", ratio, 1.12)


def ten_thousand(folder: Path, count: bool) -> None:
    """Selecting from, and collecting, ten thousand katas."""
    katas, tests, few, trivial = (folder / n for n in ("katas", "tests", "few", "trivial"))
    for place in (katas, tests, few, trivial):
        place.mkdir()
    write_katas(katas, 10_000)
    write_katas(few, 10)
    write_tests(tests, 10_000)
    write_tests(trivial, 1)
    used = least(
        7,
        bare=Command([*BARE, "-pno:prep"], trivial),
        selecting=Command([*BARE, "-k", "kata_07777"], katas),
    )
    ratio = used["selecting"].cpu / used["bare"].cpu
    show("-k for one of 10,000 katas: bare pytest on one test", ratio, 2)
    collect = [*BARE, "--collect-only", "-qq"]
    used = least(
        2,
        few=Command(collect, few),
        katas=Command(collect, katas),
        tests=Command([*collect, "-pno:prep"], tests),
    )
    ratio = used["katas"].cpu / used["tests"].cpu
    show("collecting 10,000 katas: as many folders with a plain test", ratio, 0.10)
    memory = (used["katas"].memory - used["few"].memory) / 9_990
    show("memory of a collected kata", memory, 5, "KiB")


def thousand(folder: Path, count: bool) -> None:
    """Judging a thousand small SQL katas."""
    katas, trivial = folder / "thousand", folder / "trivial_too"
    katas.mkdir()
    trivial.mkdir()
    write_katas(katas, 1_000)
    write_tests(trivial, 1)
    used = least(
        3,
        bare=Command([*BARE, "-pno:prep"], trivial),
        katas=Command(BARE, katas),
    )
    ratio = used["katas"].cpu / used["bare"].cpu
    show("judging 1,000 small SQL katas: bare pytest on one test", ratio, 30)


def every_kata(folder: Path, count: bool) -> None:
    """Seconds and peak memory of each kata of the repository, both sides."""
    for toml in sorted((ROOT / "katas").rglob("kata.toml")):
        place = toml.parent.relative_to(ROOT / "katas")
        author = run(Command(["-m", "pytest", "-q", f"solutions/{place}"], ROOT))
        learner = run(
            Command(["-m", "pytest", "-q", "--answers=solutions", f"katas/{place}"], ROOT)
        )
        print(
            f"{place!s:<42} solutions {author.cpu:6.2f} s {author.memory // 1024:5d} MiB   "
            f"reference {learner.cpu:6.2f} s {learner.memory // 1024:5d} MiB"
        )


FIGURES: dict[str, Callable[[Path, bool], None]] = {
    "idle": idle,
    "repository": repository,
    "one_kata": one_kata,
    "ten_thousand": ten_thousand,
    "thousand": thousand,
    "every_kata": every_kata,
}


def main() -> None:
    """Measure what is named on the command line, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--instructions", action="store_true", help="count instructions (idle)")
    arguments = parser.parse_args()
    for name in arguments.figures or FIGURES:
        with tempfile.TemporaryDirectory() as folder:
            FIGURES[name](Path(folder), arguments.instructions)


if __name__ == "__main__":
    main()
