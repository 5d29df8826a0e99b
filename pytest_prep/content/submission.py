"""A file under ``solutions/`` with the verdict that it must get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pytest_prep.content.answer import read_text
from pytest_prep.content.errors import ContentError, did_you_mean

#: Verdicts that a wrong or slow submission may be expected to get.
REJECTIONS = ("wrong_answer", "time_limit", "memory_limit", "runtime_error", "invalid")
_KINDS = ("answer", "accepted", "wrong", "slow", "starter")
_FIELDS = ("verdict", "caught by")


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission of a kata's author.

    ``kind`` is ``answer`` (the reference), ``accepted``, ``wrong``, ``slow`` or ``starter``.
    """

    path: Path
    kind: str
    #: Why it is wrong, or how it works: its first comment line.
    reason: str
    #: The verdict it must get.
    verdict: str
    #: Cases (or test functions) each of which must reject it.
    caught_by: tuple[str, ...]


def submission_kind(name: str, suffix: str) -> str | None:
    """Return the kind of the file called ``name``, or None if it is no submission."""
    stem, dot, ending = name.rpartition(".")
    if f"{dot}{ending}" != suffix:
        return None
    kind = stem.split("_")[0]
    if kind not in _KINDS or (kind in ("answer", "starter")) != (stem == kind):
        return None
    return kind


def read_submission(path: Path) -> Submission:
    """Read a submission's header.

    Raises:
        ContentError: the header is missing or names an unknown verdict or field.
    """
    kind = submission_kind(path.name, path.suffix)
    if kind is None:
        raise ContentError(path, "", f"is not called {', '.join(f'{k}_…' for k in _KINDS[1:4])}")
    if kind in ("answer", "starter"):
        return Submission(path, kind, "", "accepted" if kind == "answer" else "todo", ())
    comment = "--" if path.suffix == ".sql" else "#"
    lines = []
    for line in read_text(path).split("\n"):
        if not line.startswith(comment):
            break
        lines.append(line.removeprefix(comment).strip())
    if not lines or not lines[0]:
        raise ContentError(path, "line 1", f"say why it is {kind} in a comment on the first line")
    fields = _fields(path, lines[1:])
    verdict = {"accepted": "accepted", "wrong": "wrong_answer", "slow": "time_limit"}[kind]
    if "verdict" in fields:
        verdict = fields["verdict"]
        if kind == "accepted" or verdict not in REJECTIONS:
            raise ContentError(
                path,
                "verdict",
                f"{verdict!r} cannot be expected here ({', '.join(REJECTIONS)})"
                f"{did_you_mean(verdict, REJECTIONS)}",
            )
    caught_by = tuple(filter(None, (n.strip() for n in fields.get("caught by", "").split(","))))
    return Submission(path, kind, lines[0], verdict, caught_by)


def _fields(path: Path, lines: list[str]) -> dict[str, str]:
    fields = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if not colon or key not in _FIELDS:
            near = did_you_mean(key, _FIELDS) if colon and len(key.split()) <= 2 else ""
            if near:
                raise ContentError(path, key, f"unknown field{near}")
            continue
        fields[key] = value.strip()
    return fields
