-- Has every CHECK but no NOT NULL: a CHECK passes when its comparison is NULL, so missing values get in.
-- caught by: edge_missing_values
CREATE TABLE hotels (
    hotel_id INTEGER PRIMARY KEY,
    hotel_name VARCHAR,
    hotel_city VARCHAR,
    hotel_country VARCHAR,
    UNIQUE (hotel_name, hotel_city, hotel_country)
);

CREATE TABLE deals (
    deal_id INTEGER PRIMARY KEY,
    hotel_id INTEGER REFERENCES hotels (hotel_id),
    hotel_star_rating INTEGER CHECK (hotel_star_rating BETWEEN 1 AND 5),
    price_per_night DECIMAL(10, 2) CHECK (price_per_night > 0),
    original_price DECIMAL(10, 2) CHECK (original_price > 0),
    discount_percent INTEGER CHECK (discount_percent BETWEEN 0 AND 100),
    checkin_date DATE,
    checkout_date DATE,
    CHECK (checkout_date > checkin_date)
);
