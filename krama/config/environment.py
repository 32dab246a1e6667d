"""Typed readers of environment variables; the only place that reads `os.environ` for settings."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Give the variable's text; without it the default, or ImproperlyConfigured when there is none."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. `make demo` sets it for you."
        )
    return value


def flag(name: str, default: bool = False) -> bool:
    """Give True for 1, true, yes, on (any case)."""
    return os.environ.get(name, "1" if default else "").strip().lower() in {"1", "true", "yes", "on"}


def names(name: str, default: str = "") -> list[str]:
    """Give a comma-separated list without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """Give a folder's path; it need not exist."""
    return Path(os.environ.get(name) or default)


def database(name: str, default: str | None = None) -> dict[str, object]:
    """Give a Django database entry from `postgres://user:password@host:port/name?host=/socket/folder`.

    A `host` in the query wins, so that a socket folder can be written in a URL.
    Raises ImproperlyConfigured for any other scheme: Krama speaks PostgreSQL alone.
    """
    url = urlsplit(text(name, default))
    if url.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgres://, as Krama runs on PostgreSQL alone.")
    query = parse_qs(url.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query["host"][0] if "host" in query else (url.hostname or ""),
        "PORT": query["port"][0] if "port" in query else str(url.port or ""),
        "CONN_MAX_AGE": 0,
    }
