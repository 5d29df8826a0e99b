-- Says in a FILTER which films the last two columns are about, where the aggregates would skip NULL silently.
SELECT
    count(*) AS films,
    count(*) FILTER (WHERE box_office IS NOT NULL) AS known,
    avg(box_office) FILTER (WHERE box_office IS NOT NULL) AS average
FROM films;
