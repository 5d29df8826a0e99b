"""Scripts, banks and scenarios of mock interviews: what is shipped, and what errors say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_prep.content.bank import FORMS
from pytest_prep.content.duration import clock_text, duration_text, seconds_of
from pytest_prep.content.errors import ContentError
from pytest_prep.content.interview import read_script
from pytest_prep.content.interviews import load_library
from pytest_prep.content.scenario import asked_for, read_scenario, within

SHIPPED = Path(__file__).parent.parent / "interviews"

SCRIPT = """
[interview]
id = "one"
title = "One"
kind = "coding"
duration = "20m"

[[stage]]
id = "problem"
kind = "code"
time = "20m"
pick = { from = "katas", count = 1 }
"""

BANK = """
[bank]
id = "stories"
title = "Stories"
form = "star"

[[criterion]]
id = "result"
title = "Result"
anchors = ["none", "vague", "seen", "measured"]

[[question]]
id = "hardest"
text = "The hardest defect?"
"""

SCENARIO = """
[scenario]
id = "pipe"
title = "A pipe"
brief = "Design a pipe."
model = "Use a pipe."
minutes = 30

[[fact]]
id = "rate"
keywords = ["rate | per second | peak*"]
text = "Ten a second."

[[estimate]]
id = "volume"
question = "A day?"
value = 864
unit = "GB"
how = "10,000 × 86,400 × 1 kB"

[[twist]]
minute = 20
text = "It triples."

[[section]]
id = "all"
title = "All"

[[criterion]]
id = "numbers"
title = "Numbers"
anchors = ["none", "some", "right", "decisive"]
"""


def refusal(folder: Path, name: str, text: str) -> str:
    """Return the error of one file, without the folder before its name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (error,) = load_library(folder).errors
    return str(error).removeprefix(f"{folder}/")


def test_everything_shipped_can_be_read() -> None:
    """Every file under interviews/ is read, and what it names is there."""
    library = load_library(SHIPPED)
    assert [str(error) for error in library.errors] == []
    read = len(library.scripts) + len(library.banks) + len(library.scenarios)
    assert read == len(list(SHIPPED.rglob("*.toml")))
    assert {script.kind for script in library.scripts.values()} >= {
        "coding",
        "assessment",
        "behavioural",
        "design",
        "deep-dive",
        "case",
        "leadership",
        "staged",
        "loop",
    }


def test_the_ids_of_shipped_questions_differ() -> None:
    """A script may name a question by its id alone."""
    banks = load_library(SHIPPED).banks.values()
    ids = [question.id for bank in banks for question in bank.questions]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            'kind = "coding"',
            'kind = "codng"',
            "[interview] kind: 'codng' is not a kind",
        ),
        ('duration = "20m"', 'duration = "soon"', "[interview] duration: 'soon' is not a duration"),
        ('duration = "20m"', 'duration = "5m"', "[interview] duration: 5 minutes, but its stages"),
        ("duration", "durration", "[interview] duration: is missing; add a duration such as"),
        ('id = "one"', 'id = "two"', "[interview] id: 'two' differs from the file's name 'one'"),
        ('kind = "code"', 'kind = "cod"', "[stage problem] kind: 'cod' is not a kind of stage"),
        (
            "count = 1",
            "cuont = 1",
            "[stage problem] [pick] cuont: unknown key",
        ),
        (
            "count = 1",
            'levels = ["meduim"]',
            "[stage problem] [pick] levels: 'meduim' is",
        ),
        ('pick = { from = "katas", count = 1 }', "", "[stage problem] katas or pick: exactly one"),
        ("[[stage]]", "[[stages]]", "[[stage]]: there is none; an interview has at least one"),
        (
            'kind = "code"',
            'kind = "interview"\ninterview = "none"',
            "[stage problem] pick: unknown key",
        ),
    ],
)
def test_what_is_wrong_in_a_script_is_named(tmp_path: Path, old: str, new: str, error: str) -> None:
    """File, place, what is wrong, and the mend."""
    assert old in SCRIPT
    text = SCRIPT.replace(old, new, 1)
    assert refusal(tmp_path, "one.toml", text).startswith(f"one.toml: {error}")


