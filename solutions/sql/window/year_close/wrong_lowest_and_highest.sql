-- Takes the lowest and the highest price for the first and the last: right only for a share that rises all year.
-- caught by: edge_up_and_down, sample, real
SELECT symbol, year(date) AS year, min(close) AS first_close, max(close) AS last_close
FROM prices
GROUP BY symbol, year(date);
