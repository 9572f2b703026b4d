"""All tests: `python -m tests` runs them together with the checks of the code."""
