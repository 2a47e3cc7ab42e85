"""From the material to a document: which sections, in which order, and where every figure goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from getok.analysis.report.content import Document, Figure, Folded, Section, Text, printable
from getok.analysis.report.material import Material
from getok.analysis.report.sections.answer import answer
from getok.analysis.report.sections.assumptions import assumptions
from getok.analysis.report.sections.comparison import comparing, differences
from getok.analysis.report.sections.explained import explained
from getok.analysis.report.sections.frame import frame
from getok.analysis.report.sections.limits import limits, reading
from getok.analysis.report.sections.money import money
from getok.analysis.report.sections.over_sets import over_sets
from getok.analysis.report.sections.overturn import overturn
from getok.analysis.report.sections.plans import plans
from getok.analysis.report.sections.provenance import provenance
from getok.analysis.report.sections.sensitivity import sensitivity
from getok.analysis.report.sections.spread import adoption, network, stages

SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    answer,
    frame,
    comparing,
    differences,
    adoption,
    stages,
    network,
    explained,
    money,
    plans,
    over_sets,
    sensitivity,
    assumptions,
    overturn,
    limits,
    reading,
    provenance,
)
"""In the order of the reader's questions; each gives nothing where there is nothing to say."""

LAST = "provenance"
"""Section before which figures without a place of their own stand."""


def document(material: Material) -> Document:
    """Assemble the report in the language of the material."""
    sections = [section for make in SECTIONS if (section := make(material)) is not None]
    if leftover := unplaced(material, sections):
        more = Section("more", material.say("title.more"), (Text(material.say("more.how")), *leftover))
        sections.insert(next(k for k, section in enumerate(sections) if section.key == LAST), more)
    made = Document(material.lang, title(material), subtitle(material), tuple(sections), imprint(material))
    return printable(made)


def title(material: Material) -> str:
    """What the report is about."""
    if material.comparison is not None:
        others = material.comparison.scenarios
        key = "report.one" if len(others) == 1 else "report.many"
        return material.say(key, n=len(others), scenario=others[0], baseline=material.comparison.baseline)
    if material.run is not None:
        return material.say("report.alone", scenario=material.scenarios[0])
    return material.say("report.sets" if material.over or material.swept else "report.plan")


def subtitle(material: Material) -> str:
    """Size of what was asked."""
    if material.run is None:
        return material.say("report.subtitle_sets")
    weeks = material.run.scenario(material.scenarios[0]).horizon_weeks
    return material.say("report.subtitle", n=material.evidence.n, seed=material.run.seed, weeks=weeks)


def imprint(material: Material) -> tuple[str, ...]:
    """Whose report it is, and its calendar."""
    if material.run is None:
        return material.imprint.lines(material.lang, None, None)
    played = [material.run.scenario(name) for name in material.scenarios]
    years = {one.start_year for one in played}
    return material.imprint.lines(material.lang, played[0].horizon_weeks, years.pop() if len(years) == 1 else None)


def unplaced(material: Material, sections: list[Section]) -> list[Figure]:
    """Figures that no section has asked for."""
    placed = {figure.drawing.name for section in sections for figure in figures_in(section)}
    return [Figure(one) for one in material.drawings if one.name not in placed]


def figures_in(section: Section) -> Iterator[Figure]:
    """All figures of a section."""
    for block in (*section.blocks, *(block for part in section.parts for block in part.blocks)):
        for one in block.blocks if isinstance(block, Folded) else (block,):
            if isinstance(one, Figure):
                yield one
