-- Prices with more than two decimals.

-- a hotel for the deals below
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Harbour House', 'Lisbon', 'Portugal');

-- a price with a fraction of a cent
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (1, 1, 4, 89.999, 120.00, 25, '2027-07-01', '2027-07-04');

-- a price that is nothing to the cent
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (2, 1, 4, 0.004, 120.00, 25, '2027-07-01', '2027-07-04');

-- an original price with fractions of a cent
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (3, 1, 4, 90.00, 119.9871, 25, '2027-07-01', '2027-07-04');

-- an original price that is nothing to the cent
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (4, 1, 4, 90.00, 0.0001, 25, '2027-07-01', '2027-07-04');
