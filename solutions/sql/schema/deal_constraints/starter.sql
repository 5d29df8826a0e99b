-- Create the tables hotels and deals (names and columns as in README.md), with
-- the constraints that let every good row in and keep every bad one out.
-- The rules are in README.md. To judge your answer:
--     pytest katas/sql/schema/deal_constraints

