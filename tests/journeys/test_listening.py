"""What an operator reads where Lantern cannot listen."""

import errno
import socket

import pytest
from running import running

from bot.domain.errors import ConfigError
from bot.listening import lack_of_port, why_not


async def test_a_port_that_another_program_has_is_called_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(ConfigError) as caught:
            async with running(tmp_path, LANTERN_LISTEN=listen):
                pass

    says = f"LANTERN_LISTEN: {listen} is taken by another program; stop that one, or choose another"
    assert says in str(caught.value)


@pytest.mark.parametrize("host", ["192.0.2.1", "no.invalid"])
async def test_an_address_of_another_machine_is_called_so(tmp_path, host):
    with pytest.raises(ConfigError, match="is no address of this machine"):
        async with running(tmp_path, LANTERN_LISTEN=f"{host}:8440"):
            pass

    assert lack_of_port(host, 8440).startswith("is no address of this machine")


def test_a_port_that_only_root_may_use_is_called_so():
    says = "is not allowed to Lantern's user; choose a port above 1023"

    assert why_not(PermissionError(errno.EACCES, "denied")) == says
