"""``--plan --plan-job``: what an advert asks for, by which words, and the plan made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspace import Workspace

from pytest_prep.content.errors import ContentError
from pytest_prep.content.plan_file import read_plan
from pytest_prep.content.plan_text import plan_text
from pytest_prep.content.taxonomy import read_taxonomy
from pytest_prep.progress.advert import Advert, plan_of, read_advert

TAXONOMY = read_taxonomy(Path(__file__).parent.parent / "plans" / "taxonomy.toml")

ADVERT = """\
Data Engineer, remote

What you will do
- Bring 3 TB a day from Kafka into our warehouse
- Keep the service at 99.9 % with p95 under 200 ms

Requirements:
* 5+ years of experience with Python and SQL
* Fluent German

Nice to have
1. Kubernetes and Terraform
2. A sense of humour

Benefits
- 30 days of holiday
"""


def read(text: str) -> Advert:
    """Return what an advert asks for, by the taxonomy that ships."""
    return read_advert(text, TAXONOMY)


def needs(text: str) -> dict[str, str]:
    """Return the need of each topic."""
    return {match.topic.id: match.need for match in read(text).matches}


def test_headings_tell_musts_from_the_rest() -> None:
    """And the words by which a topic was found are kept, with their lines."""
    advert = read(ADVERT)
    assert {match.topic.id: match.need for match in advert.matches} == {
        "sql": "must",
        "python": "must",
        "containers": "nice",
        "streaming": "named",
        "warehouse": "named",
    }
    containers = next(match for match in advert.matches if match.topic.id == "containers")
    assert (containers.words, containers.lines) == (("Kubernetes", "Terraform"), (12,))
    assert [match.need for match in advert.matches] == ["must", "must", "nice", "named", "named"]


def test_a_line_s_own_words_go_before_its_heading() -> None:
    """*A plus* is nice to have wherever it stands; *must* is one among the tasks."""
    assert needs("Requirements\nSQL\nKafka is a plus") == {"sql": "must", "streaming": "nice"}
    assert needs("Your tasks\nYou must know SQL\nUse Kafka") == {
        "sql": "must",
        "streaming": "named",
    }


def test_sentences_of_a_line_are_told_apart() -> None:
    """An advert in prose too."""
    text = "You have at least three years of SQL. Ideally you know Kubernetes as well."
    assert needs(text) == {"sql": "must", "containers": "nice"}


def test_the_strongest_need_counts() -> None:
    """Named among the tasks and required further down is required."""
    assert needs("Your tasks\nWrite SQL\nRequirements\nSQL") == {"sql": "must"}


def test_words_are_whole_words() -> None:
    """NoSQL is no SQL, and a restaurant no REST."""
    assert needs("Requirements\nNoSQL in a restaurant") == {"nosql": "must"}


def test_figures_are_found_with_their_units() -> None:
    """Not the numbers of a list."""
    assert [figure for figure, _ in read(ADVERT).figures] == [
        "3 TB",
        "99.9 %",
        "p95 under 200 ms",
        "5+ years",
        "30 days",
    ]


def test_what_is_not_known_is_listed() -> None:
    """Nothing is pretended."""
    assert [(line.number, line.text) for line in read(ADVERT).unmapped] == [
        (9, "Fluent German"),
        (13, "A sense of humour"),
    ]


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever somebody saved."""
    advert = read(text)
    for match in advert.matches:
        assert match.words
        assert match.lines


@given(st.lists(st.sampled_from([topic.words[0] for topic in TAXONOMY.topics]), min_size=1))
def test_the_plan_of_an_advert_reads_back(words: list[str]) -> None:
    """What is written is a plan, with a tier for each need, and no task twice."""
    advert = read("Requirements\n" + "\n".join(words))
    path = Path("job.toml")
    made = plan_of(advert, path, "job-x", 'An "odd" \\ title')
    tasks = [task for block in made.blocks for task in block.tasks]
    assert len({(t.do, t.ref, t.area, t.level, t.deck, t.template) for t in tasks}) == len(tasks)
    assert plan_text(made).count("[[block]]") == len(made.blocks)


