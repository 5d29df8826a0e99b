-- Numbers used twice, a number that is none, and deals whose hotel does not exist.

-- a hotel for the deals below
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Harbour House', 'Lisbon', 'Portugal');

-- another hotel with the number 1
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Garden Inn', 'Porto', 'Portugal');

-- a first deal
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (1, 1, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- another deal with the number 1
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (1, 1, 5, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a deal whose number is a text
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES ('D-2', 1, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a deal of hotel 7, which does not exist
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (3, 7, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- hotel 7 arrives
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (7, 'Garden Inn', 'Porto', 'Portugal');

-- a deal of hotel 7, which exists now
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (4, 7, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a second deal of hotel 7
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (5, 7, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');
