-- Asks in every CHECK that the comparison IS TRUE, so an unknown value fails it and NOT NULL is not needed there.
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
    hotel_star_rating INTEGER CHECK ((hotel_star_rating BETWEEN 1 AND 5) IS TRUE),
    price_per_night DECIMAL(10, 2) CHECK ((price_per_night > 0) IS TRUE),
    original_price DECIMAL(10, 2) CHECK ((original_price <= 0) IS NOT TRUE),
    discount_percent INTEGER CHECK ((discount_percent BETWEEN 0 AND 100) IS TRUE),
    checkin_date DATE,
    checkout_date DATE,
    CHECK ((checkout_date > checkin_date) IS TRUE)
);
