-- Divides the sum by the number of known values; nullif keeps the division away from 0.
SELECT
    count(*) AS films,
    count(box_office) AS known,
    sum(box_office) / nullif(count(box_office), 0) AS average
FROM films;
