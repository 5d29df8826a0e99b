-- One good hotel, one good deal, and four deals with one bad value each.

-- a hotel with all its values
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Harbour House', 'Lisbon', 'Portugal');

-- a good deal
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (1, 1, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- six stars
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (2, 1, 6, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');

-- a night for nothing
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (3, 1, 4, 0.00, 120.00, 100, '2027-07-01', '2027-07-04');

-- a discount of more than everything
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (4, 1, 4, 90.00, 120.00, 101, '2027-07-01', '2027-07-04');

-- check-out two days before check-in
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (5, 1, 4, 90.00, 120.00, 25, '2027-07-04', '2027-07-02');
