"""Sets Krama up and runs it: `make demo`, `make test` and their neighbours.

Standard library only, because it runs before anything is installed. Start with `commands.py`; the
PostgreSQL life cycle is `postgres.py`, and ADR 0002 says why Krama runs a database server by itself.
"""
