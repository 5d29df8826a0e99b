"""Deal tasks out so that each day keeps the shares of its tiers (70/20/10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pytest_prep.progress.work import Work


def dealt(
    shares: Mapping[int, float], works: Iterable[Work], due: Iterable[Work], room: float
) -> tuple[list[Work], list[Work]]:
    """Return today's tasks and the rest, both in the order in which they are dealt.

    The next task always comes from the tier that is furthest behind its share of all the minutes
    given out so far, those of former days included. So at no moment is a tier further behind than
    its share of one task. A task larger than the room that is left ends the day; where nothing
    else fits into the day at all, it is begun.

    Args:
        shares: the share of time of each tier.
        works: every task of the plan: what was done before counts for the shares.
        due: what is left to do, in the plan's order.
        room: minutes there are.
    """
    given = dict.fromkeys(shares, 0.0)
    for work in works:
        if work.was_done:
            given[work.block.tier] += work.size
    lines = {tier: [work for work in due if work.block.tier == tier] for tier in shares}
    order: list[Work] = []
    while any(lines.values()):
        total = sum(given.values())
        open_ = [tier for tier in sorted(lines) if lines[tier]]
        tier = max(open_, key=lambda tier: (shares[tier] * total - given[tier], shares[tier]))
        work = lines[tier].pop(0)
        given[tier] += work.size
        order.append(work)
    today: list[Work] = []
    for work in order:
        if today and work.at_start > room:
            break
        today.append(work)
        room -= work.at_start
    return today, order[len(today) :]
