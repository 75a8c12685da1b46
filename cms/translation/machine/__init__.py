"""Texts that a machine proposes: asked for in batches, never on a page before a person agrees."""
