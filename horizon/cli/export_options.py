"""The options that commands of export share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from horizon.cli.frame import json_option
from horizon.cli.typed import DAY
from horizon.model.words import Edition, Marking

Shown = TypeVar("Shown", bound=Callable[..., Any])


def output_option(what: str) -> Callable[[Shown], Shown]:
    """The option that names what to make."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="PATH", help=what
    )


as_at_option = click.option(
    "--as-at", type=DAY, metavar="DAY", help="The register as it stood at the end of this day."
)
edition_option = click.option(
    "--edition",
    type=click.Choice([each.value for each in Edition]),
    default=Edition.INTERNAL.value,
    show_default=True,
    help="Whom it is for.",
)
unread_option = click.option(
    "--keep-back-unread",
    is_flag=True,
    help="Withhold texts that nobody has released, instead of refusing.",
)
marking_option = click.option(
    "--marking",
    type=click.Choice([each.value for each in Marking]),
    help="Security classification. The highest of what is exported unless given.",
)


def data_options(command: Shown) -> Shown:
    """The options of every command that exports data; they come as one `order`."""

    @functools.wraps(command)
    def with_order(
        *,
        edition: str,
        keep_back_unread: bool,
        marking: str | None,
        as_at: date | None,
        refs: tuple[str, ...] = (),
        **rest: Any,
    ) -> Any:
        from horizon.papers.exporting import DataOrder

        order = DataOrder(
            only=refs,
            marking=Marking(marking) if marking else None,
            as_at=as_at,
            edition=Edition(edition),
            keep_back_unread=keep_back_unread,
        )
        return command(order=order, **rest)

    wrapped: Any = with_order
    for option in (json_option, as_at_option, marking_option, unread_option, edition_option):
        wrapped = option(wrapped)
    return cast(Shown, wrapped)


def paper_options(command: Shown) -> Shown:
    """The options of every command that makes a paper; they come as `ordered`."""

    @functools.wraps(command)
    def with_order(*, edition: str, marking: str | None, foi: str | None, **rest: Any) -> Any:
        names = ("author", "reference", "as_at", "keep_back_unread")
        ordered = {name: rest.pop(name) for name in names} | {
            "edition": Edition(edition),
            "marking": Marking(marking) if marking else None,
            "foi": foi or "",
        }
        return command(**rest, **ordered)

    wrapped: Any = with_order
    for option in (
        json_option,
        as_at_option,
        click.option(
            "--reference", default="", help="The paper's reference. Made up unless given."
        ),
        click.option("--author", help="Who wrote it. The person acting unless given."),
        click.option("--foi", help="The paper's Freedom of Information status."),
        click.option(
            "--marking",
            type=click.Choice([each.value for each in Marking]),
            help="Security classification. OFFICIAL unless given.",
        ),
        unread_option,
        edition_option,
        output_option("The file to make: .docx, .odt, .pdf, .html or .md."),
    ):
        wrapped = option(wrapped)
    return cast(Shown, wrapped)
