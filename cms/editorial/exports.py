"""Spreadsheets that staff download must not calculate what somebody has typed in.

A cell that a spreadsheet would take for a formula gets an apostrophe (OWASP, CSV injection).
"""

from functools import wraps

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with; Japanese and Chinese spreadsheets take the wide signs too."""


def harmless(value):
    """A value of a cell; a text that would be calculated becomes one that is shown."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def guard_exports() -> None:
    """Make every cell of every export in the admin harmless.

    Both formats of all of Wagtail's exports take their cells from this one method.
    """
    original = SpreadsheetExportMixin.preprocess_field_value

    @wraps(original)
    def guarded(self, field, value, export_format):
        return harmless(original(self, field, value, export_format))

    SpreadsheetExportMixin.preprocess_field_value = guarded
