"""English as written in Cambodia and Britain: day, month in words, year; 24-hour clock."""

from krama.web.formats import (  # noqa: F401  Django reads these names from here
    DATE_INPUT_FORMATS,
    DATETIME_INPUT_FORMATS,
    DECIMAL_SEPARATOR,
    FIRST_DAY_OF_WEEK,
    NUMBER_GROUPING,
    THOUSAND_SEPARATOR,
    TIME_INPUT_FORMATS,
)

DATE_FORMAT = "j F Y"  # 4 November 2026
TIME_FORMAT = "H:i"  # 14:30
DATETIME_FORMAT = "j F Y, H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
# The month stays a word even in tables: donor staff read 04/11/2026 as 11 April.
SHORT_DATE_FORMAT = "j M Y"  # 4 Nov 2026
SHORT_DATETIME_FORMAT = "j M Y, H:i"
