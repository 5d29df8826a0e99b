--- schema
CREATE TABLE departments (department_id INTEGER PRIMARY KEY, title VARCHAR NOT NULL UNIQUE);
CREATE TABLE employees (
    employee_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    salary INTEGER NOT NULL CHECK (salary > 0),
    department_id INTEGER REFERENCES departments (department_id),
    manager_id INTEGER REFERENCES employees (employee_id)
);

--- question: Employees who earn more than their manager.
--- reference
SELECT e.employee_id FROM employees AS e
JOIN employees AS m ON m.employee_id = e.manager_id
WHERE e.salary > m.salary
--- wrong: As much counts too.
SELECT e.employee_id FROM employees e JOIN employees m ON m.employee_id = e.manager_id WHERE e.salary >= m.salary
--- wrong: The join is the wrong way round.
SELECT e.employee_id FROM employees e JOIN employees m ON m.manager_id = e.employee_id WHERE e.salary > m.salary
--- wrong: Compares with every manager, not with the own one.
SELECT employee_id FROM employees WHERE salary > ANY (SELECT m.salary FROM employees m WHERE m.employee_id IN (SELECT manager_id FROM employees))
--- wrong: Without a manager the salary is compared with 0.
SELECT e.employee_id FROM employees e LEFT JOIN employees m ON m.employee_id = e.manager_id WHERE e.salary > coalesce(m.salary, 0)
--- right: A scalar subquery.
SELECT employee_id FROM employees e WHERE salary > (SELECT salary FROM employees m WHERE m.employee_id = e.manager_id)
--- right: EXISTS.
SELECT employee_id FROM employees e WHERE EXISTS (SELECT 1 FROM employees m WHERE m.employee_id = e.manager_id AND m.salary < e.salary)

--- question: The second highest salary of each department, NULL where there is none.
--- reference
SELECT d.department_id, max(e.salary) AS second
FROM departments AS d
LEFT JOIN employees AS e ON e.department_id = d.department_id
  AND e.salary < (SELECT max(x.salary) FROM employees AS x WHERE x.department_id = d.department_id)
GROUP BY d.department_id
--- wrong: ROW_NUMBER takes a second one with the highest salary.
SELECT d.department_id, r.salary FROM departments d LEFT JOIN (
  SELECT department_id, salary, row_number() OVER (PARTITION BY department_id ORDER BY salary DESC) AS n FROM employees) r
ON r.department_id = d.department_id AND r.n = 2
--- wrong: RANK leaves the second place empty after a tie.
SELECT d.department_id, max(r.salary) FROM departments d LEFT JOIN (
  SELECT department_id, salary, rank() OVER (PARTITION BY department_id ORDER BY salary DESC) AS n FROM employees) r
ON r.department_id = d.department_id AND r.n = 2 GROUP BY d.department_id
--- wrong: Two who share the second place give two rows.
SELECT d.department_id, r.salary FROM departments d LEFT JOIN (
  SELECT department_id, salary, dense_rank() OVER (PARTITION BY department_id ORDER BY salary DESC) AS n FROM employees) r
ON r.department_id = d.department_id AND r.n = 2
--- wrong: Departments without a second salary are lost.
SELECT department_id, max(salary) FROM (
  SELECT department_id, salary, dense_rank() OVER (PARTITION BY department_id ORDER BY salary DESC) AS n
  FROM employees WHERE department_id IS NOT NULL) WHERE n = 2 GROUP BY department_id
--- wrong: The highest of the whole firm is left out, not that of the department.
SELECT d.department_id, max(e.salary) FROM departments d
LEFT JOIN employees e ON e.department_id = d.department_id AND e.salary < (SELECT max(salary) FROM employees)
GROUP BY d.department_id
--- wrong: The second lowest.
SELECT d.department_id, max(r.salary) FROM departments d LEFT JOIN (
  SELECT department_id, salary, dense_rank() OVER (PARTITION BY department_id ORDER BY salary) AS n FROM employees) r
