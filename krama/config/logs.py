"""What may reach a log: codes and places, never the text of an exception, which may quote a value."""

import logging
import traceback


class CodesOnly(logging.Formatter):
    """Formats an exception as its kind and the places it passed, without its message."""

    def formatException(self, ei):  # noqa: N802 (the name is logging's)
        kind, _value, tb = ei
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(tb)]
        return "\n".join([kind.__name__ if kind else "Exception", *places])
