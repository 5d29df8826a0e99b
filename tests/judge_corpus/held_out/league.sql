--- schema
CREATE TABLE clubs (club VARCHAR PRIMARY KEY, town VARCHAR NOT NULL);
CREATE TABLE matches (
    match_id INTEGER PRIMARY KEY,
    home VARCHAR NOT NULL REFERENCES clubs (club),
    away VARCHAR NOT NULL REFERENCES clubs (club),
    home_goals INTEGER CHECK (home_goals >= 0),
    away_goals INTEGER CHECK (away_goals >= 0),
    CHECK (home <> away),
    CHECK ((home_goals IS NULL) = (away_goals IS NULL))
);

--- question: The table: club, played, points (3 for a win, 1 for a draw); matches without goals were not played; all clubs; most points first, then by name.
--- order: points, club
--- reference
WITH sides AS (
  SELECT home AS club, home_goals AS own, away_goals AS other FROM matches
  UNION ALL SELECT away, away_goals, home_goals FROM matches
)
SELECT c.club, count(s.own) AS played,
  coalesce(sum(CASE WHEN s.own > s.other THEN 3 WHEN s.own = s.other THEN 1 ELSE 0 END), 0) AS points
FROM clubs AS c LEFT JOIN sides AS s USING (club) GROUP BY c.club ORDER BY points DESC, c.club
--- wrong: UNION merges matches with the same goals.
WITH sides AS (SELECT home AS club, home_goals AS own, away_goals AS other FROM matches
  UNION SELECT away, away_goals, home_goals FROM matches)
SELECT c.club, count(s.own) AS played, coalesce(sum(CASE WHEN s.own > s.other THEN 3 WHEN s.own = s.other THEN 1 ELSE 0 END), 0) AS points
FROM clubs c LEFT JOIN sides s USING (club) GROUP BY c.club ORDER BY points DESC, c.club
--- wrong: Home matches only.
SELECT c.club, count(m.home_goals) AS played, coalesce(sum(CASE WHEN home_goals > away_goals THEN 3 WHEN home_goals = away_goals THEN 1 ELSE 0 END), 0) AS points
FROM clubs c LEFT JOIN matches m ON m.home = c.club GROUP BY c.club ORDER BY points DESC, c.club
--- wrong: Matches not played count as played.
WITH sides AS (SELECT home AS club, home_goals AS own, away_goals AS other FROM matches
  UNION ALL SELECT away, away_goals, home_goals FROM matches)
SELECT c.club, count(s.club) AS played, coalesce(sum(CASE WHEN s.own > s.other THEN 3 WHEN s.own = s.other THEN 1 ELSE 0 END), 0) AS points
FROM clubs c LEFT JOIN sides s ON s.club = c.club GROUP BY c.club ORDER BY points DESC, c.club
--- wrong: Two points for a win.
WITH sides AS (SELECT home AS club, home_goals AS own, away_goals AS other FROM matches
  UNION ALL SELECT away, away_goals, home_goals FROM matches)
SELECT c.club, count(s.own) AS played, coalesce(sum(CASE WHEN s.own > s.other THEN 2 WHEN s.own = s.other THEN 1 ELSE 0 END), 0) AS points
FROM clubs c LEFT JOIN sides s USING (club) GROUP BY c.club ORDER BY points DESC, c.club
--- wrong: Everything that is not a win is a draw.
WITH sides AS (SELECT home AS club, home_goals AS own, away_goals AS other FROM matches WHERE home_goals IS NOT NULL
  UNION ALL SELECT away, away_goals, home_goals FROM matches WHERE home_goals IS NOT NULL)
SELECT c.club, count(s.own) AS played, coalesce(sum(CASE WHEN s.own > s.other THEN 3 WHEN s.own <= s.other THEN 1 END), 0) AS points
FROM clubs c LEFT JOIN sides s USING (club) GROUP BY c.club ORDER BY points DESC, c.club
--- wrong: Fewest points first.
WITH sides AS (SELECT home AS club, home_goals AS own, away_goals AS other FROM matches
  UNION ALL SELECT away, away_goals, home_goals FROM matches)
SELECT c.club, count(s.own) AS played, coalesce(sum(CASE WHEN s.own > s.other THEN 3 WHEN s.own = s.other THEN 1 ELSE 0 END), 0) AS points
FROM clubs c LEFT JOIN sides s USING (club) GROUP BY c.club ORDER BY points, c.club
--- right: One join on both sides.
SELECT c.club, count(m.home_goals) AS played, coalesce(sum(CASE WHEN home_goals = away_goals THEN 1
  WHEN (home_goals > away_goals) = (m.home = c.club) THEN 3 ELSE 0 END) FILTER (WHERE m.home_goals IS NOT NULL), 0) AS points
FROM clubs c LEFT JOIN matches m ON c.club IN (m.home, m.away) GROUP BY c.club ORDER BY points DESC, c.club

--- question: Pairs of clubs (by name, first before second) that played each other both at home and away.
--- reference
SELECT DISTINCT a.home AS first, a.away AS second FROM matches AS a JOIN matches AS b ON b.home = a.away AND b.away = a.home
WHERE a.home < a.away AND a.home_goals IS NOT NULL AND b.home_goals IS NOT NULL
--- wrong: Two matches at the same place are enough.
SELECT least(home, away), greatest(home, away) FROM matches WHERE home_goals IS NOT NULL GROUP BY ALL HAVING count(*) >= 2
--- wrong: Each pair comes twice.
SELECT DISTINCT a.home, a.away FROM matches a JOIN matches b ON b.home = a.away AND b.away = a.home
WHERE a.home_goals IS NOT NULL AND b.home_goals IS NOT NULL
--- wrong: Repeated matches repeat the pair.
SELECT a.home, a.away FROM matches a JOIN matches b ON b.home = a.away AND b.away = a.home
WHERE a.home < a.away AND a.home_goals IS NOT NULL AND b.home_goals IS NOT NULL
--- wrong: One of the two may be still to come.
SELECT DISTINCT a.home, a.away FROM matches a JOIN matches b ON b.home = a.away AND b.away = a.home
WHERE a.home < a.away AND a.home_goals IS NOT NULL
--- wrong: One way is enough.
SELECT DISTINCT least(home, away), greatest(home, away) FROM matches WHERE home_goals IS NOT NULL
--- right: INTERSECT.
SELECT home, away FROM matches WHERE home < away AND home_goals IS NOT NULL
INTERSECT SELECT away, home FROM matches WHERE home_goals IS NOT NULL
--- right: Two places per pair.
SELECT least(home, away), greatest(home, away) FROM matches WHERE home_goals IS NOT NULL
GROUP BY ALL HAVING count(DISTINCT home) = 2
