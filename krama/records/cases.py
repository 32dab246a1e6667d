"""How the engine finds the case behind a page, without knowing what a case is.

`casework` names its own record type here; everything else asks for a case by its code.
"""

from krama.records.reading import visible
from krama.records.types import registry
from krama.records.writing import Hidden

CASE = "case"


def plain_code(code: str) -> str:
    """Give the code, or raise Hidden for what no code can be: the database takes neither NUL nor surrogates."""
    if not (code.isascii() and code.isprintable()):
        raise Hidden
    return code


def case_by_code(user, code: str):
    """Give the visible case with this code, or raise Hidden."""
    found = (
        visible(registry[CASE], user).select_related("person", "scope").filter(code=plain_code(code)).first()
    )
    if found is None:
        raise Hidden
    return found


def cases_by_code(user, codes) -> list:
    """Give the visible cases with these codes, in their order; raises Hidden when one is not to be seen."""
    wanted = [plain_code(code) for code in dict.fromkeys(codes)]
    rows = visible(registry[CASE], user).select_related("person", "scope").filter(code__in=wanted)
    found = {case.code: case for case in rows}
    if len(found) != len(wanted):
        raise Hidden
    return [found[code] for code in wanted]
