"""What the Bot API says when it refuses a call."""

from collections.abc import Mapping


class RefusalError(Exception):
    """The call is answered with ``ok: false``, this HTTP code and this description."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, float] | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(why: str) -> RefusalError:
    """Return the refusal of a call that is wrong in itself."""
    return RefusalError(400, f"Bad Request: {why}")


def forbidden(why: str) -> RefusalError:
    """Return the refusal of a call that the other side does not allow."""
    return RefusalError(403, f"Forbidden: {why}")


def conflict(why: str) -> RefusalError:
    """Return the refusal of a second way to fetch updates."""
    return RefusalError(409, f"Conflict: {why}")


def too_many(retry_after: int) -> RefusalError:
    """Return the refusal of one call too many, to be tried again after so many seconds."""
    text = f"Too Many Requests: retry after {retry_after}"
    return RefusalError(429, text, {"retry_after": retry_after})
