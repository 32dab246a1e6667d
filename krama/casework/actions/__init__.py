"""The acts of case management, one module per step."""
