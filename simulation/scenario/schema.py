"""What people write in a scenario file. Every key is described here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from getok.simulation.scenario import units
from getok.simulation.scenario.field_map import Level, WrittenFieldMap
from getok.simulation.scenario.mapped import CooperationLevel
from getok.simulation.scenario.resolved import Metric, OutletKind, Payer, ServiceKind, ShockKind, TaskKind

VERSION = 1
"""Version of the schema: the number after ``schema:``."""


def _quantity(read: Any, example: str) -> Any:  # noqa: ANN401 - building blocks of annotations
    return (BeforeValidator(read), WithJsonSchema({"type": "string", "examples": [example]}))


Weeks = Annotated[int, *_quantity(units.weeks, "26 weeks")]
WeekNumber = Annotated[int, *_quantity(units.week_number, "week 12")]
Rupiah = Annotated[int, *_quantity(units.rupiah, "Rp 500 000")]
Share = Annotated[float, *_quantity(units.share, "40 %")]
Visits = Annotated[float, *_quantity(units.visits, "4 visits")]
VisitsPerWeek = Annotated[float, *_quantity(units.visits_per_week, "3 visits/week")]
CasesPerWeek = Annotated[int, *_quantity(units.cases_per_week, "4 cases/week")]
YearlyShare = Annotated[float, *_quantity(units.yearly_share, "7 %/year")]
Probability = Annotated[
    float,
    BeforeValidator(units.probability),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string"}]}),
]
Number = Annotated[float, BeforeValidator(units.number), WithJsonSchema({"type": "number"})]
LARGEST = 1_000_000_000
"""Largest count that is taken for meant."""
Count = Annotated[int, Field(ge=0, le=LARGEST, strict=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=100, strict=True)]
Year = Annotated[int, Field(ge=1900, le=2200, strict=True)]
LONGEST_TITLE = 120
"""Longest title, name or label: what a table, a picture and a page can hold."""

LONGEST_TEXT = 5_000
"""Longest question or note."""

MOST = 500
"""Most outlets, services, tasks, shocks or assumptions."""


class Written(BaseModel):
    """Something written by hand: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenText(Written):
    """The same thing said in Indonesian and English."""

    id: str = Field(min_length=1, max_length=LONGEST_TEXT)
    en: str = Field(min_length=1, max_length=LONGEST_TEXT)


def _said(value: object) -> object:
    """A plain text is shown in both languages."""
    if isinstance(value, str):
        if not value:
            raise ValueError("this is empty; write a text")
        return {"id": value, "en": value}
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is not a text; write it in quotes, or as {{id: ..., en: ...}}")
    return value


def _short(text: WrittenText) -> WrittenText:
    """Refuse a name that no table, picture or page can hold."""
    for words in (text.id, text.en):
        if len(words) > LONGEST_TITLE:
            raise ValueError(
                f"{len(words)} characters; at most {LONGEST_TITLE}, so that tables and pictures can hold it"
            )
        if "\n" in words or "\t" in words:
            raise ValueError("a name stands in one line, without tabs")
    return text


_A_TEXT = {"type": "string", "minLength": 1}
Said = Annotated[
    WrittenText,
    BeforeValidator(_said),
    WithJsonSchema(
        {
            "anyOf": [
                _A_TEXT,
                {
                    "type": "object",
                    "properties": {"id": _A_TEXT, "en": _A_TEXT},
                    "required": ["id", "en"],
                    "additionalProperties": False,
                },
            ],
            "description": "A text for readers of both languages, or one for each: {id: ..., en: ...}.",
        }
    ),
]


Named = Annotated[Said, AfterValidator(_short)]
"""What something is called: short enough for a table."""


class WrittenDelay(Written):
    """Least, most usual and longest wait."""

    low: Weeks
    mode: Weeks
    high: Weeks


class WrittenAmount(Written):
    """Least and most that is paid."""

    low: Rupiah
    high: Rupiah


def _bounds(model: type[Written], read: Callable[[object], object]) -> Any:  # noqa: ANN401 - as above
    """Let one text stand for all bounds of a range; a fault in it is told once."""

    def spread(value: object) -> object:
        if not isinstance(value, str):
            return value
        read(value)
        return dict.fromkeys(model.model_fields, value)

    return BeforeValidator(spread, json_schema_input_type=str | model)


Delay = Annotated[WrittenDelay, _bounds(WrittenDelay, units.weeks)]
Amount = Annotated[WrittenAmount, _bounds(WrittenAmount, units.rupiah)]


class WrittenStep(Written):
    """A sub-state of a case, its share of the wait, and what must be granted before it starts."""

    name: str = Field(min_length=1, max_length=LONGEST_TITLE)
    label: Named | None = None
    share: Share
    requires: list[Id] = []


