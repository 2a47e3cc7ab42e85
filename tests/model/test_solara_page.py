"""Mesa's own page of the model is drawn, where a Solara is installed that Mesa can use."""

import runpy
from pathlib import Path

import pytest

solara = pytest.importorskip("solara", reason="solara not installed")


@pytest.mark.filterwarnings("ignore::UserWarning:solara")  # of Mesa's code
def test_the_page_is_drawn_without_an_error():
    page = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "solara_page.py"))["page"]
    box, rendered = solara.render(page, handle_error=False)
    assert box.children
    rendered.close()
