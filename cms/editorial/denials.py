"""Marks a request that Wagtail's admin has refused, so that nothing of it is kept."""

from wagtail.admin import auth

wagtails_answer = auth.permission_denied


def permission_denied(request):
    """Wagtail's answer to somebody without the right; the transaction is then rolled back."""
    request.permission_denied = True
    return wagtails_answer(request)
