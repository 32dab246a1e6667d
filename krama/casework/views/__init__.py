"""The pages of a case that the engine cannot make, one module per step."""
