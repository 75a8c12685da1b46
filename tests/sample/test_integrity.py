"""The sample site is whole."""

from cms.editorial.integrity.registry import find_violations

OF_OTHER_TESTS = {"file.stray"}
"""Files that tests before this one have stored, and whose rows were rolled back."""


def test_the_loaded_sample_site_has_no_violation(sample):
    found = [one for one in find_violations() if one.kind not in OF_OTHER_TESTS]
    assert [str(violation) for violation in found] == []
