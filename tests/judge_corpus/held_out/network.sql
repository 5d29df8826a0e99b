--- schema
CREATE TABLE users (user_id INTEGER PRIMARY KEY, handle VARCHAR NOT NULL UNIQUE, bio VARCHAR);
CREATE TABLE follows (
    follower INTEGER NOT NULL REFERENCES users (user_id),
    followed INTEGER NOT NULL REFERENCES users (user_id),
    PRIMARY KEY (follower, followed),
    CHECK (follower <> followed)
);
CREATE TABLE posts (post_id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users (user_id), body VARCHAR NOT NULL);
CREATE TABLE likes (
    post_id INTEGER NOT NULL REFERENCES posts (post_id),
    user_id INTEGER NOT NULL REFERENCES users (user_id),
    PRIMARY KEY (post_id, user_id)
);

--- question: Per user: followers, posts and likes received, 0 where there are none.
--- reference
SELECT u.user_id,
  (SELECT count(*) FROM follows WHERE followed = u.user_id) AS followers,
  (SELECT count(*) FROM posts WHERE author = u.user_id) AS posts,
  (SELECT count(*) FROM likes AS l JOIN posts AS p USING (post_id) WHERE p.author = u.user_id) AS likes
FROM users AS u
--- wrong: Three joins multiply the counts.
SELECT u.user_id, count(f.follower), count(p.post_id), count(l.user_id) FROM users u
LEFT JOIN follows f ON f.followed = u.user_id LEFT JOIN posts p ON p.author = u.user_id LEFT JOIN likes l ON l.post_id = p.post_id
GROUP BY u.user_id
--- wrong: DISTINCT mends two of the counts, not the third.
SELECT u.user_id, count(DISTINCT f.follower), count(DISTINCT p.post_id), count(DISTINCT l.user_id) FROM users u
LEFT JOIN follows f ON f.followed = u.user_id LEFT JOIN posts p ON p.author = u.user_id LEFT JOIN likes l ON l.post_id = p.post_id
GROUP BY u.user_id
--- wrong: Likes given, not received.
SELECT u.user_id, (SELECT count(*) FROM follows WHERE followed = u.user_id), (SELECT count(*) FROM posts WHERE author = u.user_id),
  (SELECT count(*) FROM likes l WHERE l.user_id = u.user_id) FROM users u
--- wrong: Those whom the user follows.
SELECT u.user_id, (SELECT count(*) FROM follows WHERE follower = u.user_id), (SELECT count(*) FROM posts WHERE author = u.user_id),
  (SELECT count(*) FROM likes l JOIN posts p USING (post_id) WHERE p.author = u.user_id) FROM users u
--- wrong: Own likes are left out.
SELECT u.user_id, (SELECT count(*) FROM follows WHERE followed = u.user_id), (SELECT count(*) FROM posts WHERE author = u.user_id),
  (SELECT count(*) FROM likes l JOIN posts p USING (post_id) WHERE p.author = u.user_id AND l.user_id <> u.user_id) FROM users u
--- right: Distinct pairs.
SELECT u.user_id, count(DISTINCT f.follower), count(DISTINCT p.post_id), count(DISTINCT (l.post_id, l.user_id)) FILTER (WHERE l.user_id IS NOT NULL)
FROM users u LEFT JOIN follows f ON f.followed = u.user_id LEFT JOIN posts p ON p.author = u.user_id LEFT JOIN likes l ON l.post_id = p.post_id
GROUP BY u.user_id
--- right: Aggregates joined.
SELECT u.user_id, coalesce(f.n, 0), coalesce(p.n, 0), coalesce(l.n, 0) FROM users u
LEFT JOIN (SELECT followed, count(*) AS n FROM follows GROUP BY 1) f ON f.followed = u.user_id
LEFT JOIN (SELECT author, count(*) AS n FROM posts GROUP BY 1) p ON p.author = u.user_id
LEFT JOIN (SELECT author, count(*) AS n FROM likes JOIN posts USING (post_id) GROUP BY 1) l ON l.author = u.user_id

--- question: Suggestions: users followed by at least two of those whom a user follows, not followed already and not the user.
--- reference
SELECT a.follower AS user_id, b.followed AS suggestion FROM follows AS a JOIN follows AS b ON b.follower = a.followed
WHERE b.followed <> a.follower
  AND NOT EXISTS (SELECT 1 FROM follows AS x WHERE x.follower = a.follower AND x.followed = b.followed)
GROUP BY ALL HAVING count(*) >= 2
--- wrong: One is enough.
SELECT DISTINCT a.follower, b.followed FROM follows a JOIN follows b ON b.follower = a.followed
WHERE b.followed <> a.follower AND NOT EXISTS (SELECT 1 FROM follows x WHERE x.follower = a.follower AND x.followed = b.followed)
--- wrong: The user is suggested to the user.
SELECT a.follower, b.followed FROM follows a JOIN follows b ON b.follower = a.followed
WHERE NOT EXISTS (SELECT 1 FROM follows x WHERE x.follower = a.follower AND x.followed = b.followed)
GROUP BY ALL HAVING count(*) >= 2
--- wrong: Those already followed are kept.
SELECT a.follower, b.followed FROM follows a JOIN follows b ON b.follower = a.followed WHERE b.followed <> a.follower
GROUP BY ALL HAVING count(*) >= 2
--- wrong: Already followed is looked up the wrong way round.
SELECT a.follower, b.followed FROM follows a JOIN follows b ON b.follower = a.followed
WHERE b.followed <> a.follower AND NOT EXISTS (SELECT 1 FROM follows x WHERE x.follower = b.followed AND x.followed = a.follower)
GROUP BY ALL HAVING count(*) >= 2
--- wrong: NOT IN against everybody's follows.
SELECT a.follower, b.followed FROM follows a JOIN follows b ON b.follower = a.followed
WHERE b.followed <> a.follower AND b.followed NOT IN (SELECT followed FROM follows x WHERE x.follower <> b.follower AND x.follower <> a.followed)
GROUP BY ALL HAVING count(*) >= 2
--- right: EXCEPT.
(SELECT a.follower, b.followed FROM follows a JOIN follows b ON b.follower = a.followed WHERE b.followed <> a.follower
GROUP BY ALL HAVING count(DISTINCT a.followed) > 1) EXCEPT SELECT follower, followed FROM follows

--- question: Handles whose bio mentions "data" in any letter case as a word of its own (letters and digits make words).
--- reference
SELECT handle FROM users WHERE regexp_matches(lower(bio), '(^|[^a-z0-9])data([^a-z0-9]|$)')
--- wrong: Anywhere, also inside of words.
SELECT handle FROM users WHERE bio ILIKE '%data%'
--- wrong: Letter case counts.
SELECT handle FROM users WHERE regexp_matches(bio, '(^|[^a-z0-9])data([^a-z0-9]|$)')
--- wrong: Between blanks only.
SELECT handle FROM users WHERE ' ' || lower(bio) || ' ' LIKE '% data %'
--- wrong: Not at the beginning.
SELECT handle FROM users WHERE regexp_matches(lower(bio), '[^a-z0-9]data([^a-z0-9]|$)')
--- wrong: The whole bio.
SELECT handle FROM users WHERE lower(bio) = 'data'
--- right: Splits into words.
SELECT handle FROM users WHERE list_contains(regexp_split_to_array(lower(bio), '[^a-z0-9]+'), 'data')
