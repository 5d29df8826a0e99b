-- Replaces the unknown average by 0 when no box office is known.
-- caught by: edge_nothing_known
SELECT
    count(*) AS films,
    count(box_office) AS known,
    coalesce(avg(box_office), 0) AS average
FROM films;
