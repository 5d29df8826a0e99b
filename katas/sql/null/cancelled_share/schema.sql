CREATE TABLE flights (
    year INTEGER NOT NULL,
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
    carrier VARCHAR NOT NULL,
    flight INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    dep_time INTEGER CHECK (dep_time BETWEEN 1 AND 2400),
    arr_time INTEGER CHECK (arr_time BETWEEN 1 AND 2400),
    arr_delay INTEGER,
    PRIMARY KEY (year, month, day, carrier, flight, origin),
    -- What never departed never arrived, and a delay needs an arrival.
    CHECK (dep_time IS NOT NULL OR arr_time IS NULL),
    CHECK (arr_time IS NOT NULL OR arr_delay IS NULL)
);
