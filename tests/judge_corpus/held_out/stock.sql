--- schema
CREATE TABLE moves (
    move_id INTEGER PRIMARY KEY,
    warehouse VARCHAR NOT NULL,
    article VARCHAR NOT NULL,
    pieces INTEGER NOT NULL CHECK (pieces <> 0),
    moved_at TIMESTAMP NOT NULL
);

--- question: Articles whose stock over all warehouses is 0 or less now, and the stock.
--- reference
SELECT article, sum(pieces) AS stock FROM moves GROUP BY article HAVING sum(pieces) <= 0
--- wrong: Less than 0.
SELECT article, sum(pieces) FROM moves GROUP BY article HAVING sum(pieces) < 0
--- wrong: The condition is on rows, not on the sum.
SELECT article, sum(pieces) FROM moves WHERE pieces <= 0 GROUP BY article
--- wrong: Per warehouse.
SELECT article, sum(pieces) FROM moves GROUP BY article, warehouse HAVING sum(pieces) <= 0
--- wrong: The last move.
SELECT article, arg_max(pieces, moved_at) FROM moves GROUP BY article HAVING arg_max(pieces, moved_at) <= 0
--- wrong: Equal moves are counted once.
SELECT article, sum(DISTINCT pieces) FROM moves GROUP BY article HAVING sum(DISTINCT pieces) <= 0
--- right: A filter around the sums.
SELECT * FROM (SELECT article, sum(pieces) AS stock FROM moves GROUP BY article) WHERE stock < 1
--- right: Ins against outs.
SELECT article, sum(CASE WHEN pieces > 0 THEN pieces ELSE 0 END) - sum(CASE WHEN pieces < 0 THEN -pieces ELSE 0 END) AS stock
FROM moves GROUP BY article HAVING coalesce(sum(pieces) FILTER (WHERE pieces > 0), 0) <= coalesce(sum(-pieces) FILTER (WHERE pieces < 0), 0)

--- question: Days in 2024 with moves, and pieces in and pieces out (as a positive number) of that day; oldest first.
--- order: day
--- reference
SELECT moved_at::DATE AS day,
  coalesce(sum(pieces) FILTER (WHERE pieces > 0), 0) AS pieces_in,
  coalesce(-sum(pieces) FILTER (WHERE pieces < 0), 0) AS pieces_out
FROM moves WHERE year(moved_at) = 2024 GROUP BY day ORDER BY day
--- wrong: NULL instead of 0.
SELECT moved_at::DATE AS day, sum(pieces) FILTER (WHERE pieces > 0), -sum(pieces) FILTER (WHERE pieces < 0)
FROM moves WHERE year(moved_at) = 2024 GROUP BY day ORDER BY day
--- wrong: Out is negative.
SELECT moved_at::DATE AS day, coalesce(sum(pieces) FILTER (WHERE pieces > 0), 0), coalesce(sum(pieces) FILTER (WHERE pieces < 0), 0)
FROM moves WHERE year(moved_at) = 2024 GROUP BY day ORDER BY day
--- wrong: The afternoon of the last day is lost.
SELECT moved_at::DATE AS day, coalesce(sum(pieces) FILTER (WHERE pieces > 0), 0), coalesce(-sum(pieces) FILTER (WHERE pieces < 0), 0)
FROM moves WHERE moved_at BETWEEN TIMESTAMP '2024-01-01' AND TIMESTAMP '2024-12-31' GROUP BY day ORDER BY day
--- wrong: By the moment, not by the day.
SELECT moved_at AS day, coalesce(sum(pieces) FILTER (WHERE pieces > 0), 0), coalesce(-sum(pieces) FILTER (WHERE pieces < 0), 0)
FROM moves WHERE year(moved_at) = 2024 GROUP BY moved_at ORDER BY moved_at
--- wrong: Counts moves.
SELECT moved_at::DATE AS day, count(*) FILTER (WHERE pieces > 0), count(*) FILTER (WHERE pieces < 0)
FROM moves WHERE year(moved_at) = 2024 GROUP BY day ORDER BY day
--- wrong: In and out are set off against each other.
SELECT moved_at::DATE AS day, greatest(sum(pieces), 0), greatest(-sum(pieces), 0) FROM moves WHERE year(moved_at) = 2024 GROUP BY day ORDER BY day
--- wrong: Ordered by pieces.
SELECT moved_at::DATE AS day, coalesce(sum(pieces) FILTER (WHERE pieces > 0), 0), coalesce(-sum(pieces) FILTER (WHERE pieces < 0), 0)
FROM moves WHERE year(moved_at) = 2024 GROUP BY day ORDER BY 2
--- right: CASE inside SUM.
SELECT date_trunc('day', moved_at)::DATE AS day, sum(CASE WHEN pieces > 0 THEN pieces ELSE 0 END), sum(CASE WHEN pieces < 0 THEN -pieces ELSE 0 END)
FROM moves WHERE moved_at >= '2024-01-01' AND moved_at < '2025-01-01' GROUP BY 1 ORDER BY 1
--- right: greatest per row.
SELECT CAST(moved_at AS DATE) AS day, sum(greatest(pieces, 0)), sum(greatest(-pieces, 0)) FROM moves
WHERE date_part('year', moved_at) = 2024 GROUP BY CAST(moved_at AS DATE) ORDER BY day

