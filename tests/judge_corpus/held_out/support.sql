--- schema
CREATE TABLE tickets (
    ticket_id INTEGER PRIMARY KEY,
    team VARCHAR NOT NULL,
    priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 4),
    opened TIMESTAMP NOT NULL,
    closed TIMESTAMP,
    CHECK (closed >= opened)
);

--- question: Per team the number of tickets open at midnight at the start of 2024-03-01 (closed exactly then is closed); teams with none are left out.
--- reference
SELECT team, count(*) AS open FROM tickets
WHERE opened < TIMESTAMP '2024-03-01' AND (closed > TIMESTAMP '2024-03-01' OR closed IS NULL) GROUP BY team
--- wrong: Tickets that are still open are lost.
SELECT team, count(*) FROM tickets WHERE opened < TIMESTAMP '2024-03-01' AND closed > TIMESTAMP '2024-03-01' GROUP BY team
--- wrong: Closed exactly then counts as open.
SELECT team, count(*) FROM tickets WHERE opened < TIMESTAMP '2024-03-01' AND coalesce(closed >= TIMESTAMP '2024-03-01', true) GROUP BY team
--- wrong: Opened later counts too.
SELECT team, count(*) FROM tickets WHERE closed IS NULL OR closed > TIMESTAMP '2024-03-01' GROUP BY team
--- wrong: OR binds weaker than AND.
SELECT team, count(*) FROM tickets WHERE opened < TIMESTAMP '2024-03-01' AND closed > TIMESTAMP '2024-03-01' OR closed IS NULL GROUP BY team
--- wrong: Closed during that day is taken as closed before.
SELECT team, count(*) FROM tickets WHERE opened < TIMESTAMP '2024-03-01'
  AND (closed::DATE > DATE '2024-03-01' OR closed IS NULL) GROUP BY team
--- right: All that were opened without those that were closed.
SELECT team, count(*) FROM tickets WHERE opened < '2024-03-01'::TIMESTAMP
  AND NOT coalesce(closed <= '2024-03-01'::TIMESTAMP, false) GROUP BY team
--- right: A far day instead of NULL.
SELECT team, count(*) FROM tickets WHERE opened::DATE < DATE '2024-03-01'
  AND coalesce(closed, TIMESTAMP '9999-12-31') > TIMESTAMP '2024-03-01' GROUP BY team

--- question: Median hours (with decimals) from opened to closed per team and priority, for groups with at least two closed tickets.
--- reference
SELECT team, priority, median(epoch(closed - opened) / 3600) AS hours FROM tickets
WHERE closed IS NOT NULL GROUP BY team, priority HAVING count(*) >= 2
--- wrong: The mean.
SELECT team, priority, avg(epoch(closed - opened) / 3600) FROM tickets WHERE closed IS NOT NULL GROUP BY team, priority HAVING count(*) >= 2
--- wrong: The lower middle value.
SELECT team, priority, quantile_disc(epoch(closed - opened) / 3600, 0.5) FROM tickets WHERE closed IS NOT NULL GROUP BY team, priority HAVING count(*) >= 2
--- wrong: Full hours.
SELECT team, priority, median(date_diff('hour', opened, closed)) FROM tickets WHERE closed IS NOT NULL GROUP BY team, priority HAVING count(*) >= 2
--- wrong: Open tickets help a group to two.
SELECT team, priority, median(epoch(closed - opened) / 3600) FROM tickets GROUP BY team, priority HAVING count(*) >= 2
--- wrong: More than two.
SELECT team, priority, median(epoch(closed - opened) / 3600) FROM tickets WHERE closed IS NOT NULL GROUP BY team, priority HAVING count(*) > 2
--- wrong: Leaves the priority out.
SELECT team, min(priority), median(epoch(closed - opened) / 3600) FROM tickets WHERE closed IS NOT NULL GROUP BY team HAVING count(*) >= 2
--- right: The interpolated quantile of seconds.
SELECT team, priority, quantile_cont(epoch(closed) - epoch(opened), 0.5) / 3600 FROM tickets
WHERE closed IS NOT NULL GROUP BY ALL HAVING count(closed) > 1
--- right: The middle rows by number.
SELECT team, priority, avg(h) FROM (SELECT team, priority, epoch(closed - opened) / 3600 AS h,
  row_number() OVER (PARTITION BY team, priority ORDER BY closed - opened) AS i, count(*) OVER (PARTITION BY team, priority) AS n
  FROM tickets WHERE closed IS NOT NULL) WHERE n >= 2 AND i IN ((n + 1) // 2, (n + 2) // 2) GROUP BY team, priority

--- question: The five most recently opened urgent tickets (priority 1), newest first, by id where opened at once.
--- order: opened, ticket_id
--- reference
SELECT ticket_id, opened FROM tickets WHERE priority = 1 ORDER BY opened DESC, ticket_id LIMIT 5
--- wrong: Oldest first.
SELECT ticket_id, opened FROM tickets WHERE priority = 1 ORDER BY opened, ticket_id LIMIT 5
--- wrong: The five newest, urgent or not, and then the urgent ones.
SELECT ticket_id, opened FROM (SELECT * FROM tickets ORDER BY opened DESC, ticket_id LIMIT 5) WHERE priority = 1 ORDER BY opened DESC, ticket_id
--- wrong: The tie is left open.
SELECT ticket_id, opened FROM tickets WHERE priority = 1 ORDER BY opened DESC LIMIT 5
--- wrong: The tie is broken the other way.
SELECT ticket_id, opened FROM tickets WHERE priority = 1 ORDER BY opened DESC, ticket_id DESC LIMIT 5
--- wrong: No limit.
SELECT ticket_id, opened FROM tickets WHERE priority = 1 ORDER BY opened DESC, ticket_id
--- wrong: Skips the first one.
SELECT ticket_id, opened FROM tickets WHERE priority = 1 ORDER BY opened DESC, ticket_id LIMIT 5 OFFSET 1
--- right: ROW_NUMBER.
SELECT ticket_id, opened FROM tickets WHERE priority = 1
QUALIFY row_number() OVER (ORDER BY opened DESC, ticket_id) <= 5 ORDER BY opened DESC, ticket_id
--- right: Fewer than five before it.
SELECT ticket_id, opened FROM tickets t WHERE priority = 1 AND (SELECT count(*) FROM tickets o WHERE o.priority = 1
  AND (o.opened > t.opened OR o.opened = t.opened AND o.ticket_id < t.ticket_id)) < 5 ORDER BY opened DESC, ticket_id
