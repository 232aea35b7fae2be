"""What search keeps in the database, one module a subject."""