class WrittenService(Written):
    """A service of an agency."""

    name: Named
    agency: Named
    kind: ServiceKind
    delay: Delay
    acceptance: Probability
    fee: Rupiah = 0
    payer: Payer = Payer.PUBLIC
    steps: list[WrittenStep] = Field(min_length=1)
    capacity: CasesPerWeek | None = None
    desks: Annotated[int, Field(ge=1, le=100_000, strict=True)] | None = None
    quota_per_year: Count | None = None
    attempts: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1
    closed_years: list[Year] = []
    min_participants: Count = 0
    min_sales: Weeks = 0
    validity: Weeks | None = None
    amount: Amount | None = None
    interest: YearlyShare = 0.0
    repayment: Weeks = 52
    saves: Visits = 0.0


class WrittenOutlet(Written):
    """A place that may carry the product."""

    id: Id
    name: Named
    kind: OutletKind
    patrons: str


class WrittenPartner(Written):
    """What is known about the tie with an outlet or a service at the start; what is left out is drawn as ever."""

    trust: Level | None = None
    cooperation: CooperationLevel | None = None
    carrying: Annotated[bool, Field(strict=True)] = False
    importance: Level | None = None
    note: str = Field(default="", max_length=LONGEST_TEXT)


class WrittenFacilitator(Written):
    """The companion."""

    visits: VisitsPerWeek
    first: WeekNumber
    last: WeekNumber
    number: Annotated[int, Field(ge=1, le=100_000, strict=True)] | None = None
    groups_each: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1


class WrittenTrigger(Written):
    """A condition on the state."""

    metric: Metric
    at_least: Number | None = None
    below: Number | None = None
    after: WeekNumber = 0


class WrittenTask(Written):
    """One intervention."""

    id: Id
    kind: TaskKind
    targets: list[Id] = []
    visits: Visits
    repeats: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1
    first: WeekNumber = 1
    last: WeekNumber | None = None
    when: WrittenTrigger | None = None
    cost: Rupiah = 0
    budget: Rupiah | None = None


class WrittenShock(Written):
    """Something that happens from outside."""

    id: Id
    kind: ShockKind
    first: WeekNumber
    last: WeekNumber
    value: Number = 0.0
    weight: Number = 1.0
    target: Id | None = None


class WrittenCommunity(Written):
    """Where the people come from."""

    kind: Annotated[str, StringConstraints(pattern="^(generated|imported)$")] = "generated"
    n_groups: Annotated[int, Field(ge=1, le=100_000, strict=True)] = 1
    n_rw: Annotated[int, Field(ge=1, le=100_000, strict=True)] | None = None
    nodes: str | None = None
    ties: str | None = None


class WrittenAssumption(Written):
    """A value whose basis the reader must know."""

    key: str = Field(min_length=1, max_length=LONGEST_TEXT)
    source: str = Field(min_length=1, max_length=LONGEST_TEXT)
    confidence: Annotated[str, StringConstraints(pattern="^(high|medium|low)$")]
    note: Said


class WrittenScenario(Written):
    """A scenario as it stands in a file, once its parents are merged in."""

    schema_: Annotated[int, Field(alias="schema", strict=True)]
    name: Id
    extends: str | None = None
    title: Named | None = None
    question: WrittenText
    horizon: Weeks
    burn_in: Weeks
    observation: WeekNumber
    start_year: Year
    community: WrittenCommunity = WrittenCommunity()
    parameters: dict[str, Any] = {}
    observed: dict[str, Any] = {}
    outlets: list[WrittenOutlet] = Field(min_length=1, max_length=MOST)
    agencies: dict[Id, WrittenService] = Field(max_length=MOST)
    facilitator: WrittenFacilitator
    programme: list[WrittenTask] = Field(default=[], max_length=MOST)
    shocks: list[WrittenShock] = Field(default=[], max_length=MOST)
    assumptions: list[WrittenAssumption] = Field(default=[], max_length=MOST)
    partners: dict[Id, WrittenPartner] = {}
    held: list[Id] = []
    field_map: WrittenFieldMap = WrittenFieldMap()


def json_schema() -> dict[str, Any]:
    """JSON Schema of a complete scenario; a file that extends another may leave keys out."""
    schema = WrittenScenario.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = ["schema", "name", "question"]
    changed: dict[str, Any] = _with_changes(schema)
    return changed


def _with_changes(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Let every list be written as a change of the parent's, too: ``{add: [...], remove: [...]}``."""
    if isinstance(schema, list):
        return [_with_changes(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _with_changes(part) for key, part in schema.items()}
    if inner.get("type") != "array":
        return inner
    names = {"type": "array", "items": {"type": ["string", "number"]}}
    parts = {"add": {"type": "array", "items": inner.get("items", {})}, "remove": names}
    change = {"type": "object", "properties": parts, "additionalProperties": False, "minProperties": 1}
    kept = {key: inner.pop(key) for key in ("default", "title", "description") if key in inner}
    return kept | {"anyOf": [inner, change]}
