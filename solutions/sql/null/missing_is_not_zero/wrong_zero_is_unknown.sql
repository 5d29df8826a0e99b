-- Treats a box office of 0 as unknown; a film nobody paid for is known to have earned nothing.
-- caught by: edge_earned_nothing
SELECT
    count(*) AS films,
    count(nullif(box_office, 0)) AS known,
    avg(nullif(box_office, 0)) AS average
FROM films;
