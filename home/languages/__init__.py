"""The languages of the site: which one an address speaks, and names written in Latin letters."""
