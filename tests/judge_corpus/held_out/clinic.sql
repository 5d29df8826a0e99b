--- schema
CREATE TABLE doctors (doctor_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, field VARCHAR);
CREATE TABLE visits (
    visit_id INTEGER PRIMARY KEY,
    doctor_id INTEGER REFERENCES doctors (doctor_id),
    patient VARCHAR NOT NULL,
    visited_on DATE NOT NULL,
    fee DECIMAL(8, 2) CHECK (fee >= 0)
);

--- question: Each patient's first visit: patient, day, doctor; by visit_id where two were on the day.
--- reference
SELECT patient, visited_on, doctor_id FROM visits
QUALIFY row_number() OVER (PARTITION BY patient ORDER BY visited_on, visit_id) = 1
--- wrong: Both visits of the first day.
SELECT patient, visited_on, doctor_id FROM visits QUALIFY rank() OVER (PARTITION BY patient ORDER BY visited_on) = 1
--- wrong: The first by number, not by day.
SELECT patient, visited_on, doctor_id FROM visits QUALIFY row_number() OVER (PARTITION BY patient ORDER BY visit_id) = 1
--- wrong: The tie is left open.
SELECT patient, visited_on, doctor_id FROM visits QUALIFY row_number() OVER (PARTITION BY patient ORDER BY visited_on) = 1
--- wrong: The first day and the lowest doctor.
SELECT patient, min(visited_on), min(doctor_id) FROM visits GROUP BY patient
--- wrong: arg_min skips visits without a doctor.
SELECT patient, min(visited_on), arg_min(doctor_id, (visited_on, visit_id)) FROM visits GROUP BY patient
--- wrong: Visits without a doctor are lost.
SELECT v.patient, v.visited_on, d.doctor_id FROM visits v JOIN doctors d USING (doctor_id)
QUALIFY row_number() OVER (PARTITION BY v.patient ORDER BY v.visited_on, v.visit_id) = 1
--- right: No earlier visit exists.
SELECT patient, visited_on, doctor_id FROM visits v WHERE NOT EXISTS (SELECT 1 FROM visits e
  WHERE e.patient = v.patient AND (e.visited_on, e.visit_id) < (v.visited_on, v.visit_id))
--- right: DISTINCT ON.
SELECT DISTINCT ON (patient) patient, visited_on, doctor_id FROM visits ORDER BY patient, visited_on, visit_id

--- question: Fields (known ones) whose doctors together earned more than the average field, and the sum; a missing fee counts 0.
--- reference
WITH earned AS (
  SELECT d.field, coalesce(sum(v.fee), 0) AS fees FROM doctors AS d LEFT JOIN visits AS v USING (doctor_id)
  WHERE d.field IS NOT NULL GROUP BY d.field
)
SELECT field, fees FROM earned WHERE fees > (SELECT avg(fees) FROM earned)
--- wrong: As much as the average counts.
WITH earned AS (SELECT d.field, coalesce(sum(v.fee), 0) AS fees FROM doctors d LEFT JOIN visits v USING (doctor_id)
  WHERE d.field IS NOT NULL GROUP BY d.field)
SELECT field, fees FROM earned WHERE fees >= (SELECT avg(fees) FROM earned)
--- wrong: Fields without visits do not lower the average.
WITH earned AS (SELECT d.field, coalesce(sum(v.fee), 0) AS fees FROM doctors d JOIN visits v USING (doctor_id)
  WHERE d.field IS NOT NULL GROUP BY d.field)
SELECT field, fees FROM earned WHERE fees > (SELECT avg(fees) FROM earned)
--- wrong: More than the average fee.
WITH earned AS (SELECT d.field, coalesce(sum(v.fee), 0) AS fees FROM doctors d LEFT JOIN visits v USING (doctor_id)
  WHERE d.field IS NOT NULL GROUP BY d.field)
