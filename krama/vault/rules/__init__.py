"""Rules of the vault: pure functions on values, without Django, database or clock."""
