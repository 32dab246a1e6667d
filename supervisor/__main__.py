"""Entry point; kept so plain that an older Python reads it and can say that it is too old."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Krama needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031

from supervisor.commands import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