SELECT field, fees FROM earned WHERE fees > (SELECT avg(fee) FROM visits)
--- wrong: Doctors without a field make a field for the average.
WITH earned AS (SELECT d.field, coalesce(sum(v.fee), 0) AS fees FROM doctors d LEFT JOIN visits v USING (doctor_id) GROUP BY d.field)
SELECT field, fees FROM earned WHERE field IS NOT NULL AND fees > (SELECT avg(fees) FROM earned)
--- wrong: A field without fees is unknown to the average.
WITH earned AS (SELECT d.field, sum(v.fee) AS fees FROM doctors d LEFT JOIN visits v USING (doctor_id)
  WHERE d.field IS NOT NULL GROUP BY d.field)
SELECT field, fees FROM earned WHERE fees > (SELECT avg(fees) FROM earned)
--- right: A window over the groups.
SELECT field, fees FROM (SELECT d.field, coalesce(sum(v.fee), 0) AS fees, avg(coalesce(sum(v.fee), 0)) OVER () AS mean
  FROM doctors d LEFT JOIN visits v ON v.doctor_id = d.doctor_id WHERE d.field IS NOT NULL GROUP BY d.field) WHERE fees > mean
--- right: Sum by number of fields.
WITH earned AS (SELECT d.field, sum(coalesce(v.fee, 0)) AS fees FROM doctors d LEFT JOIN visits v USING (doctor_id)
  WHERE d.field IS NOT NULL GROUP BY d.field)
SELECT field, fees FROM earned WHERE fees * (SELECT count(*) FROM earned) > (SELECT sum(fees) FROM earned)

--- question: Patients seen again by another doctor within 7 days after a visit (both doctors known).
--- reference
SELECT DISTINCT a.patient FROM visits AS a JOIN visits AS b ON b.patient = a.patient
  AND b.doctor_id <> a.doctor_id AND b.visited_on > a.visited_on AND b.visited_on <= a.visited_on + 7
--- wrong: Eight days.
SELECT DISTINCT a.patient FROM visits a JOIN visits b ON b.patient = a.patient
  AND b.doctor_id <> a.doctor_id AND b.visited_on > a.visited_on AND b.visited_on <= a.visited_on + 8
--- wrong: The seventh day is lost.
SELECT DISTINCT a.patient FROM visits a JOIN visits b ON b.patient = a.patient
  AND b.doctor_id <> a.doctor_id AND b.visited_on > a.visited_on AND b.visited_on < a.visited_on + 7
--- wrong: The same day counts.
SELECT DISTINCT a.patient FROM visits a JOIN visits b ON b.patient = a.patient
  AND b.doctor_id <> a.doctor_id AND b.visited_on BETWEEN a.visited_on AND a.visited_on + 7
--- wrong: The same doctor counts.
SELECT DISTINCT a.patient FROM visits a JOIN visits b ON b.patient = a.patient
  AND b.visited_on > a.visited_on AND b.visited_on <= a.visited_on + 7
--- wrong: An unknown doctor is another one.
SELECT DISTINCT a.patient FROM visits a JOIN visits b ON b.patient = a.patient
  AND b.doctor_id IS DISTINCT FROM a.doctor_id AND b.visited_on > a.visited_on AND b.visited_on <= a.visited_on + 7
--- wrong: A patient comes once per pair.
SELECT a.patient FROM visits a JOIN visits b ON b.patient = a.patient
  AND b.doctor_id <> a.doctor_id AND b.visited_on > a.visited_on AND b.visited_on <= a.visited_on + 7
--- wrong: Only the next visit is looked at.
SELECT DISTINCT patient FROM (SELECT *, lead(doctor_id) OVER w AS d, lead(visited_on) OVER w AS t FROM visits
  WINDOW w AS (PARTITION BY patient ORDER BY visited_on, visit_id)) WHERE d <> doctor_id AND t > visited_on AND t <= visited_on + 7
--- right: EXISTS.
SELECT DISTINCT patient FROM visits a WHERE EXISTS (SELECT 1 FROM visits b WHERE b.patient = a.patient
  AND b.doctor_id <> a.doctor_id AND b.visited_on - a.visited_on BETWEEN 1 AND 7)
