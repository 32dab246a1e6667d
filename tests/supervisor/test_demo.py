"""The parts of the two commands that can be tried without setting everything up."""

import os
import socket
import subprocess
import sys

import pytest

from supervisor import browser, commands, environment, surroundings
from supervisor.checkout import ROOT, Lock, waiting_for
from supervisor.demo import read_port
from supervisor.words import Problem


def test_taken_port_is_said_in_a_sentence_with_a_free_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem) as said:
            read_port(str(port))
    words = str(said.value)
    assert words.startswith(
        f"Port {port} is already used by another program. Choose another: make demo PORT="
    )
    assert read_port(words.rpartition("=")[2]) != port


@pytest.mark.parametrize("text", ["eight", "0", "65536", "-1", "80.5"])
def test_port_must_be_a_port(text):
    with pytest.raises(Problem, match="PORT must be a number from 1 to 65535"):
        read_port(text)


@pytest.mark.parametrize(
    ("python", "words"),
    [
        ("/usr/bin/python3", r"As the administrator run: sh -c \"apt-get update && .*python3\.\d+-venv"),
        ("/opt/own/bin/python3", "Install a complete Python"),
    ],
)
def test_python_without_venv_is_said_in_a_sentence(monkeypatch, tmp_path, python, words):
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(environment, "as_root", lambda: False)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment.sys, "executable", python)
    with pytest.raises(Problem, match=words):
        environment._make_venv()


def test_stamps_spare_a_second_installation(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    base, _, widest = environment.LOCK_FILES
    for name in environment.LOCK_FILES:
        (tmp_path / name).write_text(name)
    assert not environment._installed(base)
    environment._stamp(widest).write_text(environment._content(widest))
    assert environment._installed(base)  # the developers' lock holds the others
    (tmp_path / widest).write_text("changed")
    assert not environment._installed(base)


def test_database_url_alone_is_refused():
    with pytest.raises(Problem, match="DATABASE_OWNER_URL is needed too"):
        surroundings.of_demo(None, {"DATABASE_URL": "postgres://web@/krama"})


def test_lock_is_exclusive_and_dies_with_its_holder(tmp_path):
    path = tmp_path / "lock"
    script = (
        "import sys, time; from pathlib import Path; from supervisor.checkout import Lock;"
        "lock = Lock(Path(sys.argv[1])); print(lock.take(), flush=True); time.sleep(600)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline().strip() == "True"
        lock = Lock(path)
        assert (lock.take(), lock.holder()) == (False, process.pid)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert lock.holder() is None
    assert lock.take()
    lock.give_back()


def test_waiting_says_why_once(tmp_path, capsys):
    path = tmp_path / "lock"
    held = Lock(path)
    held.take()
    script = (
        "import sys; from pathlib import Path; from supervisor.checkout import waiting_for\n"
        "with waiting_for(Path(sys.argv[1]), 'Waiting.'): print('mine', flush=True)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "Waiting.\n"
    held.give_back()
    assert process.communicate()[0] == "mine\n"
    with waiting_for(path, "Waiting."):
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("env", "there", "found"),
    [
        ({}, (), None),
        ({}, ("google-chrome", "chromium"), "chromium"),
        ({"KRAMA_CHROMIUM": "/own/chrome"}, ("chromium",), "/own/chrome"),
    ],
)
def test_chromium_choice(env, there, found):
    assert browser.chromium(env, lambda name: name if name in there else None) == found


def test_missing_browser_is_said_with_the_command(monkeypatch, capsys):
    monkeypatch.setattr(browser, "as_root", lambda: False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setenv("KRAMA_CHROMIUM", "/does/not/exist")
    with pytest.raises(Problem, match="The tests need Chromium and pdftotext.*apt-get install -y"):
        browser.prepare(required=True)
    browser.prepare(required=False)
    assert "apt-get install -y" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("django==5.2.1 \\\n    --hash=sha256:00\n", []),
        ("--index-url somewhere\ndjango==5.2.1\n", ["one.lock"]),
        ("--extra-index-url=private\n", ["one.lock"]),
        ("-f wheels\n", ["one.lock"]),
        ("django @ file:///wheels/django.whl\n", ["one.lock"]),
        ("django @ http://localhost/django.whl\n", ["one.lock"]),
    ],
)
def test_lock_addresses_are_found(tmp_path, text, found):
    (tmp_path / "one.lock").write_text(text)
    assert commands.locks_with_addresses(tmp_path) == found


def test_frontend_lock_with_addresses_is_found(tmp_path):
    (tmp_path / "frontend").mkdir()
    (tmp_path / "frontend" / "package-lock.json").write_text('{"resolved": "somewhere"}')
    assert commands.locks_with_addresses(tmp_path) == ["frontend/package-lock.json"]


def test_the_locks_of_this_checkout_hold_no_address():
    assert commands.locks_with_addresses(ROOT) == []


def test_scratch_gives_three_roles_and_sweeps_what_was_killed(monkeypatch, folder):
    monkeypatch.setattr(surroundings, "SCRATCH", folder)
    abandoned = folder / "run-abandoned"
    abandoned.mkdir(parents=True)
    (abandoned / "rest").write_text("")
    caller = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://mine", "MAKEFLAGS": "x"}
    with surroundings.scratch(caller) as env:
        assert not abandoned.exists()
        roles = [env[n].split("//")[1].split(":")[0] for n in ("KRAMA_TEST_ADMIN_URL", "DATABASE_OWNER_URL")]
        assert roles == ["krama_admin", "krama_owner"]
        assert env["DATABASE_URL"].startswith("postgres://krama_web:")
        assert "MAKEFLAGS" not in env
        surroundings.sweep()  # a second run beside it leaves the first alone
        assert len(list(folder.glob("run-*"))) == 1
    assert list(folder.iterdir()) == []
