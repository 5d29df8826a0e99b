-- Deals on the limits of the allowed ranges and one step outside them.

-- a hotel for the deals below
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Harbour House', 'Lisbon', 'Portugal');

-- one star, the lowest rating
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (1, 1, 1, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- five stars, the highest rating
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (2, 1, 5, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- no star
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (3, 1, 0, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- minus one star
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (4, 1, -1, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- six stars
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (5, 1, 6, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- one cent per night
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (6, 1, 4, 0.01, 120.00, 25, '2027-07-01', '2027-07-04');

-- nothing per night
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (7, 1, 4, 0.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a negative price
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (8, 1, 4, -90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- an original price of one cent
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (9, 1, 4, 0.01, 0.01, 25, '2027-07-01', '2027-07-04');

-- an original price of nothing
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (10, 1, 4, 90.00, 0.00, 25, '2027-07-01', '2027-07-04');

-- a negative original price
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (11, 1, 4, 90.00, -120.00, 25, '2027-07-01', '2027-07-04');

-- no discount, and the price is the original one
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (12, 1, 4, 120.00, 120.00, 0, '2027-07-01', '2027-07-04');

-- a discount of 100 percent
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (13, 1, 4, 90.00, 120.00, 100, '2027-07-01', '2027-07-04');

-- a discount of minus one percent
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (14, 1, 4, 90.00, 120.00, -1, '2027-07-01', '2027-07-04');

-- a discount of 101 percent
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (15, 1, 4, 90.00, 120.00, 101, '2027-07-01', '2027-07-04');
