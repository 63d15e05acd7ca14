"""The plugin under test, found in a checkout that is not installed too, and pytest's own plugin for testing plugins."""

pytest_plugins = ["lemmata.pytest_plugin", "pytester"]
