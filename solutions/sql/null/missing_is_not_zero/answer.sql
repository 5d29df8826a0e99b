SELECT
    count(*) AS films,
    count(box_office) AS known,
    avg(box_office) AS average
FROM films;
