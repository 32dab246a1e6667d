"""One transaction a request, and the database told who asks.

ATOMIC_REQUESTS would wrap only the view: the session, the journal and a template rendered late must be
inside too, and `set_config(..., true)` lives only as long as its transaction.
"""

import re
import uuid
from urllib.parse import urlencode

from django.db import transaction
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import translation

from krama.access.scoping import set_context
from krama.journal import request_id
from krama.journal.recording import record

OUTSIDE = ("/healthz", "/static/")


class RequestTransaction:
    """Opens the transaction; rolls it back for any answer of 500 and above."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(OUTSIDE):
            return self.get_response(request)
        request_id.set(uuid.uuid4().hex[:12])
        with transaction.atomic():
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse):
                raise TypeError(
                    "A streamed answer would leave after the journal's transaction; build it whole."
                )
            if hasattr(response, "render") and not response.is_rendered:
                response = response.render()
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class SignedIn:
    """Sets the row-level-security context to the signed-in user, and clears it at the end.

    The language of someone who has not chosen one in this browser is the one of their account.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(OUTSIDE):
            return self.get_response(request)
        user = request.user if request.user.is_authenticated else None
        if user is None:
            return self.get_response(request)
        set_context(user.pk)
        from django.conf import settings

        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if hasattr(response, "render") and not response.is_rendered:
            response = response.render()
        if (
            response.status_code < 500
        ):  # after a failure the transaction, and the context with it, is rolled back
            if response.status_code in (403, 404):
                _record_refusal(request, user)
            set_context(None)
        return response


_CODE = re.compile(r"[A-Za-z0-9-]{1,40}")


def _record_refusal(request, user) -> None:
    """Write down that something was asked for and refused: which address, which code. Free text is left out."""
    match = request.resolver_match
    asked = [str(value) for value in match.kwargs.values()] if match else []
    record(
        "access.denied",
        by=user,
        outcome="denied",
        record_type=(match.view_name or "")[:60] if match else "",
        record_id=" ".join(value for value in asked if _CODE.fullmatch(value))[:64],
        purpose=request.method,
    )


PUBLIC = ("/sign-in/", "/language/", *OUTSIDE)


def _answers_itself(path: str) -> bool:
    """REST answers 401 by itself; its description is a page like any other."""
    return path.startswith("/api/") and not path.endswith("/openapi.json")


class SignInFirst:
    """Sends everybody who is not signed in to the sign-in page: closed by default, with a short list of doors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(PUBLIC) or request.user.is_authenticated or _answers_itself(request.path):
            return self.get_response(request)
        return redirect(f"/sign-in/?{urlencode({'next': request.get_full_path()})}")
