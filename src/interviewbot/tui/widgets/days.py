"""Days and moments in words, in the candidate's own time.

Owns how a date reads. Refuses to know what today is: callers say it.
"""

from __future__ import annotations

from datetime import date, datetime


def coming(day: date, today: date) -> str:
    """Return when ``day`` is, seen from ``today``; what is past is due today."""
    away = (day - today).days
    if away <= 0:
        return "today"
    if away == 1:
        return "tomorrow"
    return f"in {away} days, {named(day, today)}"


def short(day: date, today: date) -> str:
    """Return ``day`` for a narrow column: a word for today and tomorrow, else the date."""
    away = (day - today).days
    if away <= 0:
        return "today"
    return "tomorrow" if away == 1 else dated(day, today)


def named(day: date, today: date) -> str:
    """Return ``day`` with its weekday."""
    return f"{day:%a} {dated(day, today)}"


def dated(day: date, today: date) -> str:
    """Return ``day`` as number and month, with the year where that is not clear."""
    year = f" {day.year}" if abs((day - today).days) > 300 else ""
    return f"{day.day} {day:%b}{year}"


def at(moment: datetime, today: date) -> str:
    """Return ``moment`` in local time, to the minute."""
    local = moment.astimezone()
    return f"{named(local.date(), today)}, {local:%H:%M}"
