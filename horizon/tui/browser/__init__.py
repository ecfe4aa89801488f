"""Horizon in a browser: a small server, and the app as each session sees it."""
