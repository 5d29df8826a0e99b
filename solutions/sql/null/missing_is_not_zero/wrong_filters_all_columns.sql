-- Removes the unknown films in the WHERE, so the first column no longer counts the catalogue.
-- caught by: edge_mostly_unknown
SELECT
    count(*) AS films,
    count(box_office) AS known,
    avg(box_office) AS average
FROM films
WHERE box_office IS NOT NULL;
