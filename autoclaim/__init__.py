"""autoclaim: never miss a refund window, and never send a claim you have not read."""

__version__ = "2026.11.0"
