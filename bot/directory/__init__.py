"""Who can help and when: helplines, the organisation, queues, law names, return-code words."""

from bot.directory.hours import ReadingHours
from bot.directory.model import Directory, Helpline, Organisation, Queue
from bot.directory.read import read_directory
from bot.directory.return_code import CodeWord, read_return_code, return_code_text
from bot.directory.say import (
    citations_text,
    helpline_text,
    phrase,
    placeholder_values,
    reading_hours_text,
)

__all__ = [
    "CodeWord",
    "Directory",
    "Helpline",
    "Organisation",
    "Queue",
    "ReadingHours",
    "citations_text",
    "helpline_text",
    "phrase",
    "placeholder_values",
    "read_directory",
    "read_return_code",
    "reading_hours_text",
    "return_code_text",
]
