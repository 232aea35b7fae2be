"""Django's zh_Hans groups by four digits and with nothing between the groups: 12345.

The site writes 12,345, as the statistical yearbooks do.
"""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
