"""What an interview draws: stable under a seed, new and weak ones first, and what does not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from papers import Clock, Desk

from pytest_prep.content.card import Card, Option
from pytest_prep.content.interview import Pick, Stage, read_script
from pytest_prep.content.interviews import Library, load_library
from pytest_prep.modes.mock.cards import CardChoices
from pytest_prep.modes.mock.core import begin
from pytest_prep.modes.mock.draw import Drawer, NothingToDraw, Wishes, rank
from pytest_prep.modes.mock.items import Candidate
from pytest_prep.modes.mock.journal import Journal
from pytest_prep.modes.mock.result import result_of
from pytest_prep.report.interview import write_reports
from pytest_prep.report.interview_text import text_report

SHIPPED = Path(__file__).parent.parent / "interviews"


#: Numbers, levels and tracks of katas for every script there is.
EVERY = [
    (f"{track}-{level}-{n}", level, track)
    for level in ("easy", "medium", "hard")
    for track in ("sql", "python")
    for n in range(4)
]


def kata(number, *, level="easy", minutes=10, turn=0, track="sql", topics=("join",)):
    """Return a selected kata."""
    facts = SimpleNamespace(
        id=f"kata-{number}",
        title=f"Kata {number}",
        level=level,
        minutes=minutes,
        topics=topics,
        hints=("a", "b", "c"),
        suffix=".sql",
    )
    return Candidate(facts, f"katas/{track}/x/{number}", track, "text", "start", turn)


def everything(library):
    """Return a few katas of every kind, and those that a shipped script names."""
    katas = [kata(n, level=level, track=track) for n, level, track in EVERY]
    for played in library.scripts.values():
        for stage in played.stages:
            for name in stage.items if stage.kind == "code" else ():
                named = kata(name, track="python")
                named.kata.id = name
                katas.append(named)
    return katas


def script(**pick):
    """Return a script of one code stage."""
    more = {"count": 1, **pick}
    lines = "\n".join(
        f"{key} = {value!r}".replace("(", "[").replace(")", "]").replace(",]", "]")
        for key, value in more.items()
    )
    return (
        '[interview]\nid = "one"\ntitle = "One"\nkind = "coding"\nduration = "20m"\n\n'
        f'[[stage]]\nid = "problem"\nkind = "code"\n\n[stage.pick]\nfrom = "katas"\n{lines}\n'
    )


def drawn(tmp_path, katas, *, seed=1, duration=None, level="", **pick):
    """Return the ids of the katas that are drawn."""
    path = tmp_path / "one.toml"
    path.write_text(script(**pick))
    drawer = Drawer(Library(tmp_path), katas, CardChoices([]), Wishes(seed, duration, level))
    (part,) = drawer.paper(read_script(path), "2026").parts
    return [item.id for item in part.items]


def test_the_same_seed_draws_the_same(tmp_path):
    """Whatever the order of the selection; another seed, often another one."""
    katas = [kata(number) for number in range(20)]
    assert drawn(tmp_path, katas) == drawn(tmp_path, katas[::-1])
    assert len({drawn(tmp_path, katas, seed=seed)[0] for seed in range(30)}) > 8


def test_an_added_kata_reshuffles_nothing(tmp_path):
    """The order of the others stays: at most the new one comes in between."""
    katas = [kata(number) for number in range(20)]
    before = drawn(tmp_path, katas, count=2)
    for number in range(20, 40):
        after = drawn(tmp_path, [*katas, kata(number)], count=2)
        rest = [name for name in after if name != f"kata-{number}"]
        assert rest == before[: len(rest)]


def test_new_ones_first_then_weak_ones(tmp_path):
    """Solved ones only where nothing else is left."""
    katas = [kata(1, turn=2), kata(2, turn=1), kata(3, turn=0)]
    for seed in range(10):
        assert drawn(tmp_path, katas, seed=seed) == ["kata-3"]
        assert drawn(tmp_path, katas[:2], seed=seed) == ["kata-2"]
        assert drawn(tmp_path, katas[:1], seed=seed) == ["kata-1"]


def test_a_round_of_a_project_is_not_drawn(tmp_path):
    """It makes sense after the round before: by the project's script, or asked for by its topic."""
    katas = [kata(1, topics=("staged", "join")), kata(2, turn=2)]
    for seed in range(10):
        assert drawn(tmp_path, katas, seed=seed) == ["kata-2"]
    assert drawn(tmp_path, katas, tags=["staged"]) == ["kata-1"]
    with pytest.raises(NothingToDraw, match="rounds of a project are played by its script"):
        drawn(tmp_path, katas[:1])


def test_only_what_fits(tmp_path):
    """By minutes together, level, track and topic."""
    katas = [
        kata(1, minutes=15),
        kata(2, minutes=30),
        kata(3, level="hard"),
        kata(4, track="python"),
        kata(5, topics=("window", "rank")),
    ]
    for seed in range(10):
        assert "kata-2" not in drawn(tmp_path, katas, seed=seed)
        assert drawn(tmp_path, katas, seed=seed, level="hard") == ["kata-3"]
        assert drawn(tmp_path, katas, seed=seed, tracks=("python",)) == ["kata-4"]
        assert drawn(tmp_path, katas, seed=seed, tags=("window",)) == ["kata-5"]
        pair = drawn(tmp_path, katas, seed=seed, count=2)
        assert "kata-1" not in pair
        assert len(pair) == 2
        assert drawn(tmp_path, katas, seed=seed, duration=9000, count=5)


