--- schema
CREATE TABLE members (member_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, party VARCHAR);
CREATE TABLE votes (
    member_id INTEGER NOT NULL REFERENCES members (member_id),
    bill INTEGER NOT NULL,
    vote VARCHAR CHECK (vote IN ('yes', 'no')),
    PRIMARY KEY (member_id, bill)
);

--- question: Parties (known ones) with the share of yes among cast votes (not NULL) as a percentage with one decimal; NULL if none was cast.
--- reference
SELECT m.party, round(100.0 * count(*) FILTER (WHERE v.vote = 'yes') / nullif(count(v.vote), 0), 1) AS share
FROM members AS m LEFT JOIN votes AS v USING (member_id) WHERE m.party IS NOT NULL GROUP BY m.party
--- wrong: Divides by all votes, also those not cast.
SELECT m.party, round(100.0 * count(*) FILTER (WHERE v.vote = 'yes') / nullif(count(v.bill), 0), 1)
FROM members m LEFT JOIN votes v USING (member_id) WHERE m.party IS NOT NULL GROUP BY m.party
--- wrong: A fraction, not a percentage.
SELECT m.party, round(count(*) FILTER (WHERE v.vote = 'yes') / nullif(count(v.vote), 0), 1)
FROM members m LEFT JOIN votes v USING (member_id) WHERE m.party IS NOT NULL GROUP BY m.party
--- wrong: No decimals.
SELECT m.party, round(100.0 * count(*) FILTER (WHERE v.vote = 'yes') / nullif(count(v.vote), 0))
FROM members m LEFT JOIN votes v USING (member_id) WHERE m.party IS NOT NULL GROUP BY m.party
--- wrong: Integer division first.
SELECT m.party, round(100.0 * (count(*) FILTER (WHERE v.vote = 'yes') // nullif(count(v.vote), 0)), 1)
FROM members m LEFT JOIN votes v USING (member_id) WHERE m.party IS NOT NULL GROUP BY m.party
--- wrong: The mean of the members' shares.
SELECT party, round(100.0 * avg(s), 1) FROM (
  SELECT m.party, m.member_id, count(*) FILTER (WHERE v.vote = 'yes') / nullif(count(v.vote), 0) AS s
  FROM members m LEFT JOIN votes v USING (member_id) WHERE m.party IS NOT NULL GROUP BY ALL) GROUP BY party
--- wrong: Parties that cast no vote are lost.
SELECT m.party, round(100.0 * count(*) FILTER (WHERE v.vote = 'yes') / count(*), 1)
FROM members m JOIN votes v USING (member_id) WHERE m.party IS NOT NULL AND v.vote IS NOT NULL GROUP BY m.party
--- wrong: Members without a party are a party.
SELECT m.party, round(100.0 * count(*) FILTER (WHERE v.vote = 'yes') / nullif(count(v.vote), 0), 1)
FROM members m LEFT JOIN votes v USING (member_id) GROUP BY m.party
--- right: The mean of a number per vote.
SELECT m.party, round(avg(CASE v.vote WHEN 'yes' THEN 100.0 WHEN 'no' THEN 0 END), 1)
FROM members m LEFT JOIN votes v USING (member_id) WHERE m.party IS NOT NULL GROUP BY m.party
--- right: The condition in the join.
SELECT m.party, round(100.0 * count(CASE WHEN v.vote = 'yes' THEN 1 END) / nullif(count(v.bill), 0), 1)
FROM members m LEFT JOIN votes v ON v.member_id = m.member_id AND v.vote IS NOT NULL WHERE m.party IS NOT NULL GROUP BY m.party

--- question: Pairs of members of the same party who voted differently on at least two bills (smaller id first).
--- reference
SELECT a.member_id AS first, b.member_id AS second
FROM votes AS a JOIN votes AS b ON b.bill = a.bill AND b.vote <> a.vote AND a.member_id < b.member_id
JOIN members AS x ON x.member_id = a.member_id JOIN members AS y ON y.member_id = b.member_id AND y.party = x.party
GROUP BY a.member_id, b.member_id HAVING count(*) >= 2
--- wrong: Each pair comes twice.
SELECT a.member_id, b.member_id FROM votes a JOIN votes b ON b.bill = a.bill AND b.vote <> a.vote AND a.member_id <> b.member_id
JOIN members x ON x.member_id = a.member_id JOIN members y ON y.member_id = b.member_id AND y.party = x.party
GROUP BY a.member_id, b.member_id HAVING count(*) >= 2
--- wrong: One bill is enough.
SELECT DISTINCT a.member_id, b.member_id FROM votes a JOIN votes b ON b.bill = a.bill AND b.vote <> a.vote AND a.member_id < b.member_id
JOIN members x ON x.member_id = a.member_id JOIN members y ON y.member_id = b.member_id AND y.party = x.party
--- wrong: A missing vote differs.
SELECT a.member_id, b.member_id FROM votes a JOIN votes b ON b.bill = a.bill AND b.vote IS DISTINCT FROM a.vote AND a.member_id < b.member_id
JOIN members x ON x.member_id = a.member_id JOIN members y ON y.member_id = b.member_id AND y.party = x.party
GROUP BY a.member_id, b.member_id HAVING count(*) >= 2
--- wrong: The party does not matter.
SELECT a.member_id, b.member_id FROM votes a JOIN votes b ON b.bill = a.bill AND b.vote <> a.vote AND a.member_id < b.member_id
GROUP BY a.member_id, b.member_id HAVING count(*) >= 2
--- wrong: Two members without a party are of the same one.
SELECT a.member_id, b.member_id FROM votes a JOIN votes b ON b.bill = a.bill AND b.vote <> a.vote AND a.member_id < b.member_id
JOIN members x ON x.member_id = a.member_id JOIN members y ON y.member_id = b.member_id AND y.party IS NOT DISTINCT FROM x.party
GROUP BY a.member_id, b.member_id HAVING count(*) >= 2
--- wrong: Any two votes, not on the same bill.
SELECT a.member_id, b.member_id FROM votes a JOIN votes b ON b.vote <> a.vote AND a.member_id < b.member_id
JOIN members x ON x.member_id = a.member_id JOIN members y ON y.member_id = b.member_id AND y.party = x.party
GROUP BY a.member_id, b.member_id HAVING count(*) >= 2
--- right: Starts from the members.
SELECT x.member_id, y.member_id FROM members x JOIN members y ON x.party = y.party AND x.member_id < y.member_id
WHERE (SELECT count(*) FROM votes a JOIN votes b USING (bill) WHERE a.member_id = x.member_id AND b.member_id = y.member_id AND a.vote <> b.vote) > 1

--- question: Bills on which all three parties 'red', 'green' and 'blue' cast a vote.
--- reference
SELECT v.bill FROM votes AS v JOIN members AS m USING (member_id)
WHERE v.vote IS NOT NULL AND m.party IN ('red', 'green', 'blue')
GROUP BY v.bill HAVING count(DISTINCT m.party) = 3
--- wrong: Some of them.
SELECT DISTINCT v.bill FROM votes v JOIN members m USING (member_id) WHERE v.vote IS NOT NULL AND m.party IN ('red', 'green', 'blue')
--- wrong: Three votes of the same party are enough.
SELECT v.bill FROM votes v JOIN members m USING (member_id)
WHERE v.vote IS NOT NULL AND m.party IN ('red', 'green', 'blue') GROUP BY v.bill HAVING count(*) >= 3
--- wrong: Any three parties, and no fourth one.
SELECT v.bill FROM votes v JOIN members m USING (member_id)
WHERE v.vote IS NOT NULL GROUP BY v.bill HAVING count(DISTINCT m.party) = 3
--- wrong: Votes not cast count.
SELECT v.bill FROM votes v JOIN members m USING (member_id)
WHERE m.party IN ('red', 'green', 'blue') GROUP BY v.bill HAVING count(DISTINCT m.party) = 3
--- right: INTERSECT.
SELECT bill FROM votes JOIN members USING (member_id) WHERE vote IS NOT NULL AND party = 'red'
INTERSECT SELECT bill FROM votes JOIN members USING (member_id) WHERE vote IS NOT NULL AND party = 'green'
INTERSECT SELECT bill FROM votes JOIN members USING (member_id) WHERE vote IS NOT NULL AND party = 'blue'
--- right: Three flags.
SELECT v.bill FROM votes v JOIN members m USING (member_id) WHERE v.vote IS NOT NULL GROUP BY v.bill
HAVING bool_or(m.party = 'red') AND bool_or(m.party = 'green') AND bool_or(m.party = 'blue')
