"""Whether an address can be listened at, and what to do where it cannot."""

import errno
import socket

_TAKEN = "is taken by another program; stop that one, or choose another port"
_FORBIDDEN = "is not allowed to Lantern's user; choose a port above 1023"
_ELSEWHERE = "is no address of this machine; for example 127.0.0.1:8440"
_REASONS = {
    errno.EADDRINUSE: _TAKEN,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EADDRNOTAVAIL: _ELSEWHERE,
}


def why_not(error: OSError) -> str:
    """Return the end of a sentence: why nothing can listen there, and what to do."""
    if isinstance(error, socket.gaierror):
        return _ELSEWHERE
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return _REASONS.get(error.errno or 0, f"cannot be used ({name}); choose another address")


def lack_of_port(host: str, port: int) -> str:
    """Return why no server could listen at *host* and *port* now, ``""`` if one could."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return why_not(error)
    return ""
