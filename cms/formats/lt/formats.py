"""Lithuanian numbers as the language's commission writes them: 4 860 664,11."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
