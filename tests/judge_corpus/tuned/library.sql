--- schema
CREATE TABLE books (book_id INTEGER PRIMARY KEY, title VARCHAR NOT NULL, author VARCHAR, pages INTEGER CHECK (pages > 0));
CREATE TABLE loans (
    loan_id INTEGER PRIMARY KEY,
    book_id INTEGER NOT NULL REFERENCES books (book_id),
    reader VARCHAR NOT NULL,
    taken DATE NOT NULL,
    returned DATE,
    CHECK (returned >= taken)
);

--- question: Titles that start with "The " (that letter case), and their author, 'unknown' where it is missing.
--- reference
SELECT title, coalesce(author, 'unknown') AS author FROM books WHERE title LIKE 'The %'
--- wrong: No blank after the article.
SELECT title, coalesce(author, 'unknown') FROM books WHERE title LIKE 'The%'
--- wrong: Anywhere in the title.
SELECT title, coalesce(author, 'unknown') FROM books WHERE title LIKE '%The %'
--- wrong: Any letter case.
SELECT title, coalesce(author, 'unknown') FROM books WHERE title ILIKE 'the %'
--- wrong: The author stays NULL.
SELECT title, author FROM books WHERE title LIKE 'The %'
--- wrong: Books without an author are lost.
SELECT title, author FROM books WHERE title LIKE 'The %' AND author <> 'unknown'
--- wrong: Equal titles are merged.
SELECT DISTINCT title, coalesce(author, 'unknown') FROM books WHERE title LIKE 'The %'
--- right: starts_with.
SELECT title, ifnull(author, 'unknown') FROM books WHERE starts_with(title, 'The ')
--- right: The first four letters.
SELECT title, CASE WHEN author IS NULL THEN 'unknown' ELSE author END FROM books WHERE title[1:4] = 'The '
--- right: A regular expression.
SELECT title, coalesce(author, 'unknown') FROM books WHERE regexp_matches(title, '^The ')

--- question: Loans that lasted more than 28 days, or are not back 28 days after being taken on 2024-06-30; loan and days so far.
--- reference
SELECT loan_id, coalesce(returned, DATE '2024-06-30') - taken AS days FROM loans
WHERE taken <= DATE '2024-06-30' AND coalesce(returned, DATE '2024-06-30') - taken > 28
--- wrong: 28 days count too.
SELECT loan_id, coalesce(returned, DATE '2024-06-30') - taken FROM loans
WHERE taken <= DATE '2024-06-30' AND coalesce(returned, DATE '2024-06-30') - taken >= 28
--- wrong: Open loans are lost.
SELECT loan_id, returned - taken FROM loans WHERE taken <= DATE '2024-06-30' AND returned - taken > 28
--- wrong: More than a month, which may have 29 days or more.
SELECT loan_id, coalesce(returned, DATE '2024-06-30') - taken FROM loans
WHERE taken <= DATE '2024-06-30' AND coalesce(returned, DATE '2024-06-30') > taken + INTERVAL 1 MONTH
--- wrong: Counts both ends.
SELECT loan_id, coalesce(returned, DATE '2024-06-30') - taken + 1 FROM loans
WHERE taken <= DATE '2024-06-30' AND coalesce(returned, DATE '2024-06-30') - taken > 28
--- wrong: Returned after the day of the report is taken as not returned.
SELECT loan_id, least(returned, DATE '2024-06-30') - taken FROM loans
WHERE taken <= DATE '2024-06-30' AND least(returned, DATE '2024-06-30') - taken > 28
--- right: date_diff.
SELECT loan_id, date_diff('day', taken, coalesce(returned, DATE '2024-06-30')) FROM loans
WHERE taken <= DATE '2024-06-30' AND date_diff('day', taken, coalesce(returned, DATE '2024-06-30')) >= 29
--- right: Compares with the day it was due.
SELECT loan_id, ifnull(returned, DATE '2024-06-30') - taken FROM loans
WHERE taken <= DATE '2024-06-30' AND ifnull(returned, DATE '2024-06-30') > taken + INTERVAL 28 DAYS

--- question: Loans per month of 2024, all twelve months, first day of the month and number.
--- order: month
--- reference
SELECT m.month::DATE AS month, count(l.loan_id) AS loans
FROM generate_series(DATE '2024-01-01', DATE '2024-12-01', INTERVAL 1 MONTH) AS m(month)
LEFT JOIN loans AS l ON date_trunc('month', l.taken) = m.month
GROUP BY m.month ORDER BY m.month
--- wrong: Months without a loan are missing.
SELECT date_trunc('month', taken)::DATE AS month, count(*) FROM loans WHERE year(taken) = 2024 GROUP BY 1 ORDER BY 1
--- wrong: A month without a loan counts one.
SELECT m.month::DATE AS month, count(*) FROM generate_series(DATE '2024-01-01', DATE '2024-12-01', INTERVAL 1 MONTH) AS m(month)
LEFT JOIN loans l ON date_trunc('month', l.taken) = m.month GROUP BY m.month ORDER BY m.month
--- wrong: The year is ignored.
SELECT m.month::DATE AS month, count(l.loan_id) FROM generate_series(DATE '2024-01-01', DATE '2024-12-01', INTERVAL 1 MONTH) AS m(month)
LEFT JOIN loans l ON month(l.taken) = month(m.month) GROUP BY m.month ORDER BY m.month
--- wrong: Counts days of the month's first only.
SELECT m.month::DATE AS month, count(l.loan_id) FROM generate_series(DATE '2024-01-01', DATE '2024-12-01', INTERVAL 1 MONTH) AS m(month)
LEFT JOIN loans l ON l.taken = m.month GROUP BY m.month ORDER BY m.month
--- wrong: December is missing.
SELECT m.month::DATE AS month, count(l.loan_id) FROM range(DATE '2024-01-01', DATE '2024-12-01', INTERVAL 1 MONTH) AS m(month)
LEFT JOIN loans l ON date_trunc('month', l.taken) = m.month GROUP BY m.month ORDER BY m.month
--- wrong: The last day of each month is lost.
SELECT m.month::DATE AS month, count(l.loan_id) FROM generate_series(DATE '2024-01-01', DATE '2024-12-01', INTERVAL 1 MONTH) AS m(month)
LEFT JOIN loans l ON l.taken >= m.month AND l.taken < m.month + INTERVAL 1 MONTH - INTERVAL 1 DAY GROUP BY m.month ORDER BY m.month
--- right: A half-open interval.
SELECT m.month::DATE AS month, count(l.loan_id) FROM range(DATE '2024-01-01', DATE '2025-01-01', INTERVAL 1 MONTH) AS m(month)
LEFT JOIN loans l ON l.taken >= m.month AND l.taken < m.month + INTERVAL 1 MONTH GROUP BY m.month ORDER BY m.month
--- right: make_date of twelve numbers.
SELECT make_date(2024, n.i::INTEGER, 1) AS month, (SELECT count(*) FROM loans WHERE year(taken) = 2024 AND month(taken) = n.i)
FROM range(1, 13) AS n(i) ORDER BY 1
