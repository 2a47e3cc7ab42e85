"""What people write in a scenario file. Every key is described here, and nowhere else."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from simulation.scenario import units
from simulation.scenario.field_map import Level, WrittenFieldMap
from simulation.scenario.mapped import CooperationLevel
from simulation.scenario.resolved import Metric, OutletKind, Payer, ServiceKind, ShockKind, TaskKind

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
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", strict=True)]


class Written(BaseModel):
    """Something written by hand: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenText(Written):
    """The same thing said in Indonesian and English."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)


def _said(value: object) -> object:
    """A plain text is shown in both languages."""
    if isinstance(value, str):
        if not value:
            raise ValueError("this is empty; write a text")
        return {"id": value, "en": value}
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is not a text; write it in quotes, or as {{id: ..., en: ...}}")
    return value


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


class WrittenDelay(Written):
    """Least, most usual and longest wait."""

    low: Weeks
    mode: Weeks
    high: Weeks


class WrittenAmount(Written):
    """Least and most that is paid."""

    low: Rupiah
    high: Rupiah


class WrittenStep(Written):
    """A sub-state of a case, its share of the wait, and what must be granted before it starts."""

    name: str = Field(min_length=1)
    label: Said | None = None
    share: Share
    requires: list[Id] = []


class WrittenService(Written):
    """A service of an agency."""

    name: Said
    agency: Said
    kind: ServiceKind
    delay: WrittenDelay
    acceptance: Probability
    fee: Rupiah = 0
    payer: Payer = Payer.PUBLIC
    steps: list[WrittenStep] = Field(min_length=1)
    capacity: CasesPerWeek | None = None
    desks: Annotated[int, Field(ge=1, le=100_000, strict=True)] | None = None
    quota_per_year: Count | None = None
    attempts: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1
    closed_years: list[Annotated[int, Field(strict=True)]] = []
    min_participants: Count = 0
    min_sales: Weeks = 0
    validity: Weeks | None = None
    amount: WrittenAmount | None = None
    interest: YearlyShare = 0.0
    repayment: Weeks = 52
    saves: Visits = 0.0


class WrittenOutlet(Written):
    """A place that may carry the product."""

    id: Id
    name: Said
    kind: OutletKind
    patrons: str


class WrittenPartner(Written):
    """What is known about the tie with an outlet or a service at the start; what is left out is drawn as ever."""

    trust: Level | None = None
    cooperation: CooperationLevel | None = None
    carrying: Annotated[bool, Field(strict=True)] = False
    importance: Level | None = None
    note: str = ""


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
    n_rw: Annotated[int, Field(ge=1, le=100_000, strict=True)] = 1
    nodes: str | None = None
    ties: str | None = None


class WrittenAssumption(Written):
    """A value whose basis the reader must know."""

    key: str = Field(min_length=1)
    source: str = Field(min_length=1)
    confidence: Annotated[str, StringConstraints(pattern="^(high|medium|low)$")]
    note: Said


class WrittenScenario(Written):
    """A scenario as it stands in a file, once its parents are merged in."""

    schema_: Annotated[int, Field(alias="schema", strict=True)]
    name: Id
    extends: str | None = None
    title: Said | None = None
    question: WrittenText
    horizon: Weeks
    burn_in: Weeks
    observation: WeekNumber
    start_year: Annotated[int, Field(ge=1900, le=2200, strict=True)]
    community: WrittenCommunity = WrittenCommunity()
    parameters: dict[str, Any] = {}
    observed: dict[str, Any] = {}
    outlets: list[WrittenOutlet] = Field(min_length=1)
    agencies: dict[Id, WrittenService]
    facilitator: WrittenFacilitator
    programme: list[WrittenTask] = []
    shocks: list[WrittenShock] = []
    assumptions: list[WrittenAssumption] = []
    partners: dict[Id, WrittenPartner] = {}
    field_map: WrittenFieldMap = WrittenFieldMap()


def json_schema() -> dict[str, Any]:
    """JSON Schema of a complete scenario; a file that extends another may leave keys out."""
    schema = WrittenScenario.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = ["schema", "name", "question"]
    return schema
