"""What every ODT paper has beside its text: styles, lists, page furniture, properties."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from horizon.papers.blocks import Paper, Tone
from horizon.papers.palette import ACCENT, HEAD_FILL, INK, LINE, QUIET, TONES

FONT = "Liberation Sans"
MARGIN = 2.2
LINE_WIDTH = 21 - 2 * MARGIN
"""Centimetres between the margins of an A4 page."""

MIMETYPE = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{short}="{full}"'
    for short, full in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

# name: parent, size, bold, colour, before, after, keep with next, outline level
_STYLES: dict[str, tuple[str, float, bool, str, float, float, bool, int]] = {
    "Title": ("Standard", 21, True, ACCENT, 0, 10, True, 0),
    "Heading 1": ("Standard", 15, True, ACCENT, 11, 3, True, 1),
    "Heading 2": ("Standard", 12.5, True, ACCENT, 8, 2, True, 2),
    "Heading 3": ("Standard", 10.5, True, ACCENT, 7, 1, True, 3),
    "Text body": ("Standard", 10.5, False, INK, 1, 4, False, 0),
    "Introduction": ("Text body", 10.5, False, INK, 2, 4, True, 0),
    "Small print": ("Standard", 8.5, False, QUIET, 3, 3, False, 0),
    "List item": ("Standard", 10.5, False, INK, 0, 3, False, 0),
    "Caption": ("Standard", 9, True, ACCENT, 5, 2, True, 0),
    "Table heading": ("Standard", 9, True, ACCENT, 1.5, 1.5, False, 0),
    "Table text": ("Standard", 9, False, INK, 1.5, 1.5, False, 0),
    "Table note": ("Standard", 8.5, False, QUIET, 0, 1.5, False, 0),
    "Header": ("Standard", 9.5, True, INK, 0, 0, False, 0),
    "Footer": ("Standard", 8.5, False, QUIET, 0, 0, False, 0),
}


def name_of(style: str) -> str:
    """A style's name as the files spell it."""
    return style.replace(" ", "_20_")


def styles(paper: Paper) -> str:
    """styles.xml: what each kind of paragraph looks like, the page, its head and its foot."""
    return "".join(
        (
            HEAD,
            f'<office:document-styles {SPACES} office:version="1.3"><office:font-face-decls>'
            f'<style:font-face style:name="{FONT}" svg:font-family="\'{FONT}\'" '
            'style:font-family-generic="swiss"/></office:font-face-decls><office:styles>',
            _defaults(paper.language),
            *_paragraph_styles(),
            _list_style("Paragraphs", "1", suffix=".", indent=0.9),
            _list_style("Letters", "a", prefix="(", suffix=")", indent=0.9),
            _list_style("Bullets", "", indent=0.6),
            "</office:styles><office:automatic-styles>",
            _page_layout(),
            "</office:automatic-styles><office:master-styles>",
            _master_page(paper),
            "</office:master-styles></office:document-styles>",
        )
    )


def _defaults(language: str) -> str:
    code, _, country = language.partition("-")
    fonts = " ".join(f'style:font-name{script}="{FONT}"' for script in ("", "-asian", "-complex"))
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties '
        'style:writing-mode="page" style:tab-stop-distance="1.25cm"/><style:text-properties '
        f'{fonts} fo:font-size="10.5pt" fo:language="{code}" fo:country="{country}" '
        f'fo:color="#{INK}" fo:hyphenate="false"/></style:default-style>'
        '<style:default-style style:family="table"><style:table-properties '
        'table:border-model="collapsing"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
        '<style:paragraph-properties fo:line-height="112%" fo:orphans="2" fo:widows="2"/>'
        "</style:style>"
        '<style:style style:name="Strong" style:family="text"><style:text-properties '
        'fo:font-weight="bold"/></style:style>'
        '<style:style style:name="Graphics" style:family="graphic"/>'
    )