--- question: For each warehouse and article the longest time without a move, in whole hours; with a single move, NULL.
--- reference
SELECT warehouse, article, max(gap) AS hours FROM (
  SELECT warehouse, article, date_diff('hour', lag(moved_at) OVER (PARTITION BY warehouse, article ORDER BY moved_at), moved_at) AS gap FROM moves)
GROUP BY warehouse, article
--- wrong: Articles of all warehouses together.
SELECT warehouse, article, max(gap) FROM (
  SELECT warehouse, article, date_diff('hour', lag(moved_at) OVER (PARTITION BY article ORDER BY moved_at), moved_at) AS gap FROM moves)
GROUP BY warehouse, article
--- wrong: From the first move to the last.
SELECT warehouse, article, CASE WHEN count(*) > 1 THEN date_diff('hour', min(moved_at), max(moved_at)) END FROM moves GROUP BY ALL
--- wrong: 0 for a single move.
SELECT warehouse, article, coalesce(max(gap), 0) FROM (
  SELECT warehouse, article, date_diff('hour', lag(moved_at) OVER (PARTITION BY warehouse, article ORDER BY moved_at), moved_at) AS gap FROM moves)
GROUP BY warehouse, article
--- wrong: By the order of ids.
SELECT warehouse, article, max(gap) FROM (
  SELECT warehouse, article, date_diff('hour', lag(moved_at) OVER (PARTITION BY warehouse, article ORDER BY move_id), moved_at) AS gap FROM moves)
GROUP BY warehouse, article
--- wrong: The shortest time.
SELECT warehouse, article, min(gap) FROM (
  SELECT warehouse, article, date_diff('hour', lag(moved_at) OVER (PARTITION BY warehouse, article ORDER BY moved_at), moved_at) AS gap FROM moves)
GROUP BY warehouse, article
--- wrong: Single moves are lost.
SELECT warehouse, article, max(gap) FROM (
  SELECT warehouse, article, date_diff('hour', lag(moved_at) OVER (PARTITION BY warehouse, article ORDER BY moved_at), moved_at) AS gap FROM moves)
WHERE gap IS NOT NULL GROUP BY warehouse, article
--- right: LEAD instead of LAG.
SELECT warehouse, article, max(date_diff('hour', moved_at, next)) FROM (
  SELECT *, lead(moved_at) OVER (PARTITION BY warehouse, article ORDER BY moved_at) AS next FROM moves) GROUP BY ALL
