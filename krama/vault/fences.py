"""The fences of the vault's tables, and the field groups of its sealed columns."""

from krama.access.groups import IDENTITY, LOCATION, OPEN
from krama.access.rowsecurity import SIGNED_IN, Fence, behind_case, behind_person, definer_functions, fence
from krama.records.sealing import classify
from krama.vault.models import Contact, Document, Identity

IDENTITY_FIELDS = dict.fromkeys(
    ("family_km", "given_km", "family_latin", "given_latin", "nickname", "name_as_written", "birth_from",
     "birth_to", "id_number", "photo"), IDENTITY
)  # fmt: skip
CONTACT_FIELDS = dict.fromkeys(("district", "commune", "village", "address", "phone"), LOCATION)


def declare() -> None:
    """Declare all of them; called once when the app is ready."""
    definer_functions("krama.vault", "sql/match.sql")
    definer_functions("krama.vault", "sql/keys.sql")
    person = behind_person("id")
    fence("vault.Person", Fence(person.read, "(SELECT krama_case_agency()) IS NOT NULL", person.change))
    fence("vault.Identity", behind_person())
    fence("vault.Contact", behind_person())
    own = "({table}.kind = 'agency' AND {table}.agency_id = (SELECT krama_case_agency()))"
    through = (
        "EXISTS (SELECT 1 FROM access_casescope s WHERE s.id = {table}.subject)"
        " OR EXISTS (SELECT 1 FROM access_casescope s WHERE s.person_id = {table}.subject)"
    )
    mine = " AND s.agency_id = (SELECT krama_case_agency())"  # whoever reads by a grant seals nothing
    adding = (
        f"EXISTS (SELECT 1 FROM access_casescope s WHERE s.id = {{table}}.subject{mine})"
        f" OR EXISTS (SELECT 1 FROM access_casescope s WHERE s.person_id = {{table}}.subject{mine})"
    )
    fence("vault.DataKey", Fence(f"{own} OR {through}", f"{own} OR {adding}", "false", ("SELECT", "INSERT")))
    tokens = f"{SIGNED_IN} AND agency_id = (SELECT krama_case_agency())"
    fence("vault.MatchToken", Fence("false", tokens, "false", ("INSERT",)))
    fence("vault.Document", behind_case())
    classify(Identity, IDENTITY_FIELDS)
    classify(Contact, CONTACT_FIELDS)
    classify(Document, {"name": OPEN, "content": IDENTITY})
