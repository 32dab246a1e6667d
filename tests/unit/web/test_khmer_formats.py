"""Django itself shows and reads dates, numbers and its own messages as `krama.web.formats` and the Khmer
catalogue say.

Asked in a process of its own, with the least settings that do it, so that the answer does not hang on
krama.config.settings and nothing here can leave a language or a format cache behind for other tests.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ASK = """
import json
from datetime import date, datetime, timezone
from pathlib import Path
import django
from django.conf import settings

WEB = Path("krama/web").resolve()
settings.configure(
    LANGUAGE_CODE="en", LANGUAGES=[("en", "English"), ("km", "Khmer")],
    LOCALE_PATHS=[WEB / "locale", WEB / "locale_django"], FORMAT_MODULE_PATH="krama.web.formats",
    USE_TZ=True, TIME_ZONE="Asia/Phnom_Penh",
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"libraries": {"khmer": "krama.web.templatetags.khmer"}},
    }],
)
django.setup()
from django import forms
from django.template import engines
from django.utils import formats, timesince
from django.utils.translation import gettext, override
from krama.web.khmer import latin_digits

DAY, MOMENT = date(2026, 11, 4), datetime(2026, 11, 4, 20, 30, tzinfo=timezone.utc)
PAGE = engines["django"].from_string(
    "{% load khmer %}{{ day|short_date }}|{{ day|long_date }}|{{ day|formal_date }}|{{ moment|short_date }}"
    "|{{ none|long_date }}|{{ 33|khmer_digits }}|{{ typed|latin_digits }}"
)

def errors(field, value):
    try:
        field.clean(value)
    except forms.ValidationError as refused:
        return refused.messages
    return []

def answers():
    parse = forms.DateField().clean
    return {
        "date": formats.date_format(DAY),
        "moment": formats.date_format(DAY.replace(day=5), "MONTH_DAY_FORMAT"),
        "month": formats.date_format(DAY, "YEAR_MONTH_FORMAT"),
        "short": formats.date_format(DAY, "SHORT_DATE_FORMAT"),
        "datetime": formats.date_format(MOMENT, "DATETIME_FORMAT"),
        "time": formats.time_format(MOMENT.time()),
        "number": formats.number_format("1234567.5", 2, force_grouping=True),
        "monday": formats.get_format("FIRST_DAY_OF_WEEK"),
        "box": str(forms.DateField().widget.format_value(DAY)),
        "read": [
            parse(latin_digits(text)) == DAY
            for text in ("4/11/2026", "04-11-2026", "4.11.2026", "2026-11-04", "4 Nov 2026", "៤/១១/២០២៦")
        ],
        "us order": errors(forms.DateField(), "11/21/2026"),
        "two digits": errors(forms.DateField(), "4/11/26"),
        "required": errors(forms.CharField(), ""),
        "short text": errors(forms.CharField(min_length=8), "abc"),
        "ago": timesince.timesince(datetime(2026, 11, 1), datetime(2026, 11, 4)),
        "login": gettext("Please enter a correct %(username)s and password. Note that both fields may be "
                         "case-sensitive.") % {"username": gettext("username")},
        "page": PAGE.render({"day": DAY, "moment": MOMENT, "none": None, "typed": "២១"}),
    }

result = {}
for language in ("en", "km"):
    with override(language):
        result[language] = answers()
print(json.dumps(result))
"""


@pytest.fixture(scope="module")
def django_says():
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    run = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_english_is_day_first_with_a_24_hour_clock(django_says):
    assert django_says["en"] == {
        "date": "4 November 2026",
        "moment": "5 November",
        "month": "November 2026",
        "short": "4 Nov 2026",
        "datetime": "4 November 2026, 20:30",
        "time": "20:30",
        "number": "1,234,567.50",
        "monday": 1,
        "box": "04/11/2026",
        "read": [True] * 6,
        "us order": ["Enter a valid date."],
        "two digits": ["Enter a valid date."],
        "required": ["This field is required."],
        "short text": ["Ensure this value has at least 8 characters (it has 3)."],
        "ago": "3\u00a0days",
        "login": "Please enter a correct username and password. Note that both fields may be case-sensitive.",
        "page": "4 Nov 2026|4 November 2026|4 November 2026|5 Nov 2026||៣៣|21",
    }


def test_khmer_has_khmer_months_and_messages_and_the_same_numbers(django_says):
    assert django_says["km"] == {
        "date": "4 វិច្ឆិកា 2026",
        "moment": "5 វិច្ឆិកា",
        "month": "វិច្ឆិកា 2026",
        "short": "04/11/2026",
        "datetime": "4 វិច្ឆិកា 2026 ម៉ោង 20:30",
        "time": "20:30",
        "number": "1,234,567.50",
        "monday": 1,
        "box": "04/11/2026",
        "read": [True] * 6,
        "us order": ["សូមបញ្ចូលកាលបរិច្ឆេទឱ្យបានត្រឹមត្រូវ។"],
        "two digits": ["សូមបញ្ចូលកាលបរិច្ឆេទឱ្យបានត្រឹមត្រូវ។"],
        "required": ["សូមបំពេញប្រអប់នេះ។"],
        "short text": ["តម្លៃនេះត្រូវមានយ៉ាងតិច 8 តួអក្សរ (ឥឡូវមាន 3)។"],
        "ago": "3\u00a0ថ្ងៃ",
        "login": "សូមបញ្ចូលឈ្មោះអ្នកប្រើ និងពាក្យសម្ងាត់ឱ្យបានត្រឹមត្រូវ។ សូមចំណាំថា ប្រអប់ទាំងពីរអាចប្រកាន់អក្សរតូច អក្សរធំ។",
        "page": "04/11/2026|4 វិច្ឆិកា 2026|ថ្ងៃទី០៤ ខែវិច្ឆិកា ឆ្នាំ២០២៦|05/11/2026||៣៣|21",
    }
