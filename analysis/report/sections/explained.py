"""One shop owner and one buyer explained: an example of how the model works, and evidence of nothing."""

from __future__ import annotations

from getok.analysis.report.content import Items, Part, Section, Text, Tone
from getok.analysis.report.material import Material


def explained(material: Material) -> Section | None:
    """Tell the stories that were watched; nothing without any."""
    if not material.stories:
        return None
    parts = []
    for story in material.stories:
        title = material.say(f"story.{story.kind}", label=story.label)
        where = material.say("story.where", scenario=story.scenario, replicate=story.replicate)
        told = [block for heading, lines in story.chapters for block in (Text(heading), Items(lines))]
        parts.append(Part(title, (Text(where), *told)))
    caveat = Text(material.say("story.caveat"), Tone.CAUTION)
    return Section("explained", material.say("title.explained"), (caveat,), tuple(parts))
