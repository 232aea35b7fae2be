"""Years that a record may bear: of our era, and not after anybody's plans."""

EARLIEST, LATEST = 1, 2100
