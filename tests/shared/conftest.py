"""Command lines as in tests/cli."""

from tests.cli.conftest import on_example

__all__ = ["on_example"]
