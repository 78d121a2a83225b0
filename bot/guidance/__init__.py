"""Guidance: questions about children's rights, and the reviewed answers to them."""

from bot.guidance.check import check_guidance
from bot.guidance.find import Found, find
from bot.guidance.model import Citation, Page, Topic, Topics, Voice
from bot.guidance.read import read_topics
from bot.guidance.render import render

__all__ = [
    "Citation",
    "Found",
    "Page",
    "Topic",
    "Topics",
    "Voice",
    "check_guidance",
    "find",
    "read_topics",
    "render",
]
