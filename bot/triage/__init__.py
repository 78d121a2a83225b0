"""From what a contact wrote to signals of risk, and from those to a level. Pure."""
