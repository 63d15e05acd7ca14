"""How often the engine errs, and what it finds: the tables of docs/calibration.md."""
