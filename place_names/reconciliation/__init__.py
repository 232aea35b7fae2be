"""The W3C Reconciliation Service API 0.2: OpenRefine matches a column of names by it."""
