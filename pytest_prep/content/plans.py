"""The folder of study plans: plans by their ids, and the lists of katas that they name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from pytest_prep.content.errors import ContentError, did_you_mean
from pytest_prep.content.plan import Plan
from pytest_prep.content.plan_file import read_plan
from pytest_prep.content.toml_table import Table, read_toml

#: Files of the folder that are no plans.
LISTS, TAXONOMY = "lists.toml", "taxonomy.toml"


@dataclass
class Plans:
    """Every plan of the folder that can be read, and the errors of the others."""

    folder: Path
    plans: dict[str, Plan] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    errors: list[ContentError] = field(default_factory=list)

    def find(self, name: str, start: Path) -> Plan:
        """Return the plan with this id, or in the file ``name``, relative to ``start``.

        Raises:
            ContentError: there is none, or it is broken.
        """
        if name in self.plans:
            return self.plans[name]
        if name.endswith(".toml"):
            return self._complete(read_plan(start / name))
        for error in self.errors:
            if error.path.stem == name:
                raise error
        there = ", ".join(sorted(self.plans)) or "none"
        raise ContentError(
            self.folder,
            "",
            f"there is no plan {name!r}{did_you_mean(name, self.plans)} (there are: {there})",
        )

    def _complete(self, plan: Plan) -> Plan:
        """Return a plan that knows the lists it names."""
        names = {task.ref for block in plan.blocks for task in block.tasks if task.do == "list"}
        for name in sorted(names):
            if name not in self.lists:
                raise ContentError(
                    plan.path,
                    f"list {name}",
                    f"is not in {self.folder / LISTS}{did_you_mean(name, self.lists)}",
                )
        return replace(plan, lists={name: self.lists[name] for name in names})


def load_plans(folder: Path) -> Plans:
    """Read all plans of a folder; broken ones are left out and their errors kept."""
    found = Plans(folder)
    try:
        found.lists = _lists(folder / LISTS)
    except ContentError as error:
        found.errors.append(error)
    for path in sorted(folder.glob("*.toml")):
        if path.name in (LISTS, TAXONOMY):
            continue
        try:
            plan = found._complete(read_plan(path))
            if plan.id in found.plans:
                other = found.plans[plan.id].path.name
                raise ContentError(path, "id", f"{plan.id!r} is taken by {other}; choose another")
            found.plans[plan.id] = plan
        except ContentError as error:
            found.errors.append(error)
    return found


def _lists(path: Path) -> dict[str, tuple[str, ...]]:
    if not path.exists():
        return {}
    found: dict[str, tuple[str, ...]] = {}

    def read(table: Table) -> None:
        name = table.id()
        table.take("title", str, "a text")
        found[name] = table.words("katas", "ids of katas", default=...)

    top = read_toml(path)
    top.entries("list", read, "list")
    top.finish()
    return found
