-- Makes the name alone unique, so a chain can have only one hotel of that name in the world.
-- caught by: edge_same_name
CREATE TABLE hotels (
    hotel_id INTEGER PRIMARY KEY,
    hotel_name VARCHAR NOT NULL UNIQUE,
    hotel_city VARCHAR NOT NULL,
    hotel_country VARCHAR NOT NULL
);

CREATE TABLE deals (
    deal_id INTEGER PRIMARY KEY,
    hotel_id INTEGER NOT NULL REFERENCES hotels (hotel_id),
    hotel_star_rating INTEGER NOT NULL CHECK (hotel_star_rating BETWEEN 1 AND 5),
    price_per_night DECIMAL(10, 2) NOT NULL CHECK (price_per_night > 0),
    original_price DECIMAL(10, 2) CHECK (original_price > 0),
    discount_percent INTEGER NOT NULL CHECK (discount_percent BETWEEN 0 AND 100),
    checkin_date DATE NOT NULL,
    checkout_date DATE NOT NULL,
    CHECK (checkout_date > checkin_date)
);
