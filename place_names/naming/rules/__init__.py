"""The rules: each takes a `Setting` (and the index of names in use) and yields findings."""
