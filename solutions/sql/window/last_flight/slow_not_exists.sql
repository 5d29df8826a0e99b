-- Asks for every flight whether the aircraft has a later one: right, but it compares each flight with all others of its aircraft.
-- caught by: real
SELECT f.tailnum, f.time_hour, f.carrier, f.flight, f.origin, f.dest
FROM flights AS f
WHERE f.tailnum IS NOT NULL
  AND NOT EXISTS (
      SELECT 1
      FROM flights AS later
      WHERE later.tailnum = f.tailnum
        AND (later.time_hour, later.flight) > (f.time_hour, f.flight)
  );
