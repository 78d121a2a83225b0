"""How weights are moved, step by step, so that a network is less wrong."""

import numpy as np

from bot.triage.tools import Array

_STRAIGHT, _SMOOTH = 0.9, 0.999
_STEADY = 1e-8
_STEEPEST = 1.0
_WARMING = 0.1
"""In which share of all steps it comes to its full rate."""

_SLOWEST = 0.02
"""What share of its rate is left at the end."""

Weights = dict[str, Array]


class Descent:
    """Adam with decay (Kingma and Ba 2015; Loshchilov and Hutter 2019), slower towards the end."""

    def __init__(self, weights: Weights, *, rate: float, decay: float, steps: int) -> None:
        self._straight = {name: np.zeros_like(value) for name, value in weights.items()}
        self._smooth = {name: np.zeros_like(value) for name, value in weights.items()}
        self._rate, self._decay = rate, decay
        self._steps, self._taken = steps, 0

    def step(self, weights: Weights, slopes: Weights) -> float:
        """Move *weights* a little against *slopes*; return which share of all steps is taken."""
        self._taken += 1
        taken, total = self._taken, self._steps
        rate = self._rate * min(1.0, taken / (_WARMING * total)) * max(_SLOWEST, 1 - taken / total)
        length = float(np.sqrt(sum(float((slope * slope).sum()) for slope in slopes.values())))
        shorter = min(1.0, _STEEPEST / (length + _STEADY))
        for name, slope in slopes.items():
            fall = slope * shorter
            straight, smooth = self._straight[name], self._smooth[name]
            straight += (1 - _STRAIGHT) * (fall - straight)
            smooth += (1 - _SMOOTH) * (fall * fall - smooth)
            ahead = straight / (1 - _STRAIGHT**taken)
            spread = np.sqrt(smooth / (1 - _SMOOTH**taken)) + _STEADY
            change = ahead / spread + self._decay * weights[name]
            weights[name] -= (rate * change).astype(np.float32)
        return taken / total
