"""Steps of consent: a word is taken down on the form, and what it allows afterwards."""

from tests.journeys.desk import Desk

GROUNDS = "The only adult at hand took part in what happened; help cannot wait for the aunt."


def take_down(recorder: Desk, case, **word) -> None:
    """Open the form of a case, fill it in and save."""
    recorder.goes_to(f"/cases/{case.code}/")
    recorder.follows("Record consent")
    recorder.fills(**{"answer": "given", "purposes": ["services"], **word})
    recorder.presses("Save")


def record_service(officer: Desk, case, kind: str) -> None:
    """Fill in the service form of a case."""
    officer.goes_to(f"/cases/{case.code}/")
    officer.follows("Record a service")
    officer.fills(kind=kind)
    officer.presses("Save")
