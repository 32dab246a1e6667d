"""What the two commands say: calm, plain sentences, one a line."""

import sys


class Problem(Exception):
    """Something a person must know or do. Its text is shown as it is, without a traceback."""


def say(sentence: str) -> None:
    """Print one sentence at once, so that the order with a child's own output is kept."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
