-- Rows in which one value is missing: left out or NULL.

-- a hotel for the deals below
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Harbour House', 'Lisbon', 'Portugal');

-- a hotel without a number
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (NULL, 'Garden Inn', 'Porto', 'Portugal');

-- a hotel without a name
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (2, NULL, 'Porto', 'Portugal');

-- a hotel without a city
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (2, 'Garden Inn', NULL, 'Portugal');

-- a hotel without a country
INSERT INTO hotels (hotel_id, hotel_name, hotel_city)
VALUES (2, 'Garden Inn', 'Porto');

-- a deal without a number
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (NULL, 1, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a deal without a hotel
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (2, NULL, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a deal without a star rating
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (3, 1, NULL, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a deal without a price
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (4, 1, 4, NULL, 120.00, 25, '2027-07-01', '2027-07-04');

-- a deal without a discount
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (5, 1, 4, 90.00, 120.00, NULL, '2027-07-01', '2027-07-04');

-- a deal without a check-in
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (6, 1, 4, 90.00, 120.00, 25, NULL, '2027-07-04');

-- a deal without a check-out
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (7, 1, 4, 90.00, 120.00, 25, '2027-07-01', NULL);

-- a deal without both dates
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (8, 1, 4, 90.00, 120.00, 25, NULL, NULL);

-- a deal whose price was left out of the INSERT
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, original_price, discount_percent, checkin_date, checkout_date)
VALUES (9, 1, 4, 120.00, 25, '2027-07-01', '2027-07-04');

-- a deal whose original price is unknown
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (10, 1, 4, 90.00, NULL, 25, '2027-07-01', '2027-07-04');

-- a deal whose original price was left out of the INSERT
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, discount_percent, checkin_date, checkout_date)
VALUES (11, 1, 4, 90.00, 25, '2027-07-01', '2027-07-04');
