"""What a person reads on a page can be translated: no bare word stands in a template."""

import re
from html.parser import HTMLParser
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "krama" / "web" / "templates"
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
READ_ALOUD = ("alt", "title", "placeholder", "aria-label")
SAME_EVERYWHERE = {"Krama", "CSV", "XLSX", "ខ្មែរ", "English", "km", "m", "Esc"}  # names, not words


class _Words(HTMLParser):
    """Collects text that is read, in elements and in attributes."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag, attributes):
        self._silent += tag in ("script", "style")
        self.found += [value or "" for name, value in attributes if name in READ_ALOUD]

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._silent:
            self.found.append(data)


def bare_words(text: str) -> list[str]:
    """Give the words of a template that no translation reaches."""
    for pattern in (COMMENT, TRANSLATED, TAG):
        text = pattern.sub(" ", text)
    parser = _Words()
    parser.feed(text)
    words = (word.strip() for chunk in parser.found for word in re.split(r"\s+|[(),:;·|/]", chunk))
    return [w for w in words if re.search(r"[^\W\d_]{2}", w) and w not in SAME_EVERYWHERE]


def test_no_bare_word_stands_in_a_template():
    found = {
        path.relative_to(TEMPLATES).as_posix(): bare_words(path.read_text("utf-8"))
        for path in sorted(TEMPLATES.rglob("*.html"))
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_a_bare_word_would_be_found():
    assert bare_words('<p title="Hello">{% translate "Fine" %} Not <b>{{ name }}</b></p>') == ["Hello", "Not"]
