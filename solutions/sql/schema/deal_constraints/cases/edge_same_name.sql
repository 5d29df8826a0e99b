-- Hotels that share a name, a city or a country with another one.

-- a hotel for the deals below
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (1, 'Harbour House', 'Lisbon', 'Portugal');

-- the same name in another city
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (2, 'Harbour House', 'Porto', 'Portugal');

-- another name in the same city
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (3, 'Garden Inn', 'Lisbon', 'Portugal');

-- the same name and city name in another country
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (4, 'Harbour House', 'Lisbon', 'United States');

-- the same name, city and country again
INSERT INTO hotels (hotel_id, hotel_name, hotel_city, hotel_country)
VALUES (5, 'Harbour House', 'Lisbon', 'Portugal');

-- a deal of the hotel in the other city
INSERT INTO deals (deal_id, hotel_id, hotel_star_rating, price_per_night, original_price, discount_percent, checkin_date, checkout_date)
VALUES (1, 2, 4, 90.00, 120.00, 25, '2027-07-01', '2027-07-04');
