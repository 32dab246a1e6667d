"""Two people who came back earlier and alone, written by another ear: the duplicate check finds them again."""

from datetime import date, timedelta

from krama.access.scoping import acting_as
from krama.casework.actions.registration import Registration
from krama.demo.accounts import Cast
from krama.demo.dates import Calendar
from krama.demo.people import LONG_AN, MALAYSIA
from krama.repatriation.actions import announce, particulars_of, register_group

# who | site | days before | from | how the name was written | place in the story's lists
RETURNS = (
    ("supervisor2", "phnom-penh", 61, "TH", "Soh", "Kareem", MALAYSIA[2]),
    ("officer2", "koh-kong", 95, "TH", "Saem", "Vuthi", LONG_AN[13]),
)


def tell(cast: Cast, days: Calendar) -> None:
    """Register both at their arrivals, which lie before those of the story."""
    for username, site, before, country, family, given, known in RETURNS:
        first = days.malaysia if site == "phnom-penh" else days.long_an
        born = known["birth_date"] + days.moved
        with acting_as(cast[username]) as by:
            arrival = announce(
                by=by, site=cast.sites[site], arrived_at=first - timedelta(days=before), country=country,
                handed_over_by="self", announced=1,
            )  # fmt: skip
            person = {
                "family_latin": family, "given_latin": given, "name_as_written": f"{family} {given}",
                "sex": known["sex"], "nationality": "KH", "province": known["province"],
                "district": known["district"], "birth_from": date(born.year, 1, 1),
                "birth_to": date(born.year, 12, 31), "birth_precision": "year", "birth_basis": "stated_year",
            }  # fmt: skip
            register_group(arrival, [Registration(1, particulars_of(person))], by=by)
