"""Acts of the vault, one module each."""
