"""The two doors to figures: `python -m bench` measures, `python -m bench.prove` proves."""
