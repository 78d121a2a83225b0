"""What is installed is what the locks say, and the Makefile tells what it can do."""

import os
import re
import shutil
import subprocess
import time
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {
    "requirements.lock": [*PROJECT["dependencies"], "hatchling", "editables"],
    "requirements-dev.lock": [
        *PROJECT["dependencies"],
        *PROJECT["optional-dependencies"]["dev"],
        "hatchling",
        "editables",
    ],
}


def pins_of(lock: str) -> dict[str, str]:
    """Return the version of each package in *lock*."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", text, flags=re.MULTILINE))


def make(*arguments: str, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """Run make with *arguments* in *folder*."""
    return subprocess.run(  # noqa: S603
        ["make", "--no-print-directory", *arguments],  # noqa: S607
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_that_is_needed_is_in_the_lock_in_a_fitting_version(lock):
    pins = pins_of(lock)

    for requirement in map(Requirement, LOCKS[lock]):
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(pins[name]), name


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_version_with_its_hashes(lock):
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]

    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==\S+(\s+--hash=sha256:[0-9a-f]{64})+", line), line[:60]


def test_the_tests_run_on_the_versions_that_people_get():
    tested = pins_of("requirements-dev.lock")

    assert pins_of("requirements.lock").items() <= tested.items()


def test_make_alone_tells_every_word_it_knows():
    told = make().stdout
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (help .*)$", makefile, flags=re.MULTILINE)

    assert re.findall(r"^  ([\w-]+) +\S", told, flags=re.MULTILINE) == phony.split()


def test_without_a_fitting_python_installing_says_what_is_needed(tmp_path):
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)

    done = make("install", "PYTHON=no-such-python", folder=tmp_path)

    assert done.returncode != 0
    assert "Lantern needs Python 3.11 or newer" in done.stdout
    assert "no-such-python" in done.stdout
    assert not (tmp_path / ".venv").exists()


@pytest.fixture
def installed(tmp_path):
    """Return a checkout in which everything was installed a moment ago."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
        os.utime(tmp_path / name, (0, 0))
    for made in ("bin/python", "stamps/runtime", "stamps/project"):
        file = tmp_path / ".venv" / made
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return tmp_path


def test_what_is_already_installed_is_not_installed_again(installed):
    assert make("--question", "install", folder=installed).returncode == 0


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_what_has_changed_is_installed_again(installed, changed):
    later = time.time() + 60
    os.utime(installed / changed, (later, later))

    assert make("--question", "install", folder=installed).returncode == 1
