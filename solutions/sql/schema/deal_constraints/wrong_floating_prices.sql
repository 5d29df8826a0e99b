-- Keeps prices as DOUBLE, which is neither exact nor to the cent: a night for 0.4 cents gets in.
-- caught by: edge_cents
CREATE TABLE hotels (
    hotel_id INTEGER PRIMARY KEY,
    hotel_name VARCHAR NOT NULL,
    hotel_city VARCHAR NOT NULL,
    hotel_country VARCHAR NOT NULL,
    UNIQUE (hotel_name, hotel_city, hotel_country)
);

CREATE TABLE deals (
    deal_id INTEGER PRIMARY KEY,
    hotel_id INTEGER NOT NULL REFERENCES hotels (hotel_id),
    hotel_star_rating INTEGER NOT NULL CHECK (hotel_star_rating BETWEEN 1 AND 5),
    price_per_night DOUBLE NOT NULL CHECK (price_per_night > 0),
    original_price DOUBLE CHECK (original_price > 0),
    discount_percent INTEGER NOT NULL CHECK (discount_percent BETWEEN 0 AND 100),
    checkin_date DATE NOT NULL,
    checkout_date DATE NOT NULL,
    CHECK (checkout_date > checkin_date)
);
