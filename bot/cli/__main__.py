"""``python -m bot.cli`` is ``lantern``."""

from bot.cli import main

if __name__ == "__main__":
    main()