def test_the_plan_of_an_advert_is_a_plan(tmp_path: Path) -> None:
    """Seventy, twenty and ten; musts are critical, and the company comes with the rest."""
    path = tmp_path / "job.toml"
    path.write_text(plan_text(plan_of(read(ADVERT), path, "job-x", 'An "odd" \\ title\x7f')))
    plan = read_plan(path)
    assert plan.title == 'An "odd" \\ title\x7f'
    assert plan.shares == {1: 0.7, 2: 0.2, 3: 0.1}
    assert [(block.name, block.tier) for block in plan.blocks] == [
        ("SQL", 1),
        ("Python", 1),
        ("Containers and CI/CD", 2),
        ("Streaming and messages", 3),
        ("Warehouses and modelling", 3),
        ("The company", 3),
    ]


# -- the taxonomy as a file


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "kafka"', "", "[topic 1] id: is missing; add an id such as"),
        ('words = ["kafka"]', "words = []", "[topic kafka] words: name at least one word"),
        ('do = "kata"', 'do = "kta"', "did you mean 'kata'?"),
        ("[sections]", "[section]", "sections: is missing; add a table [sections]"),
    ],
)
def test_an_error_of_the_taxonomy_names_place_and_mend(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """It is meant to be edited."""
    text = (
        '[sections]\nmust = ["you have"]\nnice = ["plus"]\nother = []\n'
        "[words]\nmust = []\nnice = []\n"
        '[[topic]]\nid = "kafka"\ntitle = "Kafka"\nwords = ["kafka"]\n'
        'tasks = [{ do = "kata", ref = "svc-outbox" }]\n'
    )
    path = tmp_path / "taxonomy.toml"
    path.write_text(text)
    assert read_taxonomy(path).topics[0].title == "Kafka"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        read_taxonomy(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


# -- as an option


def test_an_advert_becomes_a_screen_and_a_plan(
    katas: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is a file of one's own; following it is one command."""
    monkeypatch.setenv("COLUMNS", "80")
    katas.write("advert.txt", ADVERT)
    result = katas.run("--plan", "--plan-job=advert.txt")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "advert.txt asks for 5 topics",
            "must have",
            "  SQL    “SQL” * line 8",
            "nice to have",
            "  Containers and CI/CD “Kubernetes”, “Terraform” line 12",
            "named besides",
            "figures",
            "  3 TB * Bring 3 TB a day from Kafka into our warehouse",
            "not mapped: add its words to taxonomy.toml",
            "  line 9  Fluent German",
            "  pytest --plan .prep/plans/job-advert.toml --plan-minutes 60",
        ]
    )
    followed = katas.run("--plan", ".prep/plans/job-advert.toml", "--plan-minutes", "60")
    assert followed.ret == 0
    assert "For the advert advert.txt" in followed.outlines[0]
    assert katas.run("--plan").outlines == followed.outlines


def test_a_plan_that_was_edited_is_kept(katas: Workspace) -> None:
    """Reading the advert again loses nothing."""
    katas.write("advert.txt", ADVERT)
    katas.run("--plan", "--plan-job=advert.txt")
    plan = katas.root / ".prep" / "plans" / "job-advert.toml"
    plan.write_text("mine", encoding="utf-8")
    result = katas.run("--plan", "--plan-job=advert.txt")
    assert "The plan that was there is kept as job-advert.1.toml." in result.outlines
    assert plan.with_suffix(".1.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.txt", None, "cannot be read: No such file or directory"),
        ("job.pdf", b"%PDF-1.7 ...", "is no text; save the advert as a .txt file"),
        ("long.txt", b"x" * 1_000_001, "is too long for an advert"),
    ],
)
def test_what_is_no_advert_is_told(
    katas: Workspace, name: str, data: bytes | None, message: str
) -> None:
    """In one line."""
    if data is not None:
        (katas.root / name).write_bytes(data)
    result = katas.run("--plan", f"--plan-job={name}")
    assert result.ret == 4
    assert message in result.stderr.str()
    assert len(result.errlines) == 1


def test_an_advert_of_unknown_words_makes_no_plan(katas: Workspace) -> None:
    """And says so."""
    katas.write("advert.txt", "Requirements\nA green thumb\n")
    result = katas.run("--plan", "--plan-job=advert.txt")
    assert "There is no plan to make of it: no word of the taxonomy stands in it." in (
        result.outlines
    )
    assert not (katas.root / ".prep" / "plans").exists()
