--- schema
CREATE TABLE rooms (room_id INTEGER PRIMARY KEY, floor INTEGER NOT NULL, beds INTEGER NOT NULL CHECK (beds BETWEEN 1 AND 6));
CREATE TABLE bookings (
    booking_id INTEGER PRIMARY KEY,
    room_id INTEGER NOT NULL REFERENCES rooms (room_id),
    guest VARCHAR NOT NULL,
    arrival DATE NOT NULL,
    departure DATE NOT NULL,
    cancelled BOOLEAN NOT NULL,
    CHECK (departure > arrival)
);

--- question: Pairs of bookings (not cancelled) of one room that overlap; the day of departure is free again. Smaller id first.
--- reference
SELECT a.booking_id AS first, b.booking_id AS second FROM bookings AS a
JOIN bookings AS b ON b.room_id = a.room_id AND a.booking_id < b.booking_id
  AND a.arrival < b.departure AND b.arrival < a.departure
WHERE NOT a.cancelled AND NOT b.cancelled
--- wrong: The day of departure is not free.
SELECT a.booking_id, b.booking_id FROM bookings a JOIN bookings b ON b.room_id = a.room_id AND a.booking_id < b.booking_id
  AND a.arrival <= b.departure AND b.arrival <= a.departure WHERE NOT a.cancelled AND NOT b.cancelled
--- wrong: Only where the second arrives during the first.
SELECT a.booking_id, b.booking_id FROM bookings a JOIN bookings b ON b.room_id = a.room_id AND a.booking_id < b.booking_id
  AND b.arrival >= a.arrival AND b.arrival < a.departure WHERE NOT a.cancelled AND NOT b.cancelled
--- wrong: A booking that encloses another is missed.
SELECT a.booking_id, b.booking_id FROM bookings a JOIN bookings b ON b.room_id = a.room_id AND a.booking_id < b.booking_id
  AND (b.arrival BETWEEN a.arrival AND a.departure - 1 OR b.departure BETWEEN a.arrival + 1 AND a.departure)
WHERE NOT a.cancelled AND NOT b.cancelled
--- wrong: Only the first one must not be cancelled.
SELECT a.booking_id, b.booking_id FROM bookings a JOIN bookings b ON b.room_id = a.room_id AND a.booking_id < b.booking_id
  AND a.arrival < b.departure AND b.arrival < a.departure WHERE NOT a.cancelled
--- wrong: Any room.
SELECT a.booking_id, b.booking_id FROM bookings a JOIN bookings b ON a.booking_id < b.booking_id
  AND a.arrival < b.departure AND b.arrival < a.departure WHERE NOT a.cancelled AND NOT b.cancelled
--- wrong: Looks at neighbours by arrival only.
SELECT least(booking_id, n), greatest(booking_id, n) FROM (
  SELECT booking_id, departure, lead(booking_id) OVER w AS n, lead(arrival) OVER w AS next FROM bookings
  WHERE NOT cancelled WINDOW w AS (PARTITION BY room_id ORDER BY arrival, booking_id)) WHERE next < departure
--- right: Latest arrival before earliest departure.
SELECT a.booking_id, b.booking_id FROM bookings a, bookings b
WHERE a.room_id = b.room_id AND a.booking_id < b.booking_id AND NOT (a.cancelled OR b.cancelled)
  AND greatest(a.arrival, b.arrival) < least(a.departure, b.departure)
--- right: Not entirely before or after.
SELECT a.booking_id, b.booking_id FROM bookings a JOIN bookings b USING (room_id)
WHERE a.booking_id < b.booking_id AND NOT a.cancelled AND NOT b.cancelled
  AND NOT (a.departure <= b.arrival OR b.departure <= a.arrival)

--- question: Booked nights (not cancelled) of each room in May 2024, 0 where there is none.
--- reference
SELECT r.room_id, coalesce(sum(least(b.departure, DATE '2024-06-01') - greatest(b.arrival, DATE '2024-05-01'))
  FILTER (WHERE b.booking_id IS NOT NULL), 0) AS nights
FROM rooms AS r LEFT JOIN bookings AS b ON b.room_id = r.room_id AND NOT b.cancelled
  AND b.arrival < DATE '2024-06-01' AND b.departure > DATE '2024-05-01'
GROUP BY r.room_id
--- wrong: Stays that cross the month's ends count in full.
SELECT r.room_id, coalesce(sum(b.departure - b.arrival), 0) FROM rooms r LEFT JOIN bookings b ON b.room_id = r.room_id
  AND NOT b.cancelled AND b.arrival < DATE '2024-06-01' AND b.departure > DATE '2024-05-01' GROUP BY r.room_id
--- wrong: Only stays that arrive in May.
SELECT r.room_id, coalesce(sum(least(b.departure, DATE '2024-06-01') - b.arrival), 0) FROM rooms r LEFT JOIN bookings b ON b.room_id = r.room_id
  AND NOT b.cancelled AND b.arrival >= DATE '2024-05-01' AND b.arrival < DATE '2024-06-01' GROUP BY r.room_id
--- wrong: The night from 31 May is lost.
SELECT r.room_id, coalesce(sum(least(b.departure, DATE '2024-05-31') - greatest(b.arrival, DATE '2024-05-01')), 0)
FROM rooms r LEFT JOIN bookings b ON b.room_id = r.room_id AND NOT b.cancelled
  AND b.arrival < DATE '2024-05-31' AND b.departure > DATE '2024-05-01' GROUP BY r.room_id
--- wrong: Both ends count as nights.
SELECT r.room_id, coalesce(sum(least(b.departure, DATE '2024-06-01') - greatest(b.arrival, DATE '2024-05-01') + 1), 0)
FROM rooms r LEFT JOIN bookings b ON b.room_id = r.room_id AND NOT b.cancelled
  AND b.arrival < DATE '2024-06-01' AND b.departure > DATE '2024-05-01' GROUP BY r.room_id
--- wrong: Stays outside of May count as negative nights.
SELECT r.room_id, coalesce(sum(least(b.departure, DATE '2024-06-01') - greatest(b.arrival, DATE '2024-05-01')), 0)
FROM rooms r LEFT JOIN bookings b ON b.room_id = r.room_id AND NOT b.cancelled GROUP BY r.room_id
--- wrong: Two bookings of equal length count once.
SELECT r.room_id, coalesce(sum(DISTINCT least(b.departure, DATE '2024-06-01') - greatest(b.arrival, DATE '2024-05-01')), 0)
FROM rooms r LEFT JOIN bookings b ON b.room_id = r.room_id AND NOT b.cancelled
  AND b.arrival < DATE '2024-06-01' AND b.departure > DATE '2024-05-01' GROUP BY r.room_id
--- right: One row per night.
SELECT r.room_id, count(b.booking_id) FROM rooms r
LEFT JOIN (bookings b JOIN range(DATE '2024-05-01', DATE '2024-06-01', INTERVAL 1 DAY) AS n(night)
  ON b.arrival <= n.night AND n.night < b.departure AND NOT b.cancelled) ON b.room_id = r.room_id GROUP BY r.room_id
--- right: Negative lengths cut at 0.
SELECT r.room_id, coalesce((SELECT sum(greatest(0, least(departure, DATE '2024-06-01') - greatest(arrival, DATE '2024-05-01')))
  FROM bookings b WHERE b.room_id = r.room_id AND NOT cancelled), 0) FROM rooms r
