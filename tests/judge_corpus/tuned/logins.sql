--- schema
CREATE TABLE logins (
    user_id INTEGER NOT NULL,
    logged_at TIMESTAMP NOT NULL,
    device VARCHAR,
    PRIMARY KEY (user_id, logged_at)
);

--- question: The longest run of consecutive days with a login, per user.
--- reference
WITH days AS (SELECT DISTINCT user_id, logged_at::DATE AS day FROM logins),
islands AS (
  SELECT user_id, day - (row_number() OVER (PARTITION BY user_id ORDER BY day))::INTEGER AS island FROM days
)
SELECT user_id, max(n) AS days FROM (SELECT user_id, island, count(*) AS n FROM islands GROUP BY ALL) GROUP BY user_id
--- wrong: Two logins on a day break the run.
WITH islands AS (
  SELECT user_id, logged_at::DATE - (row_number() OVER (PARTITION BY user_id ORDER BY logged_at))::INTEGER AS island FROM logins)
SELECT user_id, max(n) FROM (SELECT user_id, island, count(*) AS n FROM islands GROUP BY ALL) GROUP BY user_id
--- wrong: Counts all days with a login.
SELECT user_id, count(DISTINCT logged_at::DATE) FROM logins GROUP BY user_id
--- wrong: Days of all users make one run.
WITH days AS (SELECT DISTINCT user_id, logged_at::DATE AS day FROM logins),
islands AS (SELECT user_id, day - (row_number() OVER (ORDER BY day))::INTEGER AS island FROM days)
SELECT user_id, max(n) FROM (SELECT user_id, island, count(*) AS n FROM islands GROUP BY ALL) GROUP BY user_id
--- wrong: From the first day to the last, gaps included.
SELECT user_id, max(logged_at::DATE) - min(logged_at::DATE) + 1 FROM logins GROUP BY user_id
--- wrong: Counts the steps between days, which is one less.
WITH days AS (SELECT DISTINCT user_id, logged_at::DATE AS day FROM logins),
islands AS (SELECT user_id, day, day - (row_number() OVER (PARTITION BY user_id ORDER BY day))::INTEGER AS island FROM days)
SELECT user_id, max(n) FROM (SELECT user_id, max(day) - min(day) AS n FROM islands GROUP BY user_id, island) GROUP BY user_id
--- wrong: The number of days that have a day before, plus one, over all runs together.
WITH days AS (SELECT DISTINCT user_id, logged_at::DATE AS day FROM logins)
SELECT d.user_id, count(b.day) + 1 FROM days d LEFT JOIN days b ON b.user_id = d.user_id AND b.day = d.day - 1 GROUP BY d.user_id
--- wrong: The last run, not the longest.
WITH days AS (SELECT DISTINCT user_id, logged_at::DATE AS day FROM logins),
islands AS (SELECT user_id, day, day - (row_number() OVER (PARTITION BY user_id ORDER BY day))::INTEGER AS island FROM days)
SELECT user_id, arg_max(n, island) FROM (SELECT user_id, island, count(*) AS n FROM islands GROUP BY user_id, island) GROUP BY user_id
--- right: A flag at each gap and its running sum.
WITH days AS (SELECT DISTINCT user_id, logged_at::DATE AS day FROM logins),
flags AS (SELECT *, CASE WHEN day = lag(day) OVER (PARTITION BY user_id ORDER BY day) + 1 THEN 0 ELSE 1 END AS new FROM days),
runs AS (SELECT *, sum(new) OVER (PARTITION BY user_id ORDER BY day) AS run FROM flags)
SELECT user_id, max(n) FROM (SELECT user_id, run, count(*) AS n FROM runs GROUP BY user_id, run) GROUP BY user_id
--- right: DENSE_RANK over days, without DISTINCT first.
WITH islands AS (
  SELECT user_id, logged_at::DATE AS day, logged_at::DATE - (dense_rank() OVER (PARTITION BY user_id ORDER BY logged_at::DATE))::INTEGER AS island FROM logins)
SELECT user_id, max(n) FROM (SELECT user_id, island, count(DISTINCT day) AS n FROM islands GROUP BY user_id, island) GROUP BY user_id

--- question: Share of users who logged in again on the day after their first day.
--- reference
WITH firsts AS (SELECT user_id, min(logged_at)::DATE AS day FROM logins GROUP BY user_id)
SELECT count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM logins AS l WHERE l.user_id = f.user_id AND l.logged_at::DATE = f.day + 1)) / nullif(count(*), 0) AS share
FROM firsts AS f
--- wrong: Integer division.
WITH firsts AS (SELECT user_id, min(logged_at)::DATE AS day FROM logins GROUP BY user_id)
SELECT count(DISTINCT l.user_id) // nullif(count(DISTINCT f.user_id), 0) FROM firsts f
LEFT JOIN logins l ON l.user_id = f.user_id AND l.logged_at::DATE = f.day + 1
--- wrong: Any day followed by the next counts.
SELECT (SELECT count(DISTINCT a.user_id) FROM logins a JOIN logins b ON b.user_id = a.user_id AND b.logged_at::DATE = a.logged_at::DATE + 1)
  / nullif((SELECT count(DISTINCT user_id) FROM logins), 0)
--- wrong: Within 24 hours instead of on the next day.
WITH firsts AS (SELECT user_id, min(logged_at) AS t FROM logins GROUP BY user_id)
SELECT count(DISTINCT l.user_id) / nullif(count(DISTINCT f.user_id), 0) FROM firsts f
LEFT JOIN logins l ON l.user_id = f.user_id AND l.logged_at > f.t AND l.logged_at <= f.t + INTERVAL 24 HOUR
--- wrong: Two logins on the next day count twice.
WITH firsts AS (SELECT user_id, min(logged_at)::DATE AS day FROM logins GROUP BY user_id)
SELECT count(l.user_id) / nullif(count(DISTINCT f.user_id), 0) FROM firsts f
LEFT JOIN logins l ON l.user_id = f.user_id AND l.logged_at::DATE = f.day + 1
--- wrong: Any later day counts.
WITH firsts AS (SELECT user_id, min(logged_at)::DATE AS day FROM logins GROUP BY user_id)
SELECT count(DISTINCT l.user_id) / nullif(count(DISTINCT f.user_id), 0) FROM firsts f
LEFT JOIN logins l ON l.user_id = f.user_id AND l.logged_at::DATE > f.day
--- wrong: Divides by logins.
WITH firsts AS (SELECT user_id, min(logged_at)::DATE AS day FROM logins GROUP BY user_id)
SELECT count(DISTINCT l.user_id) / nullif((SELECT count(*) FROM logins), 0) FROM firsts f
LEFT JOIN logins l ON l.user_id = f.user_id AND l.logged_at::DATE = f.day + 1
--- right: Different users on both sides.
WITH firsts AS (SELECT user_id, min(logged_at)::DATE AS day FROM logins GROUP BY user_id)
SELECT count(DISTINCT l.user_id) / nullif(count(DISTINCT f.user_id), 0) FROM firsts f
LEFT JOIN logins l ON l.user_id = f.user_id AND l.logged_at::DATE = f.day + 1
--- right: The average of a flag.
WITH firsts AS (SELECT user_id, min(logged_at::DATE) AS day FROM logins GROUP BY user_id)
SELECT avg(CASE WHEN (user_id, day + 1) IN (SELECT user_id, logged_at::DATE FROM logins) THEN 1.0 ELSE 0 END) FROM firsts
