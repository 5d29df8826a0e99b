"""Stories, designs and questions in plain lines: everything the screen has."""

from __future__ import annotations

import pytest
from candidate import Candidate
from test_interview_content import SCENARIO
from workspace import PRICE_KATA, PRICES

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
probes = ["And then?"]
model = "Of this kind: *the **first** guess* was `a * b * c`."

[question.points]
result = ["a number"]

[[question]]
id = "quietest"
text = "The quietest defect?"
"""

LOOP = """
[interview]
id = "all"
title = "All kinds"
kind = "loop"
duration = "1h"

[[stage]]
id = "choice"
kind = "choice"
time = "5m"
pick = { from = "mcq", count = 2 }

[[stage]]
id = "talk"
kind = "talk"
time = "10m"
questions = ["hardest", "quietest"]
say = ["The point first."]

[[stage]]
id = "design"
kind = "design"
time = "30m"
scenarios = ["pipe"]
"""

DECK = """---
deck: prices
title: Prices
category: sql
---

## One?
<!-- id: price-one -->
- [ ] no
  It is not.
- [x] yes

### Why
So it is.

## Two?
<!-- id: price-two -->
- [ ] no
  It is not.
- [x] yes

### Why
So it is.
"""


@pytest.fixture
def learner(workspace):
    """A candidate at an interview with every kind of stage."""
    workspace.sql_kata(PRICE_KATA, **PRICES)
    workspace.write("interviews/all.toml", LOOP)
    workspace.write("interviews/banks/stories.toml", BANK)
    workspace.write("interviews/scenarios/pipe.toml", SCENARIO)
    workspace.write("cards/prices.md", DECK)
    started = Candidate(workspace.root, "--mock=all", "--mock-seed", "2")
    yield started
    started.process.kill()
    started.process.wait()


def the_letter_of(shown, option):
    """Return the letter of an option in the question shown last."""
    lines = [line for line in shown.split("\n") if line.endswith(f"  {option}")]
    return lines[-1].split()[0]


def test_questions_stories_and_a_design(learner):
    """Chosen, told, asked, estimated, marked: and measured beside self-scored."""
    shown = learner.until("left] >")
    assert "stage 1 of 3: Choice" in shown
    learner.types("s", the_letter_of(shown, "yes"))
    learner.until("hand in? 2 of 2 not answered; it does not come back: type y")
    shown = learner.until("left] >") + learner.until("left] >")
    assert "2 of 2" in shown
    learner.types(the_letter_of(shown, "no"), "s")
    assert "The hardest defect?" in learner.until("result: what came of it, with a number")
    learner.types("situation a job was slow", "situation and nobody knew why", "s")
    learner.until("the interviewer: no Task said")
    learner.types("and I had a week for it", "run", "result from 3 h to 4 min")
    learner.until("kept: task")
    learner.until("there are no tests in this stage")
    learner.types("differently measure first", "s")
    learner.until("the interviewer: And then?")
    learner.types("result and it stayed so", "show")
    learner.until("the interviewer: And then?")
    learner.types("s")
    shown = learner.until("2 of 2") + learner.until("left] >")
    assert "say aloud" not in shown
    learner.types("and so on", "s", "y")
    learner.until("'and' is no command here; to answer: PART text (such as: situation …)")
    learner.until("hand in? nothing is written")
    learner.until("Design a pipe.")
    learner.types("ask what is the rate?", "ask what colour?", "estimate volume 1,000", "all a log")
    learner.until("Ten a second.")
    learner.until("No figure for that")
    learner.until("kept: volume = 1000 GB")
    learner.types("estimate size 3", "estimate volume -5", "estimate volume 5 h")
    learner.until("'size' is none of the estimates: volume")
    learner.until("'-5' is below 0: estimate volume NUMBER, in GB")
    learner.until("'h' is not the unit that is asked for: estimate volume NUMBER, in GB")
    learner.types("s")
    learner.until("before you see it")
    learner.types("60", "3", "?", "", "4p", "", "")
    shown = learner.until("report.txt")
    assert learner.leaves() == 0
    assert "what belongs in\n- result: a number" in shown
    assert "asked next\n- And then?" in shown
    assert "Result: yours\nfrom 3 h to 4 min\nand it stayed so\nDifferently: yours" in shown
    assert "Of this kind: the first guess was `a * b * c`." in shown
    assert shown.count("  4  measured") == 2  # with the first talk, and where they are asked for
    assert "you asked for\n- Ten a second." in shown
    assert "Use a pipe." in shown
    result = learner.result
    assert (result["score"], result["self_score"]) == (50, 83.3)
    talk, design = (stage["items"][0] for stage in result["stages"][1:])
    assert talk["sections"][-1]["text"] == "measure first"
    assert talk["sections"][0]["text"] == "a job was slow\nand nobody knew why"
    assert [(c["mark"], c["by"]) for c in talk["rubric"]] == [(3, "self")]
    assert [(c["mark"], c["by"]) for c in design["rubric"]] == [(4, "partner")]
    assert design["estimates"][0]["right"] is True
    assert [fact["told"] for fact in design["facts"]] == [True]
    assert "score 50 of 100 · pass mark of this script 70: not reached" in shown
    assert "self-scored 83.3 of 100\n" in shown
