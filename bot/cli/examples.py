"""How the help of a command shows examples."""


def examples(*commands: str) -> str:
    """Return what stands below the help of a command: *commands*, a line each."""
    heading = "Example:" if len(commands) == 1 else "Examples:"
    return "\n\n".join((heading, *(f"  {command}" for command in commands)))
