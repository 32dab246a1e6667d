"""REST for every record type, with OpenAPI: the same rows, fields, actions and refusals as the pages."""

from datetime import datetime
from functools import cache
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from ninja import NinjaAPI, Router, Schema, Status
from ninja.security import SessionAuth
from pydantic import Field

from krama.records import sealing
from krama.records.cases import case_by_code
from krama.records.forms import RecordForm, form_class
from krama.records.reading import closed_to, facts_by_record, journal_list, one, read, visible
from krama.records.types import RecordType, registry
from krama.records.writing import Hidden, Refused, Stale, facts_of, require


class Problem(Schema):
    """What went wrong (RFC 9457): `title` in the reader's language; `errors` by field name."""

    status: int
    title: str
    errors: dict[str, list[str]] = {}


class Record(Schema):
    """One record: its id, the fields that the reader may read, and the names of those that stay hidden."""

    id: str
    fields: dict[str, Any]
    hidden: list[str]


class Records(Schema):
    """One page of records; `total` counts what the reader may see."""

    total: int
    items: list[Record]


class Values(Schema):
    """What is asked by the form of this type, under the same names; see the type's page."""

    fields: dict[str, Any]
    case: str = ""
    version: int | None = None


Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
ERRORS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


def shape(declared: type[RecordType], record, cells) -> Record:
    """Give the REST form of one record."""
    return Record(
        id=str(record.pk),
        fields={cell.name: cell.value for cell in cells if not cell.hidden},
        hidden=[cell.name for cell in cells if cell.hidden],
    )


def answer(declared: type[RecordType], user, pk) -> Record:
    """Read one record again and give it, as after a write."""
    record = one(declared, user, pk)
    return shape(declared, record, read(declared, [record], user, opened=True)[0])


def _encodable(value) -> bool:
    """JSON can write half of a pair of surrogates, which is no text: nothing could store it."""
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True


