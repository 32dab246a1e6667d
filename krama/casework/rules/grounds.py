"""How much text counts as grounds."""

GROUNDS_AT_LEAST = 20  # characters


def written(text: str, least: int = GROUNDS_AT_LEAST) -> bool:
    """Whether `text` holds at least `least` characters once runs of white space count as one."""
    return len(" ".join(text.split())) >= least
