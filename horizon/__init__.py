"""Horizon: one register of candidate technologies for policing, and the process around it."""

__version__ = "0.1.0"
