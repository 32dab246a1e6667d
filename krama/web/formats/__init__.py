"""How dates, times and numbers are typed and shown; settings name this package in FORMAT_MODULE_PATH.

What differs between the languages is in `en/formats.py` and `km/formats.py`; what a person may *type* is
here, once, because the same person switches language in the middle of a day. Day comes before month in
both. There is no form with a two-digit year: a birth year "06" must not become 2006 by guess.

Khmer digits and Khmer month names never reach these patterns (`strptime` knows neither): fields pass the
text through `krama.web.khmer.latin_digits` or `read_date` first.
"""

DATE_INPUT_FORMATS = [
    "%d/%m/%Y",  # 21/11/2026; the first one is what a text box shows again
    "%d-%m-%Y",  # 21-11-2026
    "%d.%m.%Y",  # 21.11.2026
    "%Y-%m-%d",  # 2026-11-21, from files and the API
    "%d %b %Y",  # 21 Nov 2026
    "%d %B %Y",  # 21 November 2026
]
TIME_INPUT_FORMATS = [
    "%H:%M",  # 14:30
    "%H:%M:%S",  # 14:30:59
    "%H.%M",  # 14.30
]
DATETIME_INPUT_FORMATS = [
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d.%m.%Y %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",  # what a datetime-local box sends
    "%d %b %Y %H:%M",
    "%d %B %Y %H:%M",
]

FIRST_DAY_OF_WEEK = 1  # Monday: the working week, and weeks in reports, start there

# 1,234.50 in both languages. Django's own Khmer has 1.234,50, which is French use: Cambodian banks,
# receipts, spreadsheets and donor forms write the dot for decimals, and one sheet that is read in two
# languages must not say 1.200 for both "twelve hundred" and "one point two".
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
