"""Sending pages to translators: the text as it is now, a draft page in each locale, the work."""
