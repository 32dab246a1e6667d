"""The rows of the benchmark, by the numbers of the performance table."""

import importlib.util

from bench.rounds import Lane


def gnu_health() -> Lane:
    """The one peer that pip can install; its lane is empty unless somebody installed it and wrote it."""
    installed = importlib.util.find_spec("trytond") is not None
    why = "installed, but no lane is written for it here" if installed else "GNU Health is not installed"
    return Lane("GNU Health", note=why)
