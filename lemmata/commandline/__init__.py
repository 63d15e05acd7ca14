"""What all commands share: options, settings, where output goes, and how a failure becomes a line and a code."""
