"""Ports that are free, and stay so until the test that asked for one listens there."""

import os
import random
import socket
from collections import deque
from contextlib import closing

_PORTS = range(20_000, 32_000)
"""No system gives any of these to a connection by itself."""

_LATELY = 200
_held: deque[int] = deque()
"""Open sockets: each keeps a port lately given from whoever asks here, in whatever process."""


def free_port() -> int:
    """Return a port of loopback at which nobody listens, and which nobody else is given."""
    while True:
        port = random.choice(_PORTS)  # noqa: S311 - it is no secret
        if holds(port):
            while len(_held) > _LATELY:
                os.close(_held.popleft())
            return port


def holds(port: int) -> bool:
    """Hold *port* by that of the same number for datagrams, if neither is in use."""
    mark = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        mark.bind(("127.0.0.1", port))
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except OSError:
        mark.close()
        return False
    _held.append(mark.detach())
    return True
