"""Sending pages to translators: the text as it is now, a draft page in each locale, the work."""

from cms.translation.sending.parcel import send

__all__ = ["send"]