def _paragraph_styles() -> Iterator[str]:
    for name, (parent, size, bold, colour, before, after, keep, level) in _STYLES.items():
        outline = f' style:default-outline-level="{level}"' if level else ""
        with_next = ' fo:keep-with-next="always"' if keep else ""
        align = ' fo:text-align="center"' if name == "Header" else ""
        close = ' fo:line-height="100%"' if name.startswith("Table") else ""
        weight = "bold" if bold else "normal"
        tabs = ""
        if name == "Footer":
            tabs = (
                f'<style:tab-stops><style:tab-stop style:position="{LINE_WIDTH}cm" '
                'style:type="right"/></style:tab-stops>'
            )
        yield (
            f'<style:style style:name="{name_of(name)}" style:display-name="{name}" '
            f'style:family="paragraph" style:parent-style-name="{name_of(parent)}"{outline}>'
            f'<style:paragraph-properties fo:margin-top="{before}pt" fo:margin-bottom="{after}pt"'
            f"{with_next}{align}{close}>{tabs}</style:paragraph-properties><style:text-properties "
            f'fo:font-size="{size}pt" fo:font-weight="{weight}" fo:color="#{colour}"/>'
            "</style:style>"
        )
    for tone, (fill, ink) in {Tone.PLAIN: (HEAD_FILL, ACCENT), **TONES}.items():
        yield (
            f'<style:style style:name="Notice_20_{tone}" style:display-name="Notice {tone}" '
            'style:family="paragraph" style:parent-style-name="Standard">'
            f'<style:paragraph-properties fo:background-color="#{fill}" fo:padding="0.2cm" '
            f'fo:border-left="3pt solid #{ink}" fo:border-right="none" fo:border-top="none" '
            'fo:border-bottom="none" fo:margin-top="8pt" fo:margin-bottom="8pt" '
            'fo:margin-left="0.1cm" fo:keep-together="always"/>'
            f'<style:text-properties fo:font-size="9.5pt" fo:color="#{ink}"/></style:style>'
        )


def _list_style(name: str, form: str, *, prefix: str = "", suffix: str = "", indent: float) -> str:
    where = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        f'text:list-tab-stop-position="{indent}cm" fo:text-indent="-{indent}cm" '
        f'fo:margin-left="{indent}cm"/></style:list-level-properties>'
    )
    if not form:
        level = (
            f'<text:list-level-style-bullet text:level="1" text:bullet-char="\u2022">{where}'
            "</text:list-level-style-bullet>"
        )
    else:
        sync = ' style:num-letter-sync="true"' if form == "a" else ""
        level = (
            f'<text:list-level-style-number text:level="1" style:num-format="{form}"{sync} '
            f'style:num-prefix="{prefix}" style:num-suffix="{suffix}">{where}'
            "</text:list-level-style-number>"
        )
    return f'<text:list-style style:name="{name}">{level}</text:list-style>'


def _page_layout() -> str:
    return (
        '<style:page-layout style:name="A4"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" style:print-orientation="portrait" '
        f'fo:margin-left="{MARGIN}cm" fo:margin-right="{MARGIN}cm" fo:margin-top="1.1cm" '
        'fo:margin-bottom="0.9cm"/><style:header-style><style:header-footer-properties '
        'fo:min-height="1.2cm" fo:margin-bottom="0.6cm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="1.2cm" '
        'fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>'
    )


def _master_page(paper: Paper) -> str:
    banner = f'<text:p text:style-name="Header">{escape(paper.banner)}</text:p>'
    return (
        '<style:master-page style:name="Standard" style:page-layout-name="A4">'
        f"<style:header>{banner}</style:header><style:footer>{banner}"
        f'<text:p text:style-name="Footer">{escape(paper.footer)}<text:tab/>Page '
        '<text:page-number text:select-page="current">1</text:page-number> of '
        "<text:page-count>1</text:page-count></text:p></style:footer></style:master-page>"
    )


