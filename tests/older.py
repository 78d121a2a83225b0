"""A database as an older version of this program left it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import storage

BEFORE = "0007"
"""The schema before learning together."""


def older_database(path: Path) -> Path:
    """Make the file *path* with the schema :data:`BEFORE`."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
    engine.dispose()
    return path
