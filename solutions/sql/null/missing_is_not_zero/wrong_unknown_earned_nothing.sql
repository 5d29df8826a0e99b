-- Turns an unknown box office into 0 before the average, as if these films had earned nothing.
-- caught by: edge_mostly_unknown
SELECT
    count(*) AS films,
    count(box_office) AS known,
    avg(coalesce(box_office, 0)) AS average
FROM films;
