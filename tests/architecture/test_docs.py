"""The pages say what is true of the code: generated ones equal their command, links lead somewhere."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from krama.access.roles import ROLES
from krama.records.management.commands.roles_table import OWN_ACTS, known_permissions
from krama.vault.rules.codes import ALPHABET

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    [*DOCS.rglob("*.md"), *(ROOT / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING"))]
)
GENERATED = {"roles_table": "roles.md", "record_types": "record-types.md"}
ASKED = re.compile(
    r"(?:require\([^,()]+,|_require\(by,|action=|\.may\(|_can\([^,()]+,|permission=|GROUP_ACTION =)\s*"
    r'"([a-z-]+\.[a-z-]+)"'
)
MACHINE = re.compile(r"/(?:work|root|home/[a-z]+|Users/[A-Za-z]+|tmp/dev|tmp/docs)/")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(GENERATED))
def test_generated_pages_equal_what_their_command_prints(command):
    printed = StringIO()
    call_command(command, stdout=printed)
    page = GENERATED[command]
    assert _read(DOCS / page) == printed.getvalue(), f"Run: manage.py {command} > docs/{page}"


def test_every_permission_that_code_asks_for_is_a_known_one():
    sources = [_read(path) for path in (ROOT / "krama").rglob("*.py") if "management" not in path.parts]
    asked = {name for text in sources for name in ASKED.findall(text)}
    assert len(asked) > 30, "the pattern no longer finds how permissions are asked for"
    assert asked - known_permissions() == set()
    named = {name for name in OWN_ACTS if any(f'"{name}"' in text for text in sources)}
    assert named == set(OWN_ACTS)


def test_every_decision_is_listed_once_and_numbered_without_gaps():
    files = sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", _read(DOCS / "adr" / "README.md"))
    assert sorted(listed) == files


def test_make_targets_named_in_the_pages_exist():
    targets = set(re.findall(r"^([a-z-]+):", _read(ROOT / "Makefile"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)[^`]*`", _read(page))}
    assert {"demo", "test"} <= named
    assert named - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_of_the_repository(page):
    wanted = [
        link for link in LINK.findall(_read(page)) if not link.startswith(("http:", "https:", "mailto:"))
    ]
    there = [(page.parent / link).resolve() for link in wanted]
    missing = {str(path.relative_to(ROOT)) for path in there if not path.exists()}
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_path_of_a_developers_machine(page):
    assert MACHINE.findall(_read(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_in_the_pages_exist(page):
    named = set(
        re.findall(r"`((?:krama|tests|supervisor|docs|frontend|bench)/[A-Za-z0-9_./-]+)`", _read(page))
    )
    missing = {name for name in named if not (ROOT / name.rstrip("/")).exists()}
    assert missing == set()


def test_every_role_with_work_now_has_a_page_and_only_real_roles_have_one():
    pages = {path.stem.replace("-", "_") for path in (DOCS / "roles").glob("*.md")}
    assert pages - set(ROLES) == set()
    assert pages == {
        "intake_officer", "social_worker", "counsellor", "shelter_manager", "supervisor", "programme_manager",
        "donor", "administrator",
    }  # fmt: skip


def test_codes_in_the_pages_use_the_alphabet_of_codes():
    codes = [code for page in PAGES for code in re.findall(r"\b[KA]26-([0-9A-Z]+)\b", _read(page))]
    assert not [code for code in codes if set(code) - set(ALPHABET)]
