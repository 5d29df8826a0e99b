--- schema
CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    city VARCHAR
);
CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customers (customer_id),
    ordered_on DATE NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('paid', 'open', 'cancelled'))
);
CREATE TABLE items (
    order_id INTEGER NOT NULL REFERENCES orders (order_id),
    product VARCHAR NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price DECIMAL(10, 2) NOT NULL CHECK (price >= 0),
    PRIMARY KEY (order_id, product)
);

--- question: Customers who never ordered.
--- reference
SELECT c.customer_id, c.name FROM customers AS c
WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.customer_id)
--- wrong: NOT IN over a column that can be NULL returns nothing.
SELECT customer_id, name FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders)
--- wrong: An inner join keeps exactly the others.
SELECT DISTINCT c.customer_id, c.name FROM customers c JOIN orders o USING (customer_id)
--- wrong: Looks for cancelled orders only.
SELECT c.customer_id, c.name FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.status <> 'cancelled'
WHERE o.order_id IS NULL
--- wrong: The test for NULL is on a column of the wrong table.
SELECT c.customer_id, c.name FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id WHERE c.city IS NULL
--- right: NOT IN with the NULLs removed.
SELECT customer_id, name FROM customers
WHERE customer_id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL)
--- right: A left join whose right side found nothing.
SELECT c.customer_id, c.name FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id WHERE o.order_id IS NULL
--- right: An anti join.
SELECT c.customer_id, c.name FROM customers c ANTI JOIN orders o ON o.customer_id = c.customer_id

--- question: Revenue of paid orders per customer, 0 where there is none.
--- reference
SELECT c.customer_id, coalesce(sum(i.quantity * i.price), 0) AS revenue
FROM customers AS c
LEFT JOIN orders AS o ON o.customer_id = c.customer_id AND o.status = 'paid'
LEFT JOIN items AS i ON i.order_id = o.order_id
GROUP BY c.customer_id
--- wrong: The condition in WHERE turns the left join into an inner one.
SELECT c.customer_id, coalesce(sum(i.quantity * i.price), 0) AS revenue
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id
LEFT JOIN items i ON i.order_id = o.order_id
WHERE o.status = 'paid' GROUP BY c.customer_id
--- wrong: NULL instead of 0.
SELECT c.customer_id, sum(i.quantity * i.price) AS revenue
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.status = 'paid'
LEFT JOIN items i ON i.order_id = o.order_id GROUP BY c.customer_id
--- wrong: Forgets the quantity.
SELECT c.customer_id, coalesce(sum(i.price), 0) AS revenue
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.status = 'paid'
LEFT JOIN items i ON i.order_id = o.order_id GROUP BY c.customer_id
--- wrong: DISTINCT inside SUM drops equal amounts.
SELECT c.customer_id, coalesce(sum(DISTINCT i.quantity * i.price), 0) AS revenue
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.status = 'paid'
LEFT JOIN items i ON i.order_id = o.order_id GROUP BY c.customer_id
--- wrong: Groups by name, which two customers can share.
SELECT min(c.customer_id), coalesce(sum(i.quantity * i.price), 0) AS revenue
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.status = 'paid'
LEFT JOIN items i ON i.order_id = o.order_id GROUP BY c.name
--- wrong: Counts everything that is not open, so also cancelled orders.
SELECT c.customer_id, coalesce(sum(i.quantity * i.price), 0) AS revenue
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.status <> 'open'
LEFT JOIN items i ON i.order_id = o.order_id GROUP BY c.customer_id
--- right: A correlated subquery.
SELECT c.customer_id, coalesce((SELECT sum(i.quantity * i.price) FROM orders o JOIN items i USING (order_id)
  WHERE o.customer_id = c.customer_id AND o.status = 'paid'), 0) AS revenue
FROM customers c
--- right: A conditional sum after the joins.
SELECT c.customer_id, sum(CASE WHEN o.status = 'paid' AND i.order_id IS NOT NULL THEN i.quantity * i.price ELSE 0 END) AS revenue
FROM customers c LEFT JOIN orders o ON o.customer_id = c.customer_id
LEFT JOIN items i ON i.order_id = o.order_id GROUP BY c.customer_id

--- question: Customers with at least three orders in 2024, and how many.
--- reference
SELECT customer_id, count(*) AS orders FROM orders
WHERE customer_id IS NOT NULL AND ordered_on >= DATE '2024-01-01' AND ordered_on < DATE '2025-01-01'
GROUP BY customer_id HAVING count(*) >= 3
--- wrong: More than three.
SELECT customer_id, count(*) AS orders FROM orders
WHERE customer_id IS NOT NULL AND year(ordered_on) = 2024 GROUP BY customer_id HAVING count(*) > 3
--- wrong: The last day of the year is lost.
SELECT customer_id, count(*) AS orders FROM orders
WHERE customer_id IS NOT NULL AND ordered_on >= DATE '2024-01-01' AND ordered_on < DATE '2024-12-31'
GROUP BY customer_id HAVING count(*) >= 3
--- wrong: The first day of the next year is counted.
SELECT customer_id, count(*) AS orders FROM orders
WHERE customer_id IS NOT NULL AND ordered_on BETWEEN DATE '2024-01-01' AND DATE '2025-01-01'
GROUP BY customer_id HAVING count(*) >= 3
--- wrong: Orders without a customer form a group.
SELECT customer_id, count(*) AS orders FROM orders
WHERE year(ordered_on) = 2024 GROUP BY customer_id HAVING count(*) >= 3
--- wrong: Counts the days, not the orders.
SELECT customer_id, count(DISTINCT ordered_on) AS orders FROM orders
WHERE customer_id IS NOT NULL AND year(ordered_on) = 2024 GROUP BY customer_id HAVING count(DISTINCT ordered_on) >= 3
--- right: The year by a function.
SELECT customer_id, count(*) FROM orders
WHERE customer_id IS NOT NULL AND year(ordered_on) = 2024 GROUP BY 1 HAVING count(*) >= 3
--- right: A window instead of HAVING.
SELECT DISTINCT customer_id, n FROM (
  SELECT customer_id, count(*) OVER (PARTITION BY customer_id) AS n FROM orders
  WHERE customer_id IS NOT NULL AND date_part('year', ordered_on) = 2024) WHERE n > 2
