"""Take the picture of the hub for README and documentation, with Debian's Chromium.

lpa analyze --out lpa-out --format hub       # or: make demo
python docs/picture.py lpa-out/hub.html
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parent / "images" / "hub.png"
VIEW = "view=provisions&language=en&principle=FOA&strength=B"
SIZE = {"width": 1280, "height": 800}
COLOURS = 128


def main(hub: Path) -> None:
    """Open the hub at its provisions, and write what is seen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page(viewport=SIZE)
        page.goto(f"{hub.resolve().as_uri()}#{VIEW}")
        page.locator("mark").first.wait_for()
        seen = page.screenshot()
        browser.close()
    Image.open(io.BytesIO(seen)).convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
