"""A small browser over one kept connection: cookies, the CSRF token, forms; no scripts, no pictures."""

import http.client
import re
import uuid
from html import unescape
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TAG = re.compile(r"<(input|select|option|textarea)\b([^>]*)>([^<]*)", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


class Lost(Exception):
    """The server went away in the middle, as it does when a proof kills it."""


class Unexpected(Exception):
    """The server answered something else than was asked for."""


class Answer:
    """Status, headers and text of one answer."""

    def __init__(self, status: int, headers, body: bytes):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def place(self) -> str:
        """Where a redirect leads, else blank."""
        return self.headers.get("Location", "")


class Browser:
    """Speaks to 127.0.0.1:`port` as one signed-in person may."""

    def __init__(self, port: int, timeout: float = 60.0):
        self.port, self.timeout = port, timeout
        self.cookies: dict[str, str] = {}
        self.token = ""
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Fetch a page; raises Lost when the server is gone."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str], file: tuple[str, str, bytes] | None = None) -> Answer:
        """Send a form with the CSRF token of the last page. file: (field, name, content)."""
        fields = {"csrfmiddlewaretoken": self.token, **fields}
        if file is None:
            return self.post_raw(path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        body, kind = _multipart(fields, file)
        return self.post_raw(path, body, kind)

    def post_raw(self, path: str, body: bytes, kind: str) -> Answer:
        """Send bytes of a media type."""
        return self._ask("POST", path, body, {"Content-Type": kind})

    def sign_in(self, name: str, password: str) -> None:
        """Sign in; raises Unexpected when that does not lead on."""
        self.get("/sign-in/")
        answer = self.post("/sign-in/", {"username": name, "password": password})
        if answer.status != 302:
            raise Unexpected(f"Signing in answered {answer.status}.")
        self.get("/")

    def close(self) -> None:
        """Let the connection go; the cookies stay."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._connection.request(
                method, path, body, {"Cookie": cookies, **headers} if cookies else headers
            )
            got = self._connection.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        except (OSError, http.client.HTTPException) as gone:
            self.close()
            raise Lost(str(gone)) from None
        for line in got.headers.get_all("Set-Cookie") or ():
            name, _equals, rest = line.partition("=")
            self.cookies[name] = rest.split(";", 1)[0]
        found = _TOKEN.search(answer.text) if b"csrfmiddlewaretoken" in answer.body else None
        self.token = found.group(1) if found else self.token
        return answer


def _multipart(fields: dict[str, str], file: tuple[str, str, bytes]) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    name, filename, content = file
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
    parts += [head.encode(), b"Content-Type: application/octet-stream\r\n\r\n", content, b"\r\n"]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def fields_of(page: str, prefix: str = "") -> dict[str, str]:
    """Give what a browser would send back unchanged: inputs, chosen options and texts whose name begins with
    `prefix`. Boxes and circles that are not ticked, and buttons, are left out."""
    fields: dict[str, str] = {}
    select, first = "", False
    for tag, inside, text in _TAG.findall(page):
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(inside)}
        name = attributes.get("name", "")
        if tag == "select":
            select, first = name, True
        elif tag == "option" and select.startswith(prefix) and select:
            if first or "selected" in attributes:
                fields[select] = attributes.get("value", "")
            first = False
        elif tag == "textarea" and name.startswith(prefix):
            fields[name] = unescape(text)
        elif tag == "input" and name and name.startswith(prefix):
            kind = attributes.get("type", "text")
            unticked = kind in ("checkbox", "radio") and "checked" not in attributes
            if not unticked and kind not in ("submit", "button", "file", "image"):
                fields[name] = attributes.get("value", "on" if kind == "checkbox" else "")
    return fields


def questions_of(page: str) -> set[str]:
    """Give the names of the likenesses that a page asks to decide."""
    return set(re.findall(r'name="(likely-[0-9a-f-]+)"', page))
