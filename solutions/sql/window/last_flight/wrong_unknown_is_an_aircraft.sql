-- Keeps flights without a tail number: PARTITION BY puts all NULLs into one group, which looks like one more aircraft.
-- caught by: edge_no_tail_number, real
SELECT tailnum, time_hour, carrier, flight, origin, dest
FROM flights
QUALIFY row_number() OVER (PARTITION BY tailnum ORDER BY time_hour DESC, flight DESC) = 1;
