"""The small browser sends back what a page holds, and only that."""

from bench.browsing import fields_of, questions_of

PAGE = """<form><input type="hidden" name="csrfmiddlewaretoken" value="t">
<input type="text" name="people-0-name" value="Sok &amp; Co"><input type="checkbox" name="people-0-leave_out">
<input type="checkbox" name="people-1-leave_out" checked><input type="submit" name="people-go" value="x">
<select name="people-0-sex"><option value="">-</option><option value="F" selected>F</option></select>
<select name="people-1-sex"><option value="">-</option><option value="F">F</option></select>
<textarea name="other">text</textarea>
<input type="radio" name="likely-aa-bb" value="same">
<input type="radio" name="likely-aa-bb" value="different"></form>"""


def test_fields_as_a_browser_would_send_them():
    assert fields_of(PAGE, "people-") == {
        "people-0-name": "Sok & Co",
        "people-1-leave_out": "on",
        "people-0-sex": "F",
        "people-1-sex": "",
    }
    assert fields_of(PAGE, "other") == {"other": "text"}


def test_questions_are_found():
    assert questions_of(PAGE) == {"likely-aa-bb"}
