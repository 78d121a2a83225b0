"""Tests that run side by side are never given the same port."""

import subprocess
import sys
from pathlib import Path

import ports
from ports import free_port


def test_a_port_that_was_given_is_given_to_nobody_else_in_whatever_process():
    port = free_port()

    asked = subprocess.run(  # noqa: S603 - it is the test's own program
        [sys.executable, "-c", f"import ports; print(ports.holds({port}))"],
        cwd=Path(ports.__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )

    assert asked.stdout == "False\n"
    assert not ports.holds(port)
