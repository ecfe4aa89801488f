"""Reads and checks `criteria/` into one `Framework` value."""
