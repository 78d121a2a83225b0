"""A test that fails leaves no Lantern running."""

import pytest
from process import Machine, kill_what_is_left


@pytest.mark.long
async def test_a_process_that_nobody_ended_is_ended(tmp_path, fake):
    process = await Machine(tmp_path, fake).start()

    kill_what_is_left()

    assert await process.process.wait() < 0