def _as_it_stands(record, name: str) -> list[str]:
    """Give a field's value as a form would send it back; nobody reads it, so nothing is journaled."""
    if name in sealing.sealed_names(type(record)):
        return [sealing.open_unjournaled([record], [name])[0][name]]
    value = getattr(record, name, None)
    if isinstance(value, datetime):
        return [timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")]
    if isinstance(value, list):
        return [str(item) for item in value]
    return ["" if value is None else str(getattr(value, "pk", value))]


def filled(form: type[RecordForm], values: dict[str, Any], **known) -> dict:
    """Clean values by a form; raises ValidationError with its sentences."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        if not _encodable(value):
            raise ValidationError({name: [RegexValidator.message]})
        data.setlist(
            name,
            [str(v) for v in value] if isinstance(value, list) else ["" if value is None else str(value)],
        )
    if known.get("record") is not None:  # what is not sent of a record that stands already stays as it is
        for name in form.base_fields.keys() - values.keys():
            data.setlist(name, _as_it_stands(known["record"], name))
        data["version"] = str(getattr(known["record"], "version", ""))
    bound = form(data, **known)
    if not bound.is_valid():
        raise ValidationError(dict(bound.errors.as_data()))
    return bound.cleaned_data


def router_of(declared: type[RecordType]) -> Router:
    """Give the endpoints of one type, as far as it can be added to or changed."""
    router = Router(tags=[declared.slug])
    name = declared.slug.replace("-", "_")

    @router.get("/", response={200: Records, **ERRORS}, operation_id=f"list_{name}")
    def listed(request: HttpRequest, limit: Limit = 50, offset: Offset = 0):
        rows = visible(declared, request.user)
        page = list(
            rows.select_related(*declared.related()).order_by(*declared.order, "pk")[offset : offset + limit]
        )
        cells = read(declared, page, request.user)
        journal_list(declared, cells, request.user)
        return Records(
            total=rows.count(), items=[shape(declared, r, c) for r, c in zip(page, cells, strict=True)]
        )

    @router.get("/{pk}", response={200: Record, **ERRORS}, operation_id=f"get_{name}")
    def got(request: HttpRequest, pk: str):
        return answer(declared, request.user, pk)

    if declared.add is not None and declared.asks:

        @router.post("/", response={201: Record, **ERRORS}, operation_id=f"add_{name}")
        def added(request: HttpRequest, values: Values):
            case = case_by_code(request.user, values.case) if declared.behind == "case" else None
            require(request.user, declared.permission("add"), facts_of(case, declared.compartment))
            clean = filled(form_class(declared), values.fields, user=request.user, case=case)
            record = declared.add(by=request.user, **({"case": case} if case else {}), **clean)
            return Status(201, answer(declared, request.user, record.pk))

    if declared.change is not None and declared.asks:

        @router.put("/{pk}", response={200: Record, **ERRORS}, operation_id=f"change_{name}")
        def changed(request: HttpRequest, pk: str, values: Values):
            record = one(declared, request.user, pk)
            require(request.user, declared.permission("change"), facts_by_record(declared, [record])[0])
            version = getattr(record, "version", None) if values.version is None else values.version
            sent = {**values.fields, "version": version}
            clean = filled(form_class(declared), sent, user=request.user, record=record)
            for closed in closed_to(declared, record, request.user):
                clean.pop(closed, None)
            declared.change(record, by=request.user, expected_version=clean.pop("version", None), **clean)
            return answer(declared, request.user, pk)

    for step in declared.transitions:
        _transition(router, declared, step, name)
    return router


def _transition(router: Router, declared, step, name: str) -> None:
    @router.post(
        f"/{{pk}}/{step.name}",
        response={200: Record, **ERRORS},
        operation_id=f"{step.name}_{name}".replace("-", "_"),
    )
    def done(request: HttpRequest, pk: str, values: Values):
        record = one(declared, request.user, pk)
        require(request.user, declared.permission(step.name), facts_by_record(declared, [record])[0])
        clean = filled(step.form or RecordForm, values.fields, user=request.user, record=record)
        clean.pop("version", None)
        known = {"expected_version": values.version} if step.versioned else {}
        step.action(record, by=request.user, **known, **clean)
        return answer(declared, request.user, pk)


@cache
def _description(api: NinjaAPI) -> dict:
    """The declarations do not change while a process lives, and describing them takes a second."""
    return api.get_openapi_schema(path_prefix="/api/v1/")


def description_of(api: NinjaAPI):
    """Give the view that answers with the OpenAPI description; it stands behind the sign-in like any page."""
    return lambda request: JsonResponse(_description(api))


def build() -> NinjaAPI:
    """Give the API of all registered types, under the session of the pages and its CSRF token."""
    api = NinjaAPI(
        title="Krama",
        version="1",
        auth=SessionAuth(csrf=True),
        docs_url=None,
        openapi_url=None,
        urls_namespace="rest",
    )
    for slug, declared in sorted(registry.items()):
        api.add_router(f"/{slug}", router_of(declared))

    def problem(request, status: int, title: str, errors=None):
        return api.create_response(
            request, Problem(status=status, title=title, errors=errors or {}), status=status
        )

    api.add_exception_handler(Hidden, lambda request, exc: _absent(problem, request))
    api.add_exception_handler(Http404, lambda request, exc: _absent(problem, request))
    api.add_exception_handler(PermissionDenied, lambda request, exc: problem(request, 403, str(exc)))
    api.add_exception_handler(Stale, lambda request, exc: problem(request, 409, " ".join(exc.sentences())))
    api.add_exception_handler(Refused, lambda request, exc: problem(request, 422, " ".join(exc.sentences())))
    api.add_exception_handler(ValidationError, lambda request, exc: problem(request, 422, *_said(exc)))
    return api


def _absent(problem, request):
    from django.utils.translation import gettext as _

    return problem(request, 404, _("There is nothing here for you."))


def _said(exc: ValidationError) -> tuple[str, dict]:
    if hasattr(exc, "message_dict"):
        return " ".join(text for texts in exc.message_dict.values() for text in texts), exc.message_dict
    return " ".join(exc.messages), {}
