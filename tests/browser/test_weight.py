"""What a page costs on the wire: our own style and script, gzipped, as a browser loads them."""

import gzip
import re

from tests.architecture.code import ROOT

BASE = (ROOT / "templates" / "base.html").read_text()


def weight_of(folder: str, ending: str) -> int:
    """Every file that base.html names."""
    names = re.findall(rf'static "({folder}/[\w-]+\.{ending})"', BASE)
    assert names
    return sum(len(gzip.compress((ROOT / "static" / name).read_bytes())) for name in names)


def test_our_style_weighs_less_than_twelve_kilobytes() -> None:
    assert weight_of("css", "css") < 12_000


def test_our_script_weighs_less_than_ten_kilobytes() -> None:
    assert weight_of("js", "js") < 10_000


def test_every_style_sheet_is_in_a_layer() -> None:
    for name in ("tokens", "base", "components", "pages"):
        text = (ROOT / "static" / "css" / f"{name}.css").read_text()
        assert re.sub(r"/\*.*?\*/|\s", "", text, flags=re.DOTALL).startswith("@layer")


def test_style_and_script_name_no_foreign_address() -> None:
    for path in [*(ROOT / "static" / "css").glob("*.css"), *(ROOT / "static" / "js").glob("*.js")]:
        assert re.findall(r"(?:https?:)?//[\w.]+\.\w+", re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M)) == []
        assert "eval(" not in path.read_text()
        assert "innerHTML" not in path.read_text()
