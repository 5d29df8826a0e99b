CREATE TABLE flights (
    year INTEGER NOT NULL CHECK (year = 2013),
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
    carrier VARCHAR NOT NULL,
    flight INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    PRIMARY KEY (year, month, day, carrier, flight, origin),
    -- Only days that exist: 2013 is not a leap year.
    CHECK (month <> 2 OR day <= 28),
    CHECK (month NOT IN (4, 6, 9, 11) OR day <= 30)
);
