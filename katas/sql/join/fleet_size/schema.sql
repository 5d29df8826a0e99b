CREATE TABLE planes (
    tailnum VARCHAR PRIMARY KEY,
    manufacturer VARCHAR NOT NULL
);

-- No foreign key: airlines also report tail numbers that the register lacks.
CREATE TABLE flights (
    year INTEGER NOT NULL,
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
    carrier VARCHAR NOT NULL,
    flight INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    tailnum VARCHAR,
    PRIMARY KEY (year, month, day, carrier, flight, origin)
);
