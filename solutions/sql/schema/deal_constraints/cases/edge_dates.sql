-- Stays around the ends of months and years, dates without leading zeros, and days that do not exist.

-- a hotel for the deals below
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Harbour House', 'Lisbon', 'Portugal');

-- one night
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (1, 1, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-02');

-- check-out on the day of check-in
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (2, 1, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-01');

-- New Year abroad
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (3, 1, 4, 90.00, 120.00, 25, '2027-12-30', '2028-01-02');

-- a stay from September to October, written without leading zeros
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (4, 1, 4, 90.00, 120.00, 25, '2027-9-30', '2027-10-2');

-- check-out in September before check-in in October, written without leading zeros
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (5, 1, 4, 90.00, 120.00, 25, '2027-10-2', '2027-9-30');

-- a stay from the 9th to the 10th, written without leading zeros
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (6, 1, 4, 90.00, 120.00, 25, '2027-7-9', '2027-7-10');

-- check-in on 30 February
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (7, 1, 4, 90.00, 120.00, 25, '2027-02-30', '2027-03-04');

-- 29 February of a leap year
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (8, 1, 4, 90.00, 120.00, 25, '2028-02-29', '2028-03-01');

-- a check-out that is not a date
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (9, 1, 4, 90.00, 120.00, 25, '2027-07-01', 'soon');
