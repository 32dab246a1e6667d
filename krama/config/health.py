"""/healthz: 200 when Krama can work, 503 with the reason when not."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from krama.vault.keys import KeysUnusable, key_service


@require_safe
def healthz(request):
    """Say whether database and keys are usable; no sign-in, no details beyond the reason."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM access_rolereach")
            if not cursor.fetchone()[0]:
                raise RuntimeError("The database is not migrated.")
            cursor.execute("SELECT * FROM krama_sealing_agencies()")
            agencies = [row[0] for row in cursor.fetchall()]
        key_service().check(agencies)
    except KeysUnusable as problem:
        return JsonResponse({"ok": False, "reason": str(problem)}, status=503)
    except DatabaseError:
        return JsonResponse({"ok": False, "reason": "The database does not answer as it should."}, status=503)
    except RuntimeError as problem:
        return JsonResponse({"ok": False, "reason": str(problem)}, status=503)
    return JsonResponse({"ok": True})
