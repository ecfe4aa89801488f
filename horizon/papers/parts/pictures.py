"""Parts that are pictures. What they show also stands in words, and in the paper's tables."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.papers.blocks import Block, Figure, Paragraph, runs
from horizon.papers.occasion import Occasion
from horizon.papers.pictures.charts import decision_timeline, stage_bars
from horizon.papers.pictures.radar_on_page import on_page
from horizon.papers.pictures.register_radar import register_radar
from horizon.papers.template import Part, RadarPart


def radar(occasion: Occasion, part: RadarPart) -> Iterator[Block]:
    """The radar of these technologies, numbered as their labels are."""
    drawn = register_radar(
        occasion.register,
        rings=part.rings,
        sectors=part.sectors,
        since=occasion.since,
        technologies=[each.technology for each in occasion.items],
    )
    if not drawn.blips:
        yield Paragraph(runs=runs("No technology of this paper is on the route."))
        return
    printed = on_page(drawn, legend=part.legend)
    for number, each in enumerate(printed, 1):
        part_of = f", part {number} of {len(printed)}" if len(printed) > 1 else ""
        yield Figure(
            caption=f"Technology radar{part_of}: rings by {part.rings}, sectors by "
            f"{part.sectors}. Numbers are those of labels: 13 is T-0013",
            alt=each.radar.about,
            svg=each.svg,
            width=each.width,
        )


def stages(occasion: Occasion, _: Part) -> Iterator[Block]:
    """How many technologies of the register stand at each stage."""
    svg, about = stage_bars(occasion.register)
    yield Figure(caption="Technologies at each stage", alt=about, svg=svg)


def timeline(occasion: Occasion, _: Part) -> Iterator[Block]:
    """The decisions of each body over time."""
    svg, about = decision_timeline(occasion.register)
    yield Figure(caption="Decisions over time", alt=about, svg=svg)
