"""Figures are computed from what was measured, and a lane that was not there says so."""

import pytest

from bench.measuring import Meter, Spent, cpu_seconds, percentile, quartiles
from bench.rounds import Lane, figures, run, steady, table


def spent(wall: float, cpu: float) -> Spent:
    return Spent((wall,), cpu * 0.75, cpu * 0.25)


def lanes(walls_of_floor):
    ours, floor = Lane("krama", work=lambda: None), Lane("floor", work=lambda: None)
    floor.rounds = [spent(wall, 0.001) for wall in walls_of_floor]
    ours.rounds = [spent(4 * wall, 0.003) for wall in walls_of_floor]
    return [ours, floor, Lane("peer", note="not installed")]


def test_quartiles_and_percentile_of_known_values():
    assert quartiles([1, 2, 3, 4, 5]) == (2, 3, 4)
    assert quartiles([7]) == (7, 7, 7)
    assert percentile(list(range(1, 101)), 0.95) == 95


def test_ratios_are_taken_round_by_round():
    entries = figures("P2", 1000, lanes([0.01, 0.02, 0.04]), "floor", 1, ((0, 0, 0), (0, 0, 0)))
    ours, floor, peer = entries
    assert ours["wall_ratio"] == [4, 4, 4]
    assert ours["cpu_ratio"] == [3, 3, 3]
    assert ours["wall_ms"] == [60, 80, 120]
    assert floor["cpu_ms"] == [1, 1, 1]
    assert peer["absent"] and "wall_ms" not in peer
    assert "absent: not installed" in table(entries)


@pytest.mark.parametrize(("walls", "quiet"), [([0.010, 0.011, 0.012], True), ([0.01, 0.02, 0.03], False)])
def test_a_restless_floor_is_said_to_be_one(walls, quiet):
    entries = figures("P2", 1000, lanes(walls), "floor", 1, ())
    assert steady(entries, "floor") is quiet


def test_lanes_take_turns_and_the_warm_round_is_thrown_away():
    order = []
    meter = Meter(lambda: ([], []))
    some = [Lane(name, lambda name=name: order.append(name), meter) for name in "ab"]
    run(some, 2, lambda text: None)
    assert order == ["b", "a", "a", "b", "b", "a"]
    assert [len(lane.rounds) for lane in some] == [2, 2]


def test_processor_time_of_a_process_grows_with_its_work():
    import os

    before = cpu_seconds([os.getpid()])[os.getpid()]
    sum(number * number for number in range(2_000_000))
    assert cpu_seconds([os.getpid(), 2**22 + 1]).keys() == {os.getpid()}
    assert cpu_seconds([os.getpid()])[os.getpid()] > before
