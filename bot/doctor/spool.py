"""Whether updates could be kept if the database were away, and whether some are."""

from collections.abc import Sequence

from bot.config import Settings, spool_folder
from bot.doctor.check import Check
from bot.domain.counted import counted
from storage.spool import can_be_used, count_kept

NAME = "spool"


async def check_spool(settings: Settings) -> Sequence[Check]:
    """Return how the spool is."""
    folder = spool_folder(settings)
    if not can_be_used(folder):
        advice = "choose another folder with LANTERN_SPOOL"
        return [Check(name=NAME, says=f"{folder} cannot be written", advice=advice)]
    waiting, torn = count_kept(folder)
    if waiting:
        says = counted(waiting, f"file at {folder} holds", f"files at {folder} hold")
        says += " updates that were not taken in yet"
        advice = "see that the database can be written, then start Lantern"
        return [Check(name=NAME, says=says, advice=advice)]
    if torn:
        says = counted(torn, f"torn file lies at {folder}", f"torn files lie at {folder}")
        advice = 'see "When the database is away" in docs/operations.md'
        return [Check(name=NAME, says=says, advice=advice)]
    return [Check(name=NAME, says=f"{folder} can be written, and is empty")]
