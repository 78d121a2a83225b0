"""What people are told, in every language. Pure: texts are handed in."""

from bot.wording.catalog import Catalog, read_catalog
from bot.wording.language import SOURCE, best_language
from bot.wording.wording import Wording, read_wording, required_keys

__all__ = [
    "SOURCE",
    "Catalog",
    "Wording",
    "best_language",
    "read_catalog",
    "read_wording",
    "required_keys",
]
