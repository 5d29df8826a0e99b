-- Unusual deals that no rule forbids.

-- a hotel for the deals below
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Harbour House', 'Lisbon', 'Portugal');

-- a price above the original one
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (1, 1, 4, 150.00, 120.00, 0, '2027-07-01', '2027-07-04');

-- a discount that does not match the prices
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (2, 1, 4, 90.00, 100.00, 50, '2027-07-01', '2027-07-04');

-- a second deal of the same hotel, with the same values
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (3, 1, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a third one, for overlapping dates
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (4, 1, 4, 90.00, 120.00, 25, '2027-07-02', '2027-07-03');

-- a stay in the past
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (5, 1, 4, 90.00, 120.00, 25, '1999-12-31', '2000-01-01');

-- a stay of a year
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (6, 1, 4, 90.00, 120.00, 25, '2027-01-01', '2028-01-01');

-- an expensive night
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (7, 1, 4, 125000.00, 250000.00, 25, '2027-07-01', '2027-07-04');
