"""Wagtail's own command, as an operator's timetable may call it: the same door as ours."""

from cms.management.commands.publish_due import Command

__all__ = ["Command"]
