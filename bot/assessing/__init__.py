"""How well the risk check does: labelled texts, measures, and learning from them."""
