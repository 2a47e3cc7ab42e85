"""What a mapping session recorded that no rule reads: kept for readers, and for filling a form again."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema

from getok.simulation.scenario import units
from getok.simulation.scenario.mapped import CooperationLevel, FieldMap, MapActor, MapMember, MapNote, MapTie

Level = Annotated[float, BeforeValidator(units.level), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
Text = Annotated[str, StringConstraints(min_length=1)]


class _Kept(BaseModel):
    """Something kept as it was said: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenMapMember(_Kept):
    """A member by name."""

    name: Text
    role: Annotated[str, StringConstraints(pattern="^(member|officer)$")] = "member"
    block: str = ""
    note: str = ""


class WrittenMapActor(_Kept):
    """An actor of the map: what was said beside what ``outlets``, ``agencies`` and ``partners`` hold."""

    name: Text
    kind: Text
    partner: str = ""
    where: str = ""
    chosen: bool = False
    note: str = ""


class WrittenMapTie(_Kept):
    """A tie of the map that ``partners`` does not hold: between people, or to an actor without a place in the model."""

    source: Text
    target: str = ""
    about: str = ""
    trust: Level | None = None
    cooperation: CooperationLevel | None = None
    importance: Level | None = None
    note: str = ""


class WrittenMapNote(_Kept):
    """Anything else that was written down."""

    about: Text
    note: Text


class WrittenFieldMap(_Kept):
    """A participatory map beside the scenario made of it; no rule reads it."""

    members: list[WrittenMapMember] = []
    actors: list[WrittenMapActor] = []
    ties: list[WrittenMapTie] = []
    notes: list[WrittenMapNote] = []


def field_map(written: WrittenFieldMap) -> FieldMap:
    """Resolve what was kept."""
    return FieldMap(
        members=tuple(MapMember(**one.model_dump()) for one in written.members),
        actors=tuple(MapActor(**one.model_dump()) for one in written.actors),
        ties=tuple(MapTie(**one.model_dump()) for one in written.ties),
        notes=tuple(MapNote(**one.model_dump()) for one in written.notes),
    )
