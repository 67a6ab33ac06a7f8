"""Renders the icons that want pixels from the drawn ones: ``python web/scripts/render_icons.py``, after each change."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from deploy.local.programs import find_program

PUBLIC = Path(__file__).parents[1] / "public"
ICONS = {
    "icon-180.png": ("icon-maskable.svg", 180),
    "icon-192.png": ("icon.svg", 192),
    "icon-512.png": ("icon.svg", 512),
    "icon-maskable-512.png": ("icon-maskable.svg", 512),
}
"""By its name, what each is drawn from and how many pixels it is wide. iOS rounds the corners of the first itself."""


def main() -> None:
    """Write them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_program("chromium"), args=["--no-sandbox"])
        for name, (drawn, width) in ICONS.items():
            page = browser.new_page(viewport={"width": width, "height": width})
            svg = (PUBLIC / drawn).read_text()
            page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block; width: {width}px }}</style>{svg}")
            page.screenshot(path=PUBLIC / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
