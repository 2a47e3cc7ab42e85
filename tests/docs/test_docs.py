"""The documentation says what the code says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.scenario.parameters import PARAMETERS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_generated_parts_are_up_to_date():
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert answer.returncode == 0, answer.stderr


def test_every_source_of_a_parameter_is_told():
    told = set(re.findall(r"^\| (ev \d+\.\d+) ", (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8"), re.M))
    for parameter in PARAMETERS:
        for first, last in re.findall(r"ev (\d+\.\d+)(?:-(\d+\.\d+))?", parameter.source):
            for key in filter(None, (first, last)):
                assert f"ev {key}" in told, parameter.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_names_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("main", "test"):
        block = re.search(rf"<!-- {name} command -->\n```sh\n(.*?)\n```\n<!-- end -->", text, re.S)
        assert block, name
        assert "\n" not in block[1]