ON r.department_id = d.department_id AND r.n = 2 GROUP BY d.department_id
--- right: DENSE_RANK, one row a department.
SELECT d.department_id, max(r.salary) FROM departments d LEFT JOIN (
  SELECT department_id, salary, dense_rank() OVER (PARTITION BY department_id ORDER BY salary DESC) AS n FROM employees) r
ON r.department_id = d.department_id AND r.n = 2 GROUP BY d.department_id
--- right: A list of the different salaries.
SELECT d.department_id, (SELECT list(DISTINCT e.salary ORDER BY e.salary DESC)[2] FROM employees e WHERE e.department_id = d.department_id)
FROM departments d
--- right: LIMIT and OFFSET over different salaries.
SELECT d.department_id, (SELECT DISTINCT salary FROM employees e WHERE e.department_id = d.department_id ORDER BY salary DESC LIMIT 1 OFFSET 1)
FROM departments d

--- question: For each employee the number of people below, at any depth.
--- reference
WITH RECURSIVE below AS (
  SELECT manager_id AS boss, employee_id FROM employees WHERE manager_id IS NOT NULL
  UNION
  SELECT e.manager_id, b.employee_id FROM below AS b JOIN employees AS e ON e.employee_id = b.boss
  WHERE e.manager_id IS NOT NULL
)
SELECT e.employee_id, count(b.employee_id) AS people
FROM employees AS e LEFT JOIN below AS b ON b.boss = e.employee_id GROUP BY e.employee_id
--- wrong: Direct reports only.
SELECT e.employee_id, count(r.employee_id) FROM employees e LEFT JOIN employees r ON r.manager_id = e.employee_id GROUP BY e.employee_id
--- wrong: Two levels only.
SELECT e.employee_id, count(DISTINCT r.employee_id) + count(DISTINCT s.employee_id)
FROM employees e LEFT JOIN employees r ON r.manager_id = e.employee_id LEFT JOIN employees s ON s.manager_id = r.employee_id
GROUP BY e.employee_id
--- wrong: Each counts as below themselves.
WITH RECURSIVE tree AS (
  SELECT employee_id AS boss, employee_id FROM employees
  UNION ALL SELECT t.boss, e.employee_id FROM tree t JOIN employees e ON e.manager_id = t.employee_id)
SELECT boss, count(*) FROM tree GROUP BY boss
--- wrong: Those without reports are left out.
WITH RECURSIVE tree AS (
  SELECT manager_id AS boss, employee_id FROM employees WHERE manager_id IS NOT NULL
  UNION ALL SELECT t.boss, e.employee_id FROM tree t JOIN employees e ON e.manager_id = t.employee_id)
SELECT boss, count(*) FROM tree GROUP BY boss
--- wrong: Starts from the top only, so counts the depth for all.
WITH RECURSIVE tree AS (
  SELECT employee_id, 0 AS depth FROM employees WHERE manager_id IS NULL
  UNION ALL SELECT e.employee_id, t.depth + 1 FROM tree t JOIN employees e ON e.manager_id = t.employee_id)
SELECT employee_id, depth FROM tree
--- right: Starts from each employee and takes itself off.
WITH RECURSIVE tree AS (
  SELECT employee_id AS boss, employee_id FROM employees
  UNION ALL SELECT t.boss, e.employee_id FROM tree t JOIN employees e ON e.manager_id = t.employee_id)
SELECT boss, count(*) - 1 FROM tree GROUP BY boss
--- right: Walks down with a left join at the end.
WITH RECURSIVE tree(boss, who) AS (
  SELECT manager_id, employee_id FROM employees WHERE manager_id IS NOT NULL
  UNION ALL SELECT t.boss, e.employee_id FROM tree t JOIN employees e ON e.manager_id = t.who)
SELECT e.employee_id, (SELECT count(*) FROM tree t WHERE t.boss = e.employee_id) FROM employees e
