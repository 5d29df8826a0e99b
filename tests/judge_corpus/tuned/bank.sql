--- schema
CREATE TABLE accounts (account_id INTEGER PRIMARY KEY, owner VARCHAR NOT NULL);
CREATE TABLE transfers (
    transfer_id INTEGER PRIMARY KEY,
    from_id INTEGER REFERENCES accounts (account_id),
    to_id INTEGER REFERENCES accounts (account_id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    booked_on DATE NOT NULL,
    CHECK (from_id IS NOT NULL OR to_id IS NOT NULL),
    CHECK (from_id <> to_id)
);

--- question: The balance of each account, 0 without transfers.
--- reference
SELECT a.account_id,
  coalesce((SELECT sum(amount) FROM transfers WHERE to_id = a.account_id), 0)
  - coalesce((SELECT sum(amount) FROM transfers WHERE from_id = a.account_id), 0) AS balance
FROM accounts AS a
--- wrong: Joins both sides at once, so amounts are repeated.
SELECT a.account_id, coalesce(sum(i.amount), 0) - coalesce(sum(o.amount), 0)
FROM accounts a LEFT JOIN transfers i ON i.to_id = a.account_id LEFT JOIN transfers o ON o.from_id = a.account_id
GROUP BY a.account_id
--- wrong: NULL where one side is missing.
SELECT a.account_id, (SELECT sum(amount) FROM transfers WHERE to_id = a.account_id)
  - (SELECT sum(amount) FROM transfers WHERE from_id = a.account_id) FROM accounts a
--- wrong: UNION removes equal transfers.
SELECT a.account_id, coalesce(sum(m.amount), 0) FROM accounts a LEFT JOIN (
  SELECT to_id AS account_id, amount FROM transfers UNION SELECT from_id, -amount FROM transfers) m USING (account_id)
GROUP BY a.account_id
--- wrong: The signs are exchanged.
SELECT a.account_id, coalesce(sum(CASE WHEN t.from_id = a.account_id THEN t.amount ELSE -t.amount END), 0)
FROM accounts a LEFT JOIN transfers t ON a.account_id IN (t.from_id, t.to_id) GROUP BY a.account_id
--- wrong: Accounts without transfers are lost.
SELECT account_id, sum(amount) FROM (
  SELECT to_id AS account_id, amount FROM transfers UNION ALL SELECT from_id, -amount FROM transfers)
WHERE account_id IS NOT NULL GROUP BY account_id
--- right: UNION ALL of both sides.
SELECT a.account_id, coalesce(sum(m.amount), 0) FROM accounts a LEFT JOIN (
  SELECT to_id AS account_id, amount FROM transfers UNION ALL SELECT from_id, -amount FROM transfers) m USING (account_id)
GROUP BY a.account_id
--- right: One join on either side and a sign.
SELECT a.account_id, coalesce(sum(CASE WHEN t.to_id = a.account_id THEN t.amount ELSE -t.amount END), 0)
FROM accounts a LEFT JOIN transfers t ON t.from_id = a.account_id OR t.to_id = a.account_id GROUP BY a.account_id

--- question: Incoming money per account and day with a running total within the account; one row per account and day, oldest first.
--- order: account_id, booked_on
--- reference
SELECT to_id AS account_id, booked_on, sum(amount) AS day,
  sum(sum(amount)) OVER (PARTITION BY to_id ORDER BY booked_on) AS total
FROM transfers WHERE to_id IS NOT NULL GROUP BY to_id, booked_on ORDER BY to_id, booked_on
--- wrong: The total runs over all accounts.
SELECT to_id AS account_id, booked_on, sum(amount), sum(sum(amount)) OVER (ORDER BY booked_on)
FROM transfers WHERE to_id IS NOT NULL GROUP BY to_id, booked_on ORDER BY to_id, booked_on
--- wrong: Without an order inside the window it is the grand total.
SELECT to_id AS account_id, booked_on, sum(amount), sum(sum(amount)) OVER (PARTITION BY to_id)
FROM transfers WHERE to_id IS NOT NULL GROUP BY to_id, booked_on ORDER BY to_id, booked_on
--- wrong: One row per transfer, not per day.
SELECT to_id AS account_id, booked_on, amount, sum(amount) OVER (PARTITION BY to_id ORDER BY booked_on)
FROM transfers WHERE to_id IS NOT NULL ORDER BY to_id, booked_on
--- wrong: Newest first.
SELECT to_id AS account_id, booked_on, sum(amount), sum(sum(amount)) OVER (PARTITION BY to_id ORDER BY booked_on)
FROM transfers WHERE to_id IS NOT NULL GROUP BY to_id, booked_on ORDER BY to_id, booked_on DESC
--- wrong: No order at all.
SELECT to_id AS account_id, booked_on, sum(amount), sum(sum(amount)) OVER (PARTITION BY to_id ORDER BY booked_on)
FROM transfers WHERE to_id IS NOT NULL GROUP BY to_id, booked_on
--- wrong: The frame holds two days only.
SELECT to_id AS account_id, booked_on, sum(amount),
  sum(sum(amount)) OVER (PARTITION BY to_id ORDER BY booked_on ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
FROM transfers WHERE to_id IS NOT NULL GROUP BY to_id, booked_on ORDER BY to_id, booked_on
--- wrong: Orders by day, then by account.
SELECT to_id AS account_id, booked_on, sum(amount), sum(sum(amount)) OVER (PARTITION BY to_id ORDER BY booked_on)
FROM transfers WHERE to_id IS NOT NULL GROUP BY to_id, booked_on ORDER BY booked_on, to_id
--- right: The days in a query of their own.
WITH days AS (SELECT to_id, booked_on, sum(amount) AS day FROM transfers GROUP BY ALL)
SELECT to_id, booked_on, day, (SELECT sum(day) FROM days e WHERE e.to_id = d.to_id AND e.booked_on <= d.booked_on)
FROM days d WHERE to_id IS NOT NULL ORDER BY 1, 2
--- right: A frame by rows over days.
WITH days AS (SELECT to_id AS account_id, booked_on, sum(amount) AS day FROM transfers WHERE to_id IS NOT NULL GROUP BY ALL)
SELECT *, sum(day) OVER (PARTITION BY account_id ORDER BY booked_on ROWS UNBOUNDED PRECEDING) FROM days ORDER BY account_id, booked_on
