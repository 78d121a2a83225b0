"""What must be so before a worker does something at the desk."""

from bot.desk.views import CaseLine
from bot.domain.case import Case
from bot.domain.errors import ConflictError, NotAllowedError, NotReadError
from bot.domain.worker import Worker


def must_be_open(case: Case) -> None:
    """Stop what needs an open case.

    Raises:
        ConflictError: the case is closed.

    """
    if case.closed_at is not None:
        text = "the case is closed"
        raise ConflictError(text)


def must_be_theirs(case: Case, worker: Worker) -> None:
    """Stop what only the owner or a supervisor may do.

    Raises:
        ConflictError: the case is somebody else's.

    """
    if case.owner != worker.id and not worker.may_supervise:
        text = f"{case.owner_name or 'nobody'} has this case"
        raise ConflictError(text, by=case.owner_name)


def must_be_seen(case: Case | CaseLine, worker: Worker) -> None:
    """Stop who may close *case* over words that its owner has not read.

    Raises:
        NotReadError: there are such; ``by`` is the owner's name if *worker* is another.

    """
    is_own = case.owner == worker.id
    may_close = is_own or (case.owner is not None and worker.may_supervise)
    if case.unread and may_close:
        text = "something new came in that the owner has not read"
        raise NotReadError(text, by="" if is_own else case.owner_name)


def must_supervise(worker: Worker) -> None:
    """Stop whoever is no supervisor.

    Raises:
        NotAllowedError: *worker* is none.

    """
    if not worker.may_supervise:
        text = "only supervisors see this"
        raise NotAllowedError(text)
