"""Reading other engines' SQL: what is trusted, what is rewritten, what is refused."""
