"""The journal: who did, read or was refused what, written in the same transaction as the act."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("krama_request", default="")
