"""What was learned for the second opinion, as the file from which it is read."""

from collections.abc import Mapping, Sequence

from bot.triage.opinion import BIAS, FROM, RARITY, RISK, SURE, Head


def write_opinion(
    heads: Mapping[str, Head],
    rarities: Mapping[str, float],
    about: Sequence[str],
    *,
    sure: float = 0.0,
) -> str:
    """Return *heads* as the text of a file, with *about* in front; the same for the same heads."""
    lines = [f"# {line}" for line in about]
    lines.append("\t".join([BIAS, *(f"{name}={head.bias:.4f}" for name, head in heads.items())]))
    lines.append("\t".join([FROM, *(f"{name}={head.since:.4f}" for name, head in heads.items())]))
    lines.append(f"{SURE}\t{RISK}={sure:.4f}")
    for piece in sorted(rarities):
        weights = [
            f"{name}={head.weights[piece]:.2f}"
            for name, head in heads.items()
            if piece in head.weights
        ]
        lines.append("\t".join([piece, f"{RARITY}={rarities[piece]:.2f}", *weights]))
    return "\n".join(lines) + "\n"