def test_a_bank_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A talk that draws from a bank needs the bank."""
    refusal_of_bank = 'pick = { from = "storeis", count = 1 }'
    text = SCRIPT.replace('kind = "code"', 'kind = "talk"').replace(
        'pick = { from = "katas", count = 1 }', refusal_of_bank
    )
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "stories.toml").write_text(BANK, encoding="utf-8")
    assert refusal(tmp_path, "one.toml", text) == (
        "one.toml: [stage problem] pick from: there is no bank 'storeis'; "
        "did you mean 'stories'? (there are: stories)"
    )


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('form = "star"', 'form = "stra"', "[bank] form: 'stra' is not a form (star, free)"),
        (
            'text = "The hardest defect?"',
            'text = "The hardest defect?"\npoints = { resolt = ["x"] }',
            "[question hardest] [points] resolt: is no part of an answer",
        ),
        ('"seen", ', "", "[criterion result] anchors: 3 given; exactly four are needed"),
        ("[[question]]", "[[questoin]]", "[[question]]: there is none"),
        (
            'text = "The hardest defect?"',
            'text = "x"\n\n[[question]]\nid = "hardest"\ntext = "y"',
            "question: the id 'hardest' comes twice",
        ),
    ],
)
def test_what_is_wrong_in_a_bank_is_named(tmp_path: Path, old: str, new: str, error: str) -> None:
    """File, place, what is wrong, and the mend."""
    assert old in BANK
    text = BANK.replace(old, new, 1)
    found = refusal(tmp_path, "banks/stories.toml", text)
    assert found.startswith(f"banks/stories.toml: {error}")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("minute = 20", "minute = 40", "[twist 1] minute: 40 is not within the 30 minutes"),
        ("value = 864", "value = 0", "[estimate volume] value: 0 is not above 0"),
        ("[[section]]", "[[sections]]", "sections: unknown key; did you mean 'section'"),
        ('["rate | per second | peak*"]', '["rate |"]', "[fact rate] keywords: name the words"),
    ],
)
def test_what_is_wrong_in_a_scenario_is_named(
    tmp_path: Path, old: str, new: str, error: str
) -> None:
    """File, place, what is wrong, and the mend."""
    assert old in SCENARIO
    text = SCENARIO.replace(old, new, 1)
    found = refusal(tmp_path, "scenarios/pipe.toml", text)
    assert found.startswith(f"scenarios/pipe.toml: {error}")


def test_a_broken_script_leaves_the_others(tmp_path: Path) -> None:
    """One bad file is one error; asking for it gives that error, for a wrong name the nearest."""
    (tmp_path / "one.toml").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("[interview", encoding="utf-8")
    library = load_library(tmp_path)
    assert library.script("one").duration == 1200
    with pytest.raises(ContentError, match=r"bad\.toml: is not valid TOML"):
        library.script("bad")
    with pytest.raises(ContentError, match="no interview 'onee'; did you mean 'one'"):
        library.script("onee")


@pytest.mark.parametrize(
    ("name", "kind", "minutes"),
    [("disaster-recovery", "design", 45), ("delete-everywhere", "case", 20)],
)
def test_a_scenario_or_a_question_is_played_alone(name: str, kind: str, minutes: int) -> None:
    """In the stage that would draw it, for as long as it takes."""
    script = load_library(SHIPPED).script(name)
    (stage,) = script.stages
    assert (script.id, script.kind, script.duration) == (name, kind, minutes * 60)
    assert (stage.items, stage.pick, stage.time) == ((name,), None, minutes * 60)


def test_a_kind_names_one_script() -> None:
    """Of several of a kind it is the one that is called after it."""
    library = load_library(SHIPPED)
    assert [library.script(kind).id for kind in ("behavioural", "design", "loop")] == [
        "behavioural-30",
        "system-design-45",
        "full-loop",
    ]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("system-design", "system-design-45"),
        ("FULL", "full-loop"),
        ("Coding-20", "coding-20"),
        ("staged-hotel", "staged-hotel-deals"),
        ("disaster", "disaster-recovery"),
    ],
)
def test_the_beginning_of_a_name_is_enough(name: str, found: str) -> None:
    """Scripts before scenarios, scenarios before questions; in any case of letters."""
    assert load_library(SHIPPED).script(name).id == found


def test_a_beginning_of_several_is_refused_with_them() -> None:
    """They are named."""
    with pytest.raises(ContentError, match="'s' may be any of staged-hotel-deals, system-design"):
        load_library(SHIPPED).script("s")


def test_a_wrong_name_of_a_scenario_gets_the_nearest() -> None:
    """As that of a script does."""
    with pytest.raises(ContentError, match="did you mean 'disaster-recovery'") as refused:
        load_library(SHIPPED).script("disaster-recovry")
    assert "one system alone: batch-etl-ecommerce, " in refused.value.problem


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the rate?", True),
        ("How many per second do we get", True),
        ("any PEAKS in the evening?", True),
        ("is it accurate?", False),
        ("what colour is it", False),
    ],
)
def test_a_fact_is_told_to_who_asks(tmp_path: Path, question: str, told: bool) -> None:
    """By whole words, and by beginnings where the author says so."""
    path = tmp_path / "pipe.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    facts = read_scenario(path).facts
    assert bool(asked_for(question, facts)) == told


@pytest.mark.parametrize(
    ("given", "right"), [(864, True), (432, True), (1728, True), (431, False), (1729, False)]
)
def test_an_estimate_counts_within_its_factor(tmp_path: Path, given: float, right: bool) -> None:
    """Half and double are still right, no more."""
    path = tmp_path / "pipe.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    (estimate,) = read_scenario(path).estimates
    assert within(estimate, given) == right


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20m", 1200),
        ("90s", 90),
        ("1h30m", 5400),
        ("45", 2700),
        ("20 min", 1200),
        ("2h", 7200),
        ("1.5h", 5400),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    """Hours, minutes, seconds; a bare number is minutes."""
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["20m", "45s", "1h30m", "2h", "1h1m1s"])
def test_durations_as_they_are_said(text: str) -> None:
    """They read as they are typed."""
    assert duration_text(seconds_of(text)) == text


@pytest.mark.parametrize("text", ["", "m", "0m", "soon", "-5m", "1.h", "0.1s", "20mm"])
def test_what_is_no_duration(text: str) -> None:
    """The error says what one looks like."""
    with pytest.raises(ValueError, match='is not a duration such as "20m"'):
        seconds_of(text)


def test_a_clock_reads_as_a_clock() -> None:
    """Minutes and seconds, hours where there are some, never below zero."""
    assert [clock_text(s) for s in (247.9, 3720, -3, 59)] == ["4:07", "1:02:00", "0:00", "0:59"]


def test_a_duration_is_read_into_seconds(tmp_path: Path) -> None:
    """Stages and the interview count in seconds; a stage without a time has all of it."""
    path = tmp_path / "one.toml"
    path.write_text(SCRIPT.replace('time = "20m"\n', ""), encoding="utf-8")
    script = read_script(path)
    assert (script.duration, script.stages[0].time) == (1200, 1200)
    assert script.hints == (5, 10, 15)
    assert (script.clock, script.reveal, script.pass_mark) == ("real", "counts", 70)


@pytest.mark.parametrize("name", sorted(load_library(SHIPPED).scenarios))
def test_a_shipped_scenario_is_whole(name: str) -> None:
    """Facts to ask for, estimates, three twists, the template, the rubric, a model answer."""
    scenario = load_library(SHIPPED).scenarios[name]
    assert len(scenario.facts) >= 7
    assert len(scenario.estimates) >= 3
    minutes = [twist.minute for twist in scenario.twists]
    assert len(minutes) >= 3
    assert minutes == sorted(minutes)
    assert len(scenario.mistakes) >= 4
    template = [section.id for section in scenario.sections]
    assert template[:3] == ["requirements", "diagram", "ingestion"]
    assert template[3:] == [
        "processing",
        "storage",
        "serving",
        "trade-offs",
        "growth",
        "monitoring",
    ]
    marked = {criterion.id for criterion in scenario.rubric}
    assert {"requirements", "numbers", "technology", "trade-offs", "failure"} <= marked
    assert 300 <= len(scenario.model.split()) <= 500


@pytest.mark.parametrize("name", sorted(load_library(SHIPPED).scenarios))
def test_a_shipped_scenario_answers_the_usual_questions(name: str) -> None:
    """The load and the people are told to who asks as the script proposes."""
    library = load_library(SHIPPED)
    (stage,) = library.script("design").stages
    how_much, *_, who = stage.ask
    facts = library.scenarios[name].facts
    assert asked_for(how_much, facts)
    assert asked_for(who, facts)


@pytest.mark.parametrize("name", sorted(load_library(SHIPPED).banks))
def test_a_shipped_question_is_whole(name: str) -> None:
    """Two probes, signs of a weak answer, what is listened for, and points for every part."""
    bank = load_library(SHIPPED).banks[name]
    for question in bank.questions:
        assert len(question.probes) >= 2, question.id
        assert len(question.weak) >= 2, question.id
        assert question.model.startswith("Listened for: "), question.id
        assert all(question.points.get(part) for part in FORMS[bank.form]), question.id


@pytest.mark.parametrize(
    ("tags", "count"), [({"required"}, 8), ({"data"}, 9), ({"leadership"}, 6), ({"delivery"}, 6)]
)
def test_there_are_questions_of_every_kind(tags: set[str], count: int) -> None:
    """What the curriculum demands of stories; the other two required ones are in the bank fit."""
    questions = load_library(SHIPPED).banks["behavioural"].questions
    assert sum(1 for question in questions if tags & set(question.tags)) >= count


def test_the_curriculum_is_all_there() -> None:
    """18 systems, 37 questions about you, 13 deep dives, 10 cases and the close of a case."""
    library = load_library(SHIPPED)
    sizes = {name: len(bank.questions) for name, bank in library.banks.items()}
    assert len(library.scenarios) == 18
    assert sizes["behavioural"] + sizes["fit"] == 37
    assert (sizes["deep-dive"], sizes["case"]) == (13, 10 + 1)
