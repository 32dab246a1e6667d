"""Pure rules of repatriation and arrivals: values in, values and reasons out."""
