"""Deleting into the bin, restoring from it, emptying it."""
