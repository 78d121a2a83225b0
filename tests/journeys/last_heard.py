"""What somebody hears to the last of what they write."""


async def to_the_last(town, person, *texts):
    """Return all that *person* hears to the last of *texts*, in one."""
    for text in texts:
        before = len(person.heard)
        await person.writes(text)
        await town.quiet()
    return "\n".join(person.heard[before:])
