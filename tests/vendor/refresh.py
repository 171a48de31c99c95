"""Fetches the files by others again, from npm and Debian; run it to take a new version, then read the diff.

Needs npm, apt-get and dpkg, and `fonttools[woff]` in the Python that runs it: nothing else in the project does.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "web" / "static" / "vendor"
TESTS = ROOT / "tests" / "vendor"
PAPER = ROOT / "se_engine" / "printing" / "fonts"

DESIGN_SYSTEM = "@digdir/designsystemet-css@1.22.0"
INTER = "@fontsource-variable/inter@5.3.0"
ARABIC = "@fontsource-variable/noto-sans-arabic@5.3.0"
ETHIOPIC = "@fontsource-variable/noto-sans-ethiopic@5.3.0"
TAMIL = "@fontsource-variable/noto-sans-tamil@5.3.0"
AXE = "axe-core@4.14.1"
NOTO = "fonts-noto-core=20201225-1"
SCRIPTS = ("", "Arabic", "Ethiopic", "Tamil")

# The whole stylesheet is 147 kB and most of it is for components that need scripts.
BASE = ("base",)
COMPONENTS = (
    "label", "link", "list", "skip-link", "button", "input", "field", "fieldset", "validation-message", "error-summary",
)  # fmt: skip

FONTS = {
    INTER: ("inter-latin", "inter-latin-ext", "inter-cyrillic"),
    ARABIC: ("noto-sans-arabic-arabic",),
    ETHIOPIC: ("noto-sans-ethiopic-ethiopic",),
    TAMIL: ("noto-sans-tamil-tamil",),
}


def unpack(package: str, into: Path) -> Path:
    """The package's own files, with lifecycle scripts never run: npm pack only downloads."""
    packed = subprocess.run(["npm", "pack", "--silent", package], cwd=into, check=True, capture_output=True, text=True)
    archive = into / packed.stdout.strip().splitlines()[-1]
    target = into / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def without_data_urls(css: str, icons: Path) -> str:
    """The content policy allows no data: images, so each becomes a file of its own."""
    icons.mkdir(parents=True, exist_ok=True)

    def to_file(match: re.Match[str]) -> str:
        svg = unquote(match["svg"])
        name = hashlib.sha256(svg.encode()).hexdigest()[:10] + ".svg"
        (icons / name).write_text(svg + "\n", encoding="utf-8")
        return f'url("icons/{name}")'

    return re.sub(r"""url\((?P<q>["'])data:image/svg\+xml;charset=utf-8,(?P<svg>.*?)(?P=q)\)""", to_file, css)


def block(css: str, opening: str) -> str:
    """The text from `opening`, which ends in an opening brace, to the brace that closes it."""
    start = css.index(opening)
    depth = 0
    for position in range(start, len(css)):
        depth += {"{": 1, "}": -1}.get(css[position], 0)
        if css[position] == "}" and depth == 0:
            return css[start : position + 1]
    raise ValueError(f"{opening} is never closed")


def theme(css: str) -> str:
    """One light and one dark scheme, the dark one for screens only, so that paper stays white."""
    css = css.replace("@media (prefers-color-scheme:dark){", "@media screen and (prefers-color-scheme:dark){")
    css = css.replace(block(css, "@media (prefers-color-scheme:light){"), "")
    css = css.replace(block(css, "[data-color-scheme=dark]{"), "", 1)
    css = css.replace(block(css, "@layer ds.theme.typography.secondary{"), "")
    css = css.replace(block(css, "[data-color-scheme][data-color=brand1],[data-color=brand1]{"), "")
    return re.sub(r"--ds-color-brand1-[^;}]*;", "", css)


def refresh_design_system(package: Path) -> None:
    target = STATIC / "designsystemet"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    source = package / "dist" / "src"
    parts = ["@layer ds.theme, ds.base, ds.components, se;"]
    parts.append(theme((package / "dist" / "theme" / "designsystemet.css").read_text(encoding="utf-8")))
    for layer, names in (("ds.base", BASE), ("ds.components", COMPONENTS)):
        for name in names:
            css = (source / f"{name}.css").read_text(encoding="utf-8")
            parts.append(f"@layer {layer}{{{css}}}")
    joined = without_data_urls("\n".join(parts), target / "icons")
    if "data:" in joined.replace("data:click", ""):
        sys.exit("a data: address is left in the design system's stylesheet")
    (target / "designsystemet.css").write_text(joined + "\n", encoding="utf-8")
    shutil.copy(package / "LICENSE", target / "LICENSE")


def split_latin(fonts: Path) -> None:
    """Central European and Turkish letters alone: one such name on a page then costs 15 kB, not 85."""
    whole, small = fonts / "inter-latin-ext.woff2", fonts / "inter-latin-a.woff2"
    command = [sys.executable, "-m", "fontTools.subset", whole, "--unicodes=U+0100-017F", "--flavor=woff2"]
    subprocess.run([*map(str, command), f"--output-file={small}"], check=True)


def refresh_fonts(packages: dict[str, Path]) -> None:
    for package, names in FONTS.items():
        family = package.split("/")[1].split("@")[0]
        target = STATIC / "fonts" / family
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in names:
            shutil.copy(packages[package] / "files" / f"{name}-wght-normal.woff2", target / f"{name}.woff2")
        shutil.copy(packages[package] / "LICENSE", target / "LICENSE")
    split_latin(STATIC / "fonts" / "inter")


def refresh_paper_fonts(folder: Path) -> None:
    """What typst prints with: it reads no woff2 and no variable fonts."""
    subprocess.run(["apt-get", "download", NOTO], cwd=folder, check=True)
    subprocess.run(["dpkg", "-x", str(next(folder.glob("fonts-noto-core_*.deb"))), "noto"], cwd=folder, check=True)
    for script in SCRIPTS:
        for weight in ("Regular", "Bold"):
            shutil.copy(folder / "noto/usr/share/fonts/truetype/noto" / f"NotoSans{script}-{weight}.ttf", PAPER)


def refresh_axe(package: Path) -> None:
    shutil.copy(package / "axe.min.js", TESTS / "axe.min.js")
    shutil.copy(package / "LICENSE", TESTS / "axe-core.LICENSE")
    shutil.copy(package / "LICENSE-3RD-PARTY.txt", TESTS / "axe-core.LICENSE-3RD-PARTY")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wanted = (DESIGN_SYSTEM, INTER, ARABIC, ETHIOPIC, TAMIL, AXE)
        packages = {package: unpack(package, Path(folder)) for package in wanted}
        refresh_design_system(packages[DESIGN_SYSTEM])
        refresh_fonts(packages)
        refresh_paper_fonts(Path(folder))
        refresh_axe(packages[AXE])


if __name__ == "__main__":
    main()
