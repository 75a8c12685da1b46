"""What the editorial workflow adds to Wagtail's admin."""

from cms.editorial.bin import hooks as bin_hooks  # noqa: F401
