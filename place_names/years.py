"""The range of years that a record accepts."""

EARLIEST, LATEST = 1, 2100
