"""Judgement: pure functions over the register and its framework. No files, no clock."""
