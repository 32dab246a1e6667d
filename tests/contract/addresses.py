"""Every address of Krama, from the resolver, with the planted objects in the places."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from krama.records.export import EXPORTS
from krama.records.types import registry

METHODS = ("GET", "POST")
TYPED = {"something": "typed"}  # so that a form is judged and not merely shown


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Give the route of every pattern, e.g. `cases/<str:code>/`."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def addresses() -> list[str]:
    """Give each route once, the engine's for every type, with names in braces for what the world fills in."""
    found: dict[str, None] = {}
    for route in routes():
        for part in ("str:", "uuid:", "slug:"):
            route = route.replace(f"<{part}", "<")
        for slug, declared in sorted(registry.items()) if "<slug>" in route else [("", None)]:
            one = route.replace("<slug>", slug)
            if "<verb>" in one:
                found.update(dict.fromkeys(one.replace("<verb>", step.name) for step in declared.transitions))
            elif "<kind>" in one:
                found.update(dict.fromkeys(one.replace("<kind>", kind) for kind in sorted(EXPORTS)))
            else:
                found[one] = None
    return [f"/{address}" for address in found]


def filled(address: str, world) -> str:
    """Give the address of the planted record of `here`. Raises KeyError for a place that nobody thought of."""
    first, *_rest = parts = address.strip("/").split("/")
    slug = {"screenings": "screening", "manifests": "manifest", "documents": "document"}.get(first)
    if "<pk>" in parts and first in ("api", "records"):
        slug = parts[2 if first == "api" else 1]
    values = {"<part>": "urgent"}
    if slug:
        values["<pk>"] = str(world.document_pk if slug == "document" else world.here[slug].pk)
    if first in ("cases", "arrivals"):
        values["<code>"] = world.here["case" if first == "cases" else "arrival"].code
    for place in {part for part in parts if part.startswith("<")}:
        address = address.replace(place, values[place])
    query = f"?case={world.here['case'].code}" if address.endswith("/add/") else ""
    return address + query
