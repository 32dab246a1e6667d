"""The fences of the tables in this package and of Django's own."""

from krama.access.rowsecurity import (
    SIGNED_IN,
    Fence,
    behind_case,
    definer_functions,
    fence,
    unfenced,
)

# The columns here are all leakproof comparisons, so indexes are kept; the functions run once a statement. The two
# lists of cases are unnested so that PostgreSQL hashes them: a worker may stand on hundreds of teams.
SCOPE_SEEN = """(agency_id = (SELECT krama_reach_agency()) AND NOT sealed)
 OR (site_id = ANY ((SELECT krama_reach_sites())::bigint[]) AND NOT sealed)
 OR id IN (SELECT unnest(krama_team_cases()))
 OR id IN (SELECT unnest(krama_granted_cases()))"""


def declare() -> None:
    """Declare all of them; called once when the app is ready."""
    definer_functions("krama.access", "sql/context.sql")
    fence(
        "access.CaseScope",
        Fence(
            SCOPE_SEEN,
            "agency_id = (SELECT krama_agency()) AND opened_by_id = (SELECT krama_user())"
            " AND krama_may_open(person_id)",
            f"agency_id = (SELECT krama_case_agency()) AND ({SCOPE_SEEN}) AND krama_may_open(person_id)",
        ),
    )
    staff = f"{SIGNED_IN} AND krama_may_staff(case_id)"
    fence("access.TeamMember", Fence(behind_case().read, staff, staff))
    grant = behind_case()
    own = (
        "EXISTS (SELECT 1 FROM access_casescope s"
        " WHERE s.id = {table}.case_id AND s.agency_id = (SELECT krama_agency()))"
    )
    fence("access.ConsentGrant", Fence(grant.read, own, own))
    unfenced("access.Agency", "SELECT", "INSERT", "UPDATE")
    unfenced("access.Site", "SELECT", "INSERT", "UPDATE")
    unfenced("access.User", "SELECT", "INSERT", "UPDATE")
    unfenced("access.User_sites", "SELECT", "INSERT", "DELETE")
    unfenced("access.RoleReach", "SELECT")
    unfenced("sessions.Session", "SELECT", "INSERT", "UPDATE", "DELETE")
    unfenced("contenttypes.ContentType", "SELECT")
    for closed in ("auth.Permission", "auth.Group", "auth.Group_permissions"):
        unfenced(closed)
    # Whoever is signed in writes entries in their own name; nobody rewrites one. Read: one's own, and
    # those about a case that one sees. Entries before sign-in carry no actor.
    fence(
        "journal.Entry",
        Fence(
            "actor_id = (SELECT krama_user())"
            " OR (case_id IS NOT NULL AND EXISTS (SELECT 1 FROM access_casescope s WHERE s.id = {table}.case_id))",
            "actor_id IS NOT DISTINCT FROM (SELECT krama_user())",
            "false",
            ("SELECT", "INSERT"),
        ),
    )