def automatic_styles(widths: dict[str, float]) -> str:
    """The styles of content.xml: pages that begin, tables and their cells, columns by width."""
    edge = f"0.5pt solid #{LINE}"
    cells = {"": "", "heading": HEAD_FILL, **{str(tone): fill for tone, (fill, _) in TONES.items()}}
    parts = ["<office:automatic-styles>"]
    for parent in ("Heading 1", "Heading 2", "Text body"):
        parts.append(
            f'<style:style style:name="New_20_page_20_{name_of(parent)}" '
            f'style:family="paragraph" style:parent-style-name="{name_of(parent)}">'
            '<style:paragraph-properties fo:break-before="page"/></style:style>'
        )
    for name, whole in (("Table", "true"), ("Table_20_whole", "false")):
        parts.append(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties '
            f'style:width="{LINE_WIDTH}cm" table:align="left" fo:margin-top="0.1cm" '
            f'fo:margin-bottom="0.35cm" style:may-break-between-rows="{whole}"/></style:style>'
        )
    for name, whole in (("Row", "always"), ("Row_20_long", "auto")):
        parts.append(
            f'<style:style style:name="{name}" style:family="table-row">'
            f'<style:table-row-properties fo:keep-together="{whole}"/></style:style>'
        )
    for name, fill in cells.items():
        filled = f' fo:background-color="#{fill}"' if fill else ""
        top = f' fo:border-top="{edge}"' if name == "heading" else ' fo:border-top="none"'
        parts.append(
            f'<style:style style:name="Cell{name}" style:family="table-cell">'
            f"<style:table-cell-properties{filled} "
            'fo:padding-left="0.15cm" fo:padding-right="0.15cm" fo:padding-top="0.03cm" '
            f'fo:padding-bottom="0.03cm"{top} fo:border-bottom="{edge}" fo:border-left="none" '
            'fo:border-right="none"/></style:style>'
        )
    for tone, (_, ink) in TONES.items():
        parts.append(
            f'<style:style style:name="Ink{tone}" style:family="text"><style:text-properties '
            f'fo:color="#{ink}"/></style:style><style:style style:name="Strong{tone}" '
            f'style:family="text"><style:text-properties fo:color="#{ink}" '
            'fo:font-weight="bold"/></style:style>'
        )
    for name, width in widths.items():
        parts.append(
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:.3f}cm"/></style:style>'
        )
    parts.append("</office:automatic-styles>")
    return "".join(parts)


def properties(paper: Paper, metadata: dict[str, str]) -> str:
    """meta.xml: what the paper is, for programs."""
    moment = f"{paper.as_at.isoformat()}T00:00:00"
    defined = "".join(
        f'<meta:user-defined meta:name="{name}">{escape(said)}</meta:user-defined>'
        for name, said in metadata.items()
        if name not in ("author", "generator")
    )
    author = escape(paper.author)
    return (
        f'{HEAD}<office:document-meta {SPACES} office:version="1.3"><office:meta>'
        f"<meta:generator>Horizon</meta:generator><dc:title>{escape(paper.title)}</dc:title>"
        f"<dc:subject>{escape(paper.reference)}</dc:subject>"
        f"<meta:keyword>{escape(paper.marking.value)}</meta:keyword>"
        f"<meta:initial-creator>{author}</meta:initial-creator><dc:creator>{author}</dc:creator>"
        f"<meta:creation-date>{moment}</meta:creation-date><dc:date>{moment}</dc:date>"
        f"<dc:language>{paper.language}</dc:language>{defined}"
        "</office:meta></office:document-meta>"
    )


def manifest(pictures: int) -> str:
    """META-INF/manifest.xml: what is in the file."""
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kinds = {"/": MIMETYPE, "content.xml": "text/xml", "styles.xml": "text/xml"}
    kinds |= {"meta.xml": "text/xml"}
    kinds |= {f"Pictures/{number}.png": "image/png" for number in range(1, pictures + 1)}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"'
        + (' manifest:version="1.3"/>' if path == "/" else "/>")
        for path, kind in kinds.items()
    )
    return (
        f'{HEAD}<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">{entries}'
        "</manifest:manifest>"
    )
