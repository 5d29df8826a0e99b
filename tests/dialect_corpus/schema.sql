CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    dept VARCHAR,
    salary INTEGER,
    rate DOUBLE,
    bonus DECIMAL(8, 2),
    hired DATE NOT NULL,
    boss INTEGER,
    remote BOOLEAN
);

CREATE TABLE sales (
    id INTEGER PRIMARY KEY,
    staff_id INTEGER,
    item VARCHAR NOT NULL,
    qty INTEGER NOT NULL,
    price DECIMAL(8, 2),
    sold_at TIMESTAMP NOT NULL
);
