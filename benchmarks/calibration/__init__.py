"""How often the engine errs and what it finds: ``python -m benchmarks.calibration`` prints docs/calibration.md's tables."""
