--- schema
CREATE TABLE ports (code VARCHAR PRIMARY KEY, country VARCHAR NOT NULL);
CREATE TABLE lines (
    origin VARCHAR NOT NULL REFERENCES ports (code),
    dest VARCHAR NOT NULL REFERENCES ports (code),
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    PRIMARY KEY (origin, dest),
    CHECK (origin <> dest)
);

--- question: Ports that can be reached from port 'a' in at most three trips, and the fewest trips; 'a' itself is left out.
--- reference
WITH RECURSIVE reach(code, trips) AS (
  SELECT 'a', 0
  UNION
  SELECT l.dest, r.trips + 1 FROM reach AS r JOIN lines AS l ON l.origin = r.code WHERE r.trips < 3
)
SELECT code, min(trips) AS trips FROM reach WHERE code <> 'a' GROUP BY code
--- wrong: Two trips only.
WITH RECURSIVE reach(code, trips) AS (SELECT 'a', 0 UNION
  SELECT l.dest, r.trips + 1 FROM reach r JOIN lines l ON l.origin = r.code WHERE r.trips < 2)
SELECT code, min(trips) FROM reach WHERE code <> 'a' GROUP BY code
--- wrong: Four trips.
WITH RECURSIVE reach(code, trips) AS (SELECT 'a', 0 UNION
  SELECT l.dest, r.trips + 1 FROM reach r JOIN lines l ON l.origin = r.code WHERE r.trips <= 3)
SELECT code, min(trips) FROM reach WHERE code <> 'a' GROUP BY code
--- wrong: A row for each number of trips.
WITH RECURSIVE reach(code, trips) AS (SELECT 'a', 0 UNION
  SELECT l.dest, r.trips + 1 FROM reach r JOIN lines l ON l.origin = r.code WHERE r.trips < 3)
SELECT DISTINCT code, trips FROM reach WHERE code <> 'a'
--- wrong: Goes both ways.
WITH RECURSIVE reach(code, trips) AS (SELECT 'a', 0 UNION
  SELECT CASE WHEN l.origin = r.code THEN l.dest ELSE l.origin END, r.trips + 1
  FROM reach r JOIN lines l ON r.code IN (l.origin, l.dest) WHERE r.trips < 3)
SELECT code, min(trips) FROM reach WHERE code <> 'a' GROUP BY code
--- wrong: The start is kept.
WITH RECURSIVE reach(code, trips) AS (SELECT 'a', 0 UNION
  SELECT l.dest, r.trips + 1 FROM reach r JOIN lines l ON l.origin = r.code WHERE r.trips < 3)
SELECT code, min(trips) FROM reach GROUP BY code
--- wrong: Without a limit a circle never ends.
WITH RECURSIVE reach(code, trips) AS (SELECT 'a', 0 UNION ALL
  SELECT l.dest, r.trips + 1 FROM reach r JOIN lines l ON l.origin = r.code)
SELECT code, min(trips) FROM reach WHERE code <> 'a' AND trips <= 3 GROUP BY code
--- right: The trips one by one.
WITH one AS (SELECT dest AS code, 1 AS trips FROM lines WHERE origin = 'a'),
two AS (SELECT l.dest AS code, 2 AS trips FROM one JOIN lines l ON l.origin = one.code),
three AS (SELECT l.dest AS code, 3 AS trips FROM two JOIN lines l ON l.origin = two.code)
SELECT code, min(trips) FROM (FROM one UNION FROM two UNION FROM three) WHERE code <> 'a' GROUP BY code
--- right: UNION ALL with the path kept.
WITH RECURSIVE reach AS (
  SELECT ['a'] AS path UNION ALL
  SELECT list_append(r.path, l.dest) FROM reach r JOIN lines l ON l.origin = r.path[-1]
  WHERE len(r.path) <= 3 AND NOT list_contains(r.path, l.dest))
SELECT path[-1], min(len(path) - 1) FROM reach WHERE len(path) > 1 GROUP BY path[-1]

--- question: Per country: lines that stay in it, lines that leave it; countries with a port only.
--- reference
SELECT p.country,
  count(*) FILTER (WHERE q.country = p.country) AS inside,
  count(*) FILTER (WHERE q.country <> p.country) AS leaving
FROM ports AS p LEFT JOIN lines AS l ON l.origin = p.code LEFT JOIN ports AS q ON q.code = l.dest
GROUP BY p.country
--- wrong: Countries without lines are lost.
SELECT p.country, count(*) FILTER (WHERE q.country = p.country), count(*) FILTER (WHERE q.country <> p.country)
FROM ports p JOIN lines l ON l.origin = p.code JOIN ports q ON q.code = l.dest GROUP BY p.country
--- wrong: A port without lines counts as leaving.
SELECT p.country, count(*) FILTER (WHERE q.country = p.country), count(*) FILTER (WHERE q.country IS DISTINCT FROM p.country)
FROM ports p LEFT JOIN lines l ON l.origin = p.code LEFT JOIN ports q ON q.code = l.dest GROUP BY p.country
--- wrong: Counts the arriving lines as leaving.
SELECT p.country, count(*) FILTER (WHERE q.country = p.country), count(*) FILTER (WHERE q.country <> p.country)
FROM ports p LEFT JOIN lines l ON l.dest = p.code LEFT JOIN ports q ON q.code = l.origin GROUP BY p.country
--- wrong: Counts ports, not lines.
SELECT p.country, count(DISTINCT q.code) FILTER (WHERE q.country = p.country), count(DISTINCT q.code) FILTER (WHERE q.country <> p.country)
FROM ports p LEFT JOIN lines l ON l.origin = p.code LEFT JOIN ports q ON q.code = l.dest GROUP BY p.country
--- wrong: Everything that does not stay, counted over all lines of the country.
SELECT p.country, count(*) FILTER (WHERE q.country = p.country), count(l.origin)
FROM ports p LEFT JOIN lines l ON l.origin = p.code LEFT JOIN ports q ON q.code = l.dest GROUP BY p.country
--- right: Sums of flags.
SELECT p.country, coalesce(sum((q.country = p.country)::INTEGER), 0), coalesce(sum((q.country <> p.country)::INTEGER), 0)
FROM ports p LEFT JOIN (lines l JOIN ports q ON q.code = l.dest) ON l.origin = p.code GROUP BY p.country
