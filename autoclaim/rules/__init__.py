"""The rules: facts, a policy and a moment in, decisions with their reasons out. Nothing else."""

from autoclaim.rules.decide import decide
from autoclaim.rules.policies import Policies

__all__ = ["Policies", "decide"]
