"""The dashboard as one HTML page that needs nothing else: light and dark, narrow and printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from pytest_prep.progress.stats import Overview
from pytest_prep.progress.steps import Step
from pytest_prep.report.glyphs import count, day_text, days_left_text, minutes_text, plain

#: No script runs and nothing is loaded, whatever a title holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --page: #ffffff;
  --card: #f3f5f7; --line: #d0d7de; --good: #1a7f37; --some: #9a6700; --rest: #d8dee4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4ae; --page: #0d1117;
  --card: #161b22; --line: #30363d; --good: #3fb950; --some: #d29922; --rest: #30363d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--page);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
  gap: .75rem; margin: 1.25rem 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .75rem; }
.tile b { display: block; font-size: 1.6rem; line-height: 1.2; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0;
  border-bottom: 1px solid var(--line); font-weight: normal; }
td.number { white-space: nowrap; text-align: right; } th.deep { padding-left: 1.25rem; }
td.bar { width: 40%; } .track { height: .7rem; margin-top: .4rem; background: var(--rest);
  border-radius: .35rem; overflow: hidden; }
.fill { height: 100%; background: var(--good); }
ol { padding-left: 1.4rem; } li { margin-bottom: .5rem; }
code { font: .9em ui-monospace, monospace; background: var(--card); padding: .1rem .3rem;
  border-radius: .25rem; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; } svg text { fill: var(--soft); }
.map { display: grid; grid-template-columns: 2.5rem repeat(12, minmax(0, 1.4rem)); gap: 3px;
  font-size: .75rem; align-items: center; }
.map i { display: block; aspect-ratio: 1; border-radius: 3px; background: var(--rest); }
.map i.s1, .key i.s1 { background: color-mix(in srgb, var(--good) 30%, var(--page)); }
.map i.s2, .key i.s2 { background: color-mix(in srgb, var(--good) 55%, var(--page)); }
.map i.s3, .key i.s3 { background: color-mix(in srgb, var(--good) 80%, var(--page)); }
.map i.s4, .key i.s4 { background: var(--good); }
.map i.none { visibility: hidden; }
.key { font-size: .8rem; color: var(--soft); }
.key i { display: inline-block; width: .8rem; height: .8rem; border-radius: 3px;
  background: var(--rest); margin: 0 .25rem 0 .75rem; vertical-align: -1px; }
@media (max-width: 36rem) { td.wide, th.wide { display: none; } td.bar { width: 30%; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --page: #fff;
  --card: #fff; --line: #bbb; --good: #1a7f37; --rest: #ddd; }
  body { max-width: none; font-size: 11pt; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2 { break-after: avoid; } tr, .tile, li, svg, .map { break-inside: avoid; } }
"""


