-- Builds each number from its own table and joins the two results, one row per manufacturer on both sides.
WITH fleet AS (
    SELECT manufacturer, count(*) AS aircraft
    FROM planes
    GROUP BY manufacturer
),
traffic AS (
    SELECT p.manufacturer, count(*) AS flights
    FROM planes AS p
    JOIN flights AS f ON f.tailnum = p.tailnum
    GROUP BY p.manufacturer
)
SELECT fleet.manufacturer, fleet.aircraft, coalesce(traffic.flights, 0) AS flights
FROM fleet
LEFT JOIN traffic ON traffic.manufacturer = fleet.manufacturer;
