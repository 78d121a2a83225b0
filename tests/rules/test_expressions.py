"""Expressions are made when they are needed: every one can be, and does what ``re`` does then."""

import importlib
import pkgutil
import re

import pytest

import bot
import storage
from bot.domain.expression import expression, make_expressions

_NEED_MORE = {"bot.benching.aiogram_peer", "storage.migrations.env"}
"""Modules that only load beside something that need not be there."""


def test_every_expression_that_a_module_keeps_can_be_made():
    names = [
        module.name
        for package in (bot, storage)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not module.name.endswith("__main__") and module.name not in _NEED_MORE
    ]
    modules = [importlib.import_module(name) for name in names]
    make_expressions()
    kept = [
        value
        for module in modules
        for value in vars(module).values()
        if type(value) is type(expression("")) and value.pattern is not None
    ]
    assert len(kept) > 200


def test_it_answers_as_what_re_makes_does():
    made, ours = re.compile("(a)(b)?", re.IGNORECASE), expression("(a)(b)?", re.IGNORECASE)
    for text in ("AB a", "nothing", ""):
        assert ours.findall(text) == made.findall(text)
        assert ours.sub("x", text) == made.sub("x", text)
        assert ours.split(text) == made.split(text)
        assert [hit.span() for hit in ours.finditer(text)] == [
            hit.span() for hit in made.finditer(text)
        ]
        for ask in ("search", "match", "fullmatch"):
            found, known = getattr(ours, ask)(text), getattr(made, ask)(text)
            assert (found and found.groups()) == (known and known.groups())
    assert ours.pattern == made.pattern


def test_a_fault_is_told_when_it_is_first_looked_for():
    faulty = expression("(")
    with pytest.raises(re.error):
        faulty.search("anything")
    with pytest.raises(re.error):
        make_expressions()


def test_it_has_no_more_than_is_used():
    with pytest.raises(AttributeError):
        _ = expression("a").scanner
