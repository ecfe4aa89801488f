"""`python -m horizon` is `horizon`."""

from horizon.cli import main

main()
