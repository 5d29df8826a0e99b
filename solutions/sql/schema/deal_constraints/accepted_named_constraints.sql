-- Gives every rule a name, so that the error message says which rule a row broke.
CREATE TABLE hotels (
    hotel_id INTEGER,
    hotel_name VARCHAR NOT NULL,
    hotel_city VARCHAR NOT NULL,
    hotel_country VARCHAR NOT NULL,
    CONSTRAINT hotels_pk PRIMARY KEY (hotel_id),
    CONSTRAINT hotels_identity UNIQUE (hotel_country, hotel_city, hotel_name)
);

CREATE TABLE deals (
    deal_id INTEGER,
    hotel_id INTEGER NOT NULL,
    hotel_star_rating TINYINT NOT NULL,
    price_per_night DECIMAL(10, 2) NOT NULL,
    original_price DECIMAL(10, 2),
    discount_percent TINYINT NOT NULL,
    checkin_date DATE NOT NULL,
    checkout_date DATE NOT NULL,
    CONSTRAINT deals_pk PRIMARY KEY (deal_id),
    CONSTRAINT deals_hotel_fk FOREIGN KEY (hotel_id) REFERENCES hotels (hotel_id),
    CONSTRAINT star_rating_1_to_5 CHECK (hotel_star_rating BETWEEN 1 AND 5),
    CONSTRAINT price_positive CHECK (price_per_night > 0),
    CONSTRAINT original_price_positive CHECK (original_price > 0),
    CONSTRAINT discount_0_to_100 CHECK (discount_percent BETWEEN 0 AND 100),
    CONSTRAINT checkout_after_checkin CHECK (checkout_date > checkin_date)
);
