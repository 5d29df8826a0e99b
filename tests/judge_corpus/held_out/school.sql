--- schema
CREATE TABLE students (student_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE courses (course_id INTEGER PRIMARY KEY, title VARCHAR NOT NULL, credits INTEGER NOT NULL CHECK (credits BETWEEN 1 AND 12));
CREATE TABLE exams (
    student_id INTEGER NOT NULL REFERENCES students (student_id),
    course_id INTEGER NOT NULL REFERENCES courses (course_id),
    taken_on DATE NOT NULL,
    points INTEGER CHECK (points BETWEEN 0 AND 100),
    PRIMARY KEY (student_id, course_id, taken_on)
);

--- question: The three best different results of each course with all who reached them (best result of a student counts); course, student, points.
--- reference
WITH best AS (SELECT course_id, student_id, max(points) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT course_id, student_id, points FROM best
QUALIFY dense_rank() OVER (PARTITION BY course_id ORDER BY points DESC) <= 3
--- wrong: RANK counts those who share a place.
WITH best AS (SELECT course_id, student_id, max(points) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT course_id, student_id, points FROM best QUALIFY rank() OVER (PARTITION BY course_id ORDER BY points DESC) <= 3
--- wrong: Three rows a course.
WITH best AS (SELECT course_id, student_id, max(points) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT course_id, student_id, points FROM best QUALIFY row_number() OVER (PARTITION BY course_id ORDER BY points DESC, student_id) <= 3
--- wrong: Every attempt counts.
SELECT course_id, student_id, points FROM exams WHERE points IS NOT NULL
QUALIFY dense_rank() OVER (PARTITION BY course_id ORDER BY points DESC) <= 3
--- wrong: The lowest three.
WITH best AS (SELECT course_id, student_id, max(points) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT course_id, student_id, points FROM best QUALIFY dense_rank() OVER (PARTITION BY course_id ORDER BY points) <= 3
--- wrong: Over all courses.
WITH best AS (SELECT course_id, student_id, max(points) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT course_id, student_id, points FROM best QUALIFY dense_rank() OVER (ORDER BY points DESC) <= 3
--- wrong: Exams without points come first.
WITH best AS (SELECT course_id, student_id, max(points) AS points FROM exams GROUP BY ALL)
SELECT course_id, student_id, points FROM best QUALIFY dense_rank() OVER (PARTITION BY course_id ORDER BY points DESC) <= 3
--- right: Fewer than three better different results.
WITH best AS (SELECT course_id, student_id, max(points) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT * FROM best b WHERE (SELECT count(DISTINCT points) FROM best o WHERE o.course_id = b.course_id AND o.points > b.points) < 3
--- right: Ranks the different results, then joins.
WITH best AS (SELECT course_id, student_id, max(points) AS points FROM exams GROUP BY ALL),
top AS (SELECT course_id, points, row_number() OVER (PARTITION BY course_id ORDER BY points DESC) AS n
  FROM (SELECT DISTINCT course_id, points FROM best WHERE points IS NOT NULL))
SELECT b.* FROM best b JOIN top t ON t.course_id = b.course_id AND t.points = b.points WHERE t.n <= 3

--- question: Students who passed (50 points or more) every course there is.
--- reference
SELECT s.student_id FROM students AS s WHERE NOT EXISTS (
  SELECT 1 FROM courses AS c WHERE NOT EXISTS (
    SELECT 1 FROM exams AS e WHERE e.student_id = s.student_id AND e.course_id = c.course_id AND e.points >= 50))
--- wrong: Counts exams, so a course passed twice makes up for one not passed.
SELECT s.student_id FROM students s LEFT JOIN exams e ON e.student_id = s.student_id AND e.points >= 50
GROUP BY s.student_id HAVING count(e.course_id) >= (SELECT count(*) FROM courses)
--- wrong: More than 50 points.
SELECT s.student_id FROM students s LEFT JOIN exams e ON e.student_id = s.student_id AND e.points > 50
GROUP BY s.student_id HAVING count(DISTINCT e.course_id) = (SELECT count(*) FROM courses)
--- wrong: No failed exam is not the same as all passed.
SELECT student_id FROM students WHERE student_id NOT IN (SELECT student_id FROM exams WHERE points < 50 OR points IS NULL)
--- wrong: Compares with the courses that have exams.
SELECT s.student_id FROM students s LEFT JOIN exams e ON e.student_id = s.student_id AND e.points >= 50
GROUP BY s.student_id HAVING count(DISTINCT e.course_id) = (SELECT count(DISTINCT course_id) FROM exams)
--- wrong: Without courses, nobody passed them all.
SELECT student_id FROM exams WHERE points >= 50
GROUP BY student_id HAVING count(DISTINCT course_id) = (SELECT count(*) FROM courses)
--- right: Counts different courses.
SELECT s.student_id FROM students s LEFT JOIN exams e ON e.student_id = s.student_id AND e.points >= 50
GROUP BY s.student_id HAVING count(DISTINCT e.course_id) = (SELECT count(*) FROM courses)
--- right: All pairs without the passed ones.
SELECT student_id FROM students EXCEPT SELECT student_id FROM (
  SELECT s.student_id, c.course_id FROM students s CROSS JOIN courses c
  EXCEPT SELECT student_id, course_id FROM exams WHERE points >= 50)

--- question: Mean points of each student weighted by credits over the latest attempt at each course, rounded to two decimals; attempts without points are left out first.
--- reference
WITH latest AS (
  SELECT student_id, course_id, arg_max(points, taken_on) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL
)
SELECT l.student_id, round(sum(l.points * c.credits) / sum(c.credits), 2) AS mean
FROM latest AS l JOIN courses AS c USING (course_id) GROUP BY l.student_id
--- wrong: The weights are ignored.
WITH latest AS (SELECT student_id, course_id, arg_max(points, taken_on) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT student_id, round(avg(points), 2) FROM latest GROUP BY student_id
--- wrong: The best attempt, not the latest.
WITH best AS (SELECT student_id, course_id, max(points) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT b.student_id, round(sum(b.points * c.credits) / sum(c.credits), 2) FROM best b JOIN courses c USING (course_id) GROUP BY b.student_id
--- wrong: All attempts.
SELECT e.student_id, round(sum(e.points * c.credits) / sum(c.credits), 2) FROM exams e JOIN courses c USING (course_id)
WHERE e.points IS NOT NULL GROUP BY e.student_id
--- wrong: Integer division.
WITH latest AS (SELECT student_id, course_id, arg_max(points, taken_on) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT l.student_id, round(sum(l.points * c.credits) // sum(c.credits), 2) FROM latest l JOIN courses c USING (course_id) GROUP BY l.student_id
--- wrong: Credits of attempts without points count in the divisor.
WITH latest AS (SELECT DISTINCT ON (student_id, course_id) * FROM exams ORDER BY student_id, course_id, taken_on DESC)
SELECT l.student_id, round(sum(l.points * c.credits) / sum(c.credits), 2) FROM latest l JOIN courses c USING (course_id) GROUP BY l.student_id
--- wrong: Not rounded.
WITH latest AS (SELECT student_id, course_id, arg_max(points, taken_on) AS points FROM exams WHERE points IS NOT NULL GROUP BY ALL)
SELECT l.student_id, sum(l.points * c.credits) / sum(c.credits) FROM latest l JOIN courses c USING (course_id) GROUP BY l.student_id
--- right: ROW_NUMBER for the latest attempt.
SELECT student_id, round(sum(points * credits) / sum(credits), 2) FROM (
  SELECT e.student_id, e.points, c.credits, row_number() OVER (PARTITION BY e.student_id, e.course_id ORDER BY e.taken_on DESC) AS n
  FROM exams e JOIN courses c ON c.course_id = e.course_id WHERE e.points IS NOT NULL) WHERE n = 1 GROUP BY student_id
--- right: No later attempt exists.
SELECT e.student_id, round(sum(e.points * c.credits) / sum(c.credits), 2) FROM exams e JOIN courses c USING (course_id)
WHERE e.points IS NOT NULL AND NOT EXISTS (SELECT 1 FROM exams l WHERE l.student_id = e.student_id AND l.course_id = e.course_id
  AND l.points IS NOT NULL AND l.taken_on > e.taken_on) GROUP BY e.student_id
