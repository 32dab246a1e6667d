"""Pure rules of casework, one module per step. Values in, reasons out: no Django, no clock, no database."""
