"""Many examples of one conversation, all had at once in the same town: a quarter cheaper."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

Test = Callable[..., Awaitable[None]]


def at_once(names: str | Sequence[str], examples: Iterable[object]) -> Callable[[Test], Test]:
    """Return what makes of a test one that has each of *examples*, which are given as *names*.

    As for pytest's ``parametrize``, an example of one name stands alone. Each must have people of
    its own, let no time pass and ask after nothing that others share. All are had to the end, and
    those that fail are named.
    """
    known = list(examples)

    def grouped(test: Test) -> Test:
        async def all_at_once(town) -> None:
            each = [test(town, **_named(names, given)) for given in known]
            outcomes = await asyncio.gather(*each, return_exceptions=True)
            failed = []
            for given, outcome in zip(known, outcomes, strict=True):
                if isinstance(outcome, BaseException):
                    outcome.add_note(f"with {given!r}")
                    failed.append(outcome)
            if failed:
                message = f"{len(failed)} of {len(known)} examples"
                raise BaseExceptionGroup(message, failed)

        # Not with functools.wraps: pytest would take the names of the examples for fixtures.
        all_at_once.__name__, all_at_once.__doc__ = test.__name__, test.__doc__
        all_at_once.__module__ = test.__module__
        return all_at_once

    return grouped


def _named(names: str | Sequence[str], given: object) -> dict[str, object]:
    if isinstance(names, str):
        return {names: given}
    return dict(zip(names, given, strict=True))
