"""Both doors refuse what they do not know, and a proof that breaks is a failure."""

import pytest

from bench import __main__ as bench_door
from bench import prove
from bench.proofs import Outcome, Stopped


@pytest.mark.parametrize(
    ("door", "words"), [(bench_door.main, ["--rows", "P99"]), (prove.main, ["--only", "nothing"])]
)
def test_unknown_names_are_refused(door, words, capsys):
    with pytest.raises(SystemExit) as ended:
        door(words)
    assert ended.value.code == 2
    assert "there are" in capsys.readouterr().err


class Proof:
    NAME, GOAL = "probe", "nothing fails"

    def __init__(self, result):
        self.result = result

    def prove(self, env, scale, tell):
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result


@pytest.mark.parametrize(
    ("result", "code", "count", "failures"),
    [
        (Outcome(count=4), 0, 4, 0),
        (Outcome(count=4, failures=["a"]), 1, 4, 1),
        (Outcome(absent="not here"), 0, 0, 0),
        (RuntimeError("broken"), 1, 0, 1),
        (Stopped(Outcome(count=2)), 130, 2, 0),
    ],
)
def test_the_exit_code_follows_what_was_found(monkeypatch, tmp_path, capsys, result, code, count, failures):
    monkeypatch.setattr(prove, "PROOFS", {"probe": Proof(result)})
    monkeypatch.setattr(prove, "RESULTS", tmp_path / "prove.json")
    assert prove.main(["--only", "probe"]) == code
    assert "probe" in capsys.readouterr().out
    import json

    entry = json.loads((tmp_path / "prove.json").read_text())["proofs"][0]
    assert (entry["count"], entry["failures"], entry["goal"]) == (count, failures, "nothing fails")
