--- schema
CREATE TABLE products (sku VARCHAR PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE prices (
    sku VARCHAR NOT NULL REFERENCES products (sku),
    valid_from DATE NOT NULL,
    price DECIMAL(8, 2) NOT NULL CHECK (price > 0),
    PRIMARY KEY (sku, valid_from)
);
CREATE TABLE sales (
    sale_id INTEGER PRIMARY KEY,
    sku VARCHAR NOT NULL REFERENCES products (sku),
    sold_on DATE NOT NULL,
    pieces INTEGER NOT NULL CHECK (pieces > 0)
);

--- question: Each sale with the price valid on its day (NULL where there was none yet).
--- reference
SELECT s.sale_id, (SELECT p.price FROM prices AS p WHERE p.sku = s.sku AND p.valid_from <= s.sold_on
  ORDER BY p.valid_from DESC LIMIT 1) AS price
FROM sales AS s
--- wrong: A price is valid from the next day only.
SELECT s.sale_id, (SELECT p.price FROM prices p WHERE p.sku = s.sku AND p.valid_from < s.sold_on ORDER BY p.valid_from DESC LIMIT 1) FROM sales s
--- wrong: The latest price, valid or not.
SELECT s.sale_id, (SELECT p.price FROM prices p WHERE p.sku = s.sku ORDER BY p.valid_from DESC LIMIT 1) FROM sales s
--- wrong: The first price.
SELECT s.sale_id, (SELECT p.price FROM prices p WHERE p.sku = s.sku AND p.valid_from <= s.sold_on ORDER BY p.valid_from LIMIT 1) FROM sales s
--- wrong: The highest price so far.
SELECT s.sale_id, (SELECT max(p.price) FROM prices p WHERE p.sku = s.sku AND p.valid_from <= s.sold_on) FROM sales s
--- wrong: Sales without a price are lost.
SELECT s.sale_id, p.price FROM sales s ASOF JOIN prices p ON p.sku = s.sku AND p.valid_from <= s.sold_on
--- wrong: All prices so far.
SELECT s.sale_id, p.price FROM sales s LEFT JOIN prices p ON p.sku = s.sku AND p.valid_from <= s.sold_on
--- wrong: Only a price that starts on the day.
SELECT s.sale_id, p.price FROM sales s LEFT JOIN prices p ON p.sku = s.sku AND p.valid_from = s.sold_on
--- right: ASOF LEFT JOIN.
SELECT s.sale_id, p.price FROM sales s ASOF LEFT JOIN prices p ON p.sku = s.sku AND p.valid_from <= s.sold_on
--- right: Valid until the next price.
SELECT s.sale_id, p.price FROM sales s LEFT JOIN (
  SELECT *, lead(valid_from) OVER (PARTITION BY sku ORDER BY valid_from) AS until FROM prices) p
ON p.sku = s.sku AND p.valid_from <= s.sold_on AND (s.sold_on < p.until OR p.until IS NULL)

--- question: Price changes of more than 10 percent up from the price before: sku, day, both prices.
--- reference
SELECT sku, valid_from, before, price FROM (
  SELECT *, lag(price) OVER (PARTITION BY sku ORDER BY valid_from) AS before FROM prices)
WHERE price > before * 1.1
--- wrong: Ten percent exactly counts.
SELECT sku, valid_from, before, price FROM (SELECT *, lag(price) OVER (PARTITION BY sku ORDER BY valid_from) AS before FROM prices) WHERE price >= before * 1.1
--- wrong: Down counts too.
SELECT sku, valid_from, before, price FROM (SELECT *, lag(price) OVER (PARTITION BY sku ORDER BY valid_from) AS before FROM prices)
WHERE abs(price - before) > before * 0.1
--- wrong: Products are mixed.
SELECT sku, valid_from, before, price FROM (SELECT *, lag(price) OVER (ORDER BY sku, valid_from) AS before FROM prices) WHERE price > before * 1.1
--- wrong: The price after instead of the one before.
SELECT sku, valid_from, before, price FROM (SELECT *, lead(price) OVER (PARTITION BY sku ORDER BY valid_from) AS before FROM prices) WHERE price > before * 1.1
--- wrong: The first price counts as a change from 0.
SELECT sku, valid_from, before, price FROM (SELECT *, lag(price, 1, 0) OVER (PARTITION BY sku ORDER BY valid_from) AS before FROM prices) WHERE price > before * 1.1
--- wrong: Compares with the lowest price before.
SELECT sku, valid_from, before, price FROM (SELECT *, min(price) OVER (PARTITION BY sku ORDER BY valid_from ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM prices) WHERE price > before * 1.1
--- right: Exact tenths.
SELECT sku, valid_from, before, price FROM (SELECT *, lag(price) OVER (PARTITION BY sku ORDER BY valid_from) AS before FROM prices) WHERE 10 * price > 11 * before
--- right: A self join to the price before.
SELECT p.sku, p.valid_from, b.price, p.price FROM prices p JOIN prices b ON b.sku = p.sku
  AND b.valid_from = (SELECT max(valid_from) FROM prices x WHERE x.sku = p.sku AND x.valid_from < p.valid_from)
WHERE p.price - b.price > b.price * 0.1