@pytest.mark.parametrize(
    ("katas", "wishes", "said"),
    [
        ([], {}, "no kata is selected"),
        ([kata(1)], {"level": "hard"}, "1 kata of level hard wanted, 0 of the 1 selected ones fit"),
        ([kata(1)], {"count": 2}, "2 katas wanted, 1 of the 1 selected ones fit"),
        ([kata(1, minutes=30)], {}, "for 20m wanted, the shortest take 30m: a longer --duration"),
    ],
)
def test_nothing_to_draw_says_what_would_help(tmp_path, katas, wishes, said):
    """More katas, another level, a longer interview."""
    with pytest.raises(NothingToDraw, match=said):
        drawn(tmp_path, katas, **wishes)


def card(number, *, deck="d", difficulty=2, tags=("sql",), right=1):
    """Return a multiple-choice card."""
    options = tuple(Option(f"option {i}", i < right, "why") for i in range(4))
    return Card(
        f"{deck}-{number}", "Which?", "", "choice", "", options, (), "", "", "", (), (), tags,
        difficulty, (), deck, "sql", f"cards/{deck}.md", 1,
    )  # fmt: skip


def asked(cards, seed=1, **pick):
    """Return the questions that are drawn."""
    wanted = Pick("mcq", **pick)
    return CardChoices(cards).draw(wanted, (), lambda name: rank(seed, name))


def test_questions_by_level(tmp_path):
    """As many of each as the mix says; all of one level where there is no mix."""
    cards = [card(n, difficulty=1 + n % 5) for n in range(20)]
    levels = [q.data["level"] for q in asked(cards, count=5, mix={"easy": 3, "hard": 2})]
    assert sorted(levels) == ["easy", "easy", "easy", "hard", "hard"]
    assert {q.data["level"] for q in asked(cards, count=4, levels=("medium",))} == {"medium"}


def test_questions_from_different_decks(tmp_path):
    """One of each deck before a second of any."""
    cards = [card(n, deck=deck) for deck in ("a", "b", "c") for n in range(5)]
    for seed in range(10):
        found = asked(cards, seed=seed, count=4, distinct="topic")
        assert {q.data["deck"] for q in found} == {"a", "b", "c"}


def test_options_are_shuffled_by_the_seed():
    """The same seed gives the same order; the right one is not always first."""
    places = set()
    for seed in range(20):
        (question,) = asked([card(1)], seed=seed, count=1)
        assert question == asked([card(1)], seed=seed, count=1)[0]
        places.add([option["right"] for option in question.data["options"]].index(True))
    assert len(places) == 4


def test_cards_without_options_are_no_questions():
    """And too few of them is said."""
    basic = replace(card(1), kind="basic", options=())
    with pytest.raises(NothingToDraw, match="2 multiple-choice questions wanted, 1 fit"):
        asked([basic, card(2)], count=2)
    assert asked([card(1, right=2)], count=1)[0].data["several"]


def test_every_shipped_script_can_be_drawn():
    """With a few katas of both tracks; stages of a loop keep their time and share its weight."""
    library = load_library(SHIPPED)
    katas = everything(library)
    cards = [card(n, difficulty=1 + n % 5) for n in range(200)]
    for name, played in library.scripts.items():
        paper = Drawer(library, katas, CardChoices(cards), Wishes(3)).paper(played, "2026")
        assert paper.id == f"2026-{name}"
        assert sum(part.time for part in paper.parts) <= paper.duration
        half = Drawer(library, katas, CardChoices(cards), Wishes(3, played.duration * 2))
        assert half.paper(played, "2026").duration == 2 * paper.duration
    loop = Drawer(library, katas, CardChoices(cards), Wishes(3)).paper(
        library.scripts["full-loop"], "2026"
    )
    assert "coding/problem" in [part.id for part in loop.parts]


@pytest.mark.parametrize("name", sorted(path.stem for path in SHIPPED.glob("*.toml")))
def test_every_shipped_script_can_be_played_to_its_end(tmp_path, name):
    """Each stage is shown and handed in, marked, and reported in every form."""
    library = load_library(SHIPPED)
    katas = everything(library)
    cards = [card(n, difficulty=1 + n % 5) for n in range(200)]
    drawer = Drawer(library, katas, CardChoices(cards), Wishes(3))
    paper = drawer.paper(library.scripts[name], "2026")
    interview = begin(paper, Journal(tmp_path / "played"), Clock(), Desk())
    interview.start()
    seen = set()
    for _ in range(200):
        if interview.state.phase != "running":
            break
        seen.add(interview.state.current_part.id)
        interview.tick()
        interview.submit()
    assert seen == {part.id for part in paper.parts}
    for where, _, _ in interview.to_judge():
        interview.judged(where, {})
    for part_number, part in enumerate(paper.parts):
        for number, item in enumerate(part.items):
            for criterion in item.data.get("rubric", ()):
                interview.mark((part_number, number), criterion["id"], 3, "self")
    interview.finish()
    result = result_of(interview.state)
    assert (result["score"] is None) == (not paper.measured)
    assert len(text_report(result)) > 100
    told = write_reports(result, tmp_path / "played")
    assert not [line for line in told if "not written" in line]


def test_a_stage_of_named_katas(tmp_path):
    """Exactly these; one that is not selected is named."""
    stage = Stage("s", "S", "code", 600, True, 1, "free", items=("kata-2",))
    drawer = Drawer(Library(tmp_path), [kata(1), kata(2)], CardChoices([]), Wishes(1))
    assert [item.id for item in drawer._problems(stage, set())] == ["kata-2"]
    with pytest.raises(NothingToDraw, match="kata 'kata-3' is not among the selected ones"):
        drawer._problems(replace(stage, items=("kata-3",)), set())