def as_html(view: Overview, steps: tuple[Step, ...], plan: tuple[tuple[str, str], ...]) -> str:
    """Return the dashboard as a page; every text in it is escaped."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Practice, {day_text(view.today)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{chr(10).join(_body(view, steps, plan))}\n</body>\n</html>\n"
    )


def _body(
    view: Overview, steps: tuple[Step, ...], plan: tuple[tuple[str, str], ...]
) -> Iterator[str]:
    yield f"<h1>{day_text(view.today, weekday=True)}</h1>"
    if view.days_left is not None:
        left = days_left_text(view.days_left)
        yield f'<p class="soft">{left} ({day_text(view.interview)})</p>'
    if view.narrowed:
        yield f'<p class="soft">the {count(view.katas.total, "selected kata")} only</p>'
    yield f'<div class="tiles">{"".join(_tiles(view))}</div>'
    yield _section("Next", _next(steps)) if steps else ""
    shares = (
        (("  " if share.depth else "") + share.name, share.done, share.total,
         " · ".join(f"{level} {done}/{total}" for level, done, total in share.levels))
        for share in view.areas
    )  # fmt: skip
    yield _section("Solved, by area", _bars(shares))
    levels = ((level, done, total, "") for level, done, total in view.katas.levels)
    yield _section("Solved, by level", _bars(levels))
    if view.weak:
        rows = "".join(
            f"<tr><th>{_text(weak.name)}</th><td class='wide soft'>{weak.kind}</td>"
            f"<td>{_text('; '.join(weak.reasons))}</td></tr>"
            for weak in view.weak
        )
        yield _section("Weak, and why", f"<table>{rows}</table>")
    if plan:
        rows = "".join(f"<tr><th>{_text(a)}</th><td>{_text(b)}</td></tr>" for a, b in plan)
        yield _section("Plan", f"<table>{rows}</table>")
    if any(minutes for _, minutes in view.calendar):
        yield _section("The last weeks", _calendar(view))
    if len(view.completion) > 1 and view.katas.done:
        yield _section("Katas solved over time", _completion(view))
    topics = [topic for topic in view.topics if topic.attempts]
    if topics:
        bars = ((topic.name, topic.accepted, topic.attempts, "") for topic in topics)
        yield _section("Attempts accepted, by topic", _bars(bars))
    unknown = ", ".join(_text(topic.name) for topic in view.topics if not topic.attempts)
    if unknown and topics:
        yield f'<p class="soft">unknown, never tried: {unknown}</p>'
    if view.time.total >= 1:
        yield _section("Where the time went", _time(view))


def _text(text: str) -> str:
    return escape(plain(text))


def _section(title: str, content: str) -> str:
    return f"<section><h2>{title}</h2>\n{content}\n</section>"


def _tiles(view: Overview) -> Iterator[str]:
    def tile(name: str, number: str, more: str) -> str:
        return f'<div class="tile">{name}<b>{number}</b><span class="soft">{more}</span></div>'

    share = view.katas
    percent = f"{100 * share.done // share.total} %" if share.total else "none selected"
    yield tile("katas solved", f"{share.done} of {share.total}", percent)
    time = view.time
    of_goal = "" if view.narrowed else f"of {minutes_text(time.goal)}, "
    total = f"{minutes_text(time.total)} in total"
    yield tile("time today", minutes_text(time.today), of_goal + total)
    if view.cards and (view.cards.total or view.cards.seen):
        recall = view.cards.recall
        more = f"recall {100 * recall:.0f} %, {view.cards.due} due" if recall is not None else ""
        of_all = f" of {view.cards.total}" if view.cards.total else ""
        yield tile("cards seen", f"{view.cards.seen}{of_all}", more)
    if view.mocks:
        average = view.mocks.average
        more = f"average {average:.0f} of 100" if average is not None else "none scored yet"
        yield tile("mock interviews", str(view.mocks.count), more)
    if not view.narrowed:
        yield tile("streak", count(view.streak.days, "day"), f"longest {view.streak.longest}")


def _next(steps: tuple[Step, ...]) -> str:
    items = (f"<li>{_text(s.text)}<br><code>{_text(s.command)}</code></li>" for s in steps)
    return f"<ol>{''.join(items)}</ol>"


def _bars(rows: Iterable[tuple[str, float, float, str]]) -> str:
    lines = []
    for name, done, total, more in rows:
        deep = ' class="deep"' if name.startswith("  ") else ""
        lines.append(
            f"<tr><th{deep}>{_text(name.strip())}</th>"
            f'<td class="bar">{_bar(done, total)}</td>'
            f'<td class="number">{done:g} of {total:g}</td>'
            f'<td class="wide soft">{_text(more)}</td></tr>'
        )
    return f"<table>{''.join(lines)}</table>"


def _bar(done: float, total: float) -> str:
    percent = 100 * done / total if total else 0
    return f'<div class="track"><div class="fill" style="width:{percent:.1f}%"></div></div>'


def _time(view: Overview) -> str:
    lines = (
        f'<tr><th>{_text(area)}</th><td class="bar">{_bar(total, view.time.total)}</td>'
        f'<td class="number">{minutes_text(total)}</td></tr>'
        for area, total, _ in view.time.areas
    )
    return f"<table>{''.join(lines)}</table>"


def _calendar(view: Overview) -> str:
    cells = []
    weeks = -(-len(view.calendar) // 7)
    for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        days = view.calendar[number::7]
        cells.append(f"<span>{name}</span>")
        for day, minutes in days:
            share = minutes / view.time.goal
            level = 0 if minutes <= 0 else 1 + (share >= 0.5) + (share >= 1) + (share >= 2)
            cells.append(f'<i class="s{level}" title="{day}: {minutes_text(minutes)}"></i>')
        cells += ['<i class="none"></i>'] * (weeks - len(days))
    words = ("none", "less than half", "less than the goal", "the goal", "twice")
    key = "".join(f'<i class="s{n}"></i>{word}' for n, word in enumerate(words))
    return f'<div class="map">{"".join(cells)}</div><p class="key">{key}</p>'


def _completion(view: Overview) -> str:
    """Return a line as SVG, 600 × 150 units."""
    points = view.completion
    top = points[-1][1]
    step = 560 / (len(points) - 1)
    line = " ".join(
        f"{30 + n * step:.1f},{130 - 115 * done / top:.1f}" for n, (_, done) in enumerate(points)
    )
    first, last = day_text(points[0][0]), day_text(points[-1][0])
    label = f"From {points[0][1]} to {top} katas between {first} and {last}"
    return (
        f'<svg viewBox="0 0 600 150" role="img" aria-label="{label}" font-size="11">'
        f'<line x1="30" y1="130" x2="590" y2="130" stroke="var(--line)"/>'
        f'<polyline points="{line}" fill="none" stroke="var(--good)" stroke-width="2"/>'
        f'<text x="24" y="19" text-anchor="end">{top}</text>'
        f'<text x="24" y="134" text-anchor="end">0</text>'
        f'<text x="30" y="146">{first}</text>'
        f'<text x="590" y="146" text-anchor="end">{last}</text></svg>'
    )
