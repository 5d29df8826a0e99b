--- schema
CREATE TABLE sensors (sensor_id INTEGER PRIMARY KEY, room VARCHAR NOT NULL, unit VARCHAR NOT NULL CHECK (unit IN ('C', 'F')));
CREATE TABLE readings (
    sensor_id INTEGER NOT NULL REFERENCES sensors (sensor_id),
    read_at TIMESTAMP NOT NULL,
    value DOUBLE,
    PRIMARY KEY (sensor_id, read_at)
);

--- question: The latest known value of each sensor, and when it was read; sensors without one are left out.
--- reference
SELECT sensor_id, read_at, value FROM readings WHERE value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY sensor_id ORDER BY read_at DESC) = 1
--- wrong: The latest reading may have no value.
SELECT sensor_id, read_at, value FROM readings QUALIFY row_number() OVER (PARTITION BY sensor_id ORDER BY read_at DESC) = 1
--- wrong: Loses a sensor whose latest reading has no value.
SELECT r.sensor_id, r.read_at, r.value FROM readings r
JOIN (SELECT sensor_id, max(read_at) AS t FROM readings GROUP BY sensor_id) m ON m.sensor_id = r.sensor_id AND m.t = r.read_at
WHERE r.value IS NOT NULL
--- wrong: The highest value, not the latest.
SELECT sensor_id, max(read_at), max(value) FROM readings WHERE value IS NOT NULL GROUP BY sensor_id
--- wrong: The latest time of any sensor.
SELECT sensor_id, read_at, value FROM readings WHERE value IS NOT NULL AND read_at = (SELECT max(read_at) FROM readings WHERE value IS NOT NULL)
--- wrong: Sensors without a value are kept.
SELECT s.sensor_id, r.read_at, r.value FROM sensors s LEFT JOIN (
  SELECT * FROM readings WHERE value IS NOT NULL QUALIFY row_number() OVER (PARTITION BY sensor_id ORDER BY read_at DESC) = 1) r USING (sensor_id)
--- wrong: The earliest one.
SELECT sensor_id, read_at, value FROM readings WHERE value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY sensor_id ORDER BY read_at) = 1
--- right: arg_max skips NULLs.
SELECT sensor_id, max(read_at) FILTER (WHERE value IS NOT NULL) AS t, arg_max(value, read_at) FROM readings
GROUP BY sensor_id HAVING count(value) > 0
--- right: DISTINCT ON.
SELECT DISTINCT ON (sensor_id) sensor_id, read_at, value FROM readings WHERE value IS NOT NULL ORDER BY sensor_id, read_at DESC

--- question: For each reading the mean of it and the two before it of the same sensor, NULLs skipped.
--- reference
SELECT sensor_id, read_at,
  avg(value) OVER (PARTITION BY sensor_id ORDER BY read_at ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS mean
FROM readings
--- wrong: Three before it.
SELECT sensor_id, read_at, avg(value) OVER (PARTITION BY sensor_id ORDER BY read_at ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM readings
--- wrong: One before and one after.
SELECT sensor_id, read_at, avg(value) OVER (PARTITION BY sensor_id ORDER BY read_at ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM readings
--- wrong: Sensors are mixed.
SELECT sensor_id, read_at, avg(value) OVER (ORDER BY sensor_id, read_at ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM readings
--- wrong: NULL counts as 0.
SELECT sensor_id, read_at, avg(coalesce(value, 0)) OVER (PARTITION BY sensor_id ORDER BY read_at ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM readings
--- wrong: Divides by three always.
SELECT sensor_id, read_at, sum(value) OVER (PARTITION BY sensor_id ORDER BY read_at ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) / 3 FROM readings
--- wrong: Readings without value are skipped before the window.
SELECT r.sensor_id, r.read_at, k.mean FROM readings r LEFT JOIN (
  SELECT sensor_id, read_at, avg(value) OVER (PARTITION BY sensor_id ORDER BY read_at ROWS 2 PRECEDING) AS mean
  FROM readings WHERE value IS NOT NULL) k USING (sensor_id, read_at)
--- right: Sum by count of the same window.
SELECT sensor_id, read_at, CASE WHEN count(value) OVER w > 0 THEN sum(value) OVER w / count(value) OVER w END
FROM readings WINDOW w AS (PARTITION BY sensor_id ORDER BY read_at ROWS 2 PRECEDING)
--- right: A self join on row numbers.
WITH n AS (SELECT *, row_number() OVER (PARTITION BY sensor_id ORDER BY read_at) AS k FROM readings)
SELECT a.sensor_id, a.read_at, avg(b.value) FROM n a JOIN n b ON b.sensor_id = a.sensor_id AND b.k BETWEEN a.k - 2 AND a.k
GROUP BY a.sensor_id, a.read_at

--- question: Rooms in which some sensor showed more than 30 degrees Celsius in every one of its known readings.
--- reference
SELECT DISTINCT s.room FROM sensors AS s JOIN readings AS r USING (sensor_id)
GROUP BY s.sensor_id, s.room
HAVING min(CASE WHEN s.unit = 'C' THEN r.value ELSE (r.value - 32) * 5 / 9 END) > 30
--- wrong: The unit is ignored.
SELECT DISTINCT s.room FROM sensors s JOIN readings r USING (sensor_id) GROUP BY s.sensor_id, s.room HAVING min(r.value) > 30
--- wrong: Some reading, not every one.
SELECT DISTINCT s.room FROM sensors s JOIN readings r USING (sensor_id)
WHERE CASE WHEN s.unit = 'C' THEN r.value ELSE (r.value - 32) * 5 / 9 END > 30
--- wrong: All sensors of the room must show it.
SELECT s.room FROM sensors s JOIN readings r USING (sensor_id) GROUP BY s.room
HAVING min(CASE WHEN s.unit = 'C' THEN r.value ELSE (r.value - 32) * 5 / 9 END) > 30
--- wrong: A room with two such sensors comes twice.
SELECT s.room FROM sensors s JOIN readings r USING (sensor_id) GROUP BY s.sensor_id, s.room
HAVING min(CASE WHEN s.unit = 'C' THEN r.value ELSE (r.value - 32) * 5 / 9 END) > 30
--- wrong: A sensor without readings passes.
SELECT DISTINCT s.room FROM sensors s WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.sensor_id = s.sensor_id
  AND CASE WHEN s.unit = 'C' THEN r.value ELSE (r.value - 32) * 5 / 9 END <= 30)
--- right: Fahrenheit compared with 86.
SELECT DISTINCT room FROM (SELECT s.room, s.sensor_id FROM sensors s JOIN readings r USING (sensor_id)
  GROUP BY s.room, s.sensor_id, s.unit HAVING min(r.value) > CASE s.unit WHEN 'C' THEN 30 ELSE 86 END)
