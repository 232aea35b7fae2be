"""Links in pages: whether they still lead somewhere."""
