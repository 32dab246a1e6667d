"""Khmer: day, Khmer month, year, in Latin digits; 24-hour clock.

Latin digits are what partner agencies type, print and read in tables and spreadsheets; Khmer digits are
kept for printed letters (`krama.web.khmer.formal_date`). Django's own form "21 ខែ វិច្ឆិកា ឆ្នាំ 2026"
says *month* and *year* in words, which is right in a letter and too long in a list.
"""

from krama.web.formats import (  # noqa: F401  Django reads these names from here
    DATE_INPUT_FORMATS,
    DATETIME_INPUT_FORMATS,
    DECIMAL_SEPARATOR,
    FIRST_DAY_OF_WEEK,
    NUMBER_GROUPING,
    THOUSAND_SEPARATOR,
    TIME_INPUT_FORMATS,
)

DATE_FORMAT = "j F Y"  # 4 វិច្ឆិកា 2026
TIME_FORMAT = "H:i"  # 14:30
DATETIME_FORMAT = "j F Y ម៉ោង H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
# Khmer months have no usual short form, and nobody who reads Khmer puts the month first.
SHORT_DATE_FORMAT = "d/m/Y"  # 04/11/2026
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
