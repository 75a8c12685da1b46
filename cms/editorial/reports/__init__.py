"""The reports of the editorial workflow."""
