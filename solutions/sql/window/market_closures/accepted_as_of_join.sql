-- Looks from the fifth day after each trading day backwards to the latest trading day: if that is the day itself, a pause follows.
WITH looked_back AS (
    SELECT d.symbol, d.date AS last_day, p.date AS latest
    FROM prices AS d
    ASOF JOIN prices AS p
        ON p.symbol = d.symbol
        AND p.date <= d.date + 4
)
SELECT l.symbol, l.last_day, n.date AS next_day, n.date - l.last_day AS days
FROM looked_back AS l
ASOF JOIN prices AS n
    ON n.symbol = l.symbol
    AND n.date > l.last_day
WHERE l.latest = l.last_day;
