"""Words of results that only the command line prints: same keys in both languages."""

from __future__ import annotations

from typing import Literal

Lang = Literal["en", "id"]

CLI_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "sweep.scenarios": "scenarios",
        "sweep.points": "parameter sets",
        "sweep.replicates": "replicates",
        "sweep.runs": "runs",
        "sweep.seconds_a_run": "seconds a run",
        "sweep.minutes": "minutes",
        "sweep.megabytes": "megabytes",
        "more": "This terminal is narrow: all outcomes and costs with `--all`.",
        "wider": "This terminal is narrow: all columns in a wider one, or in a file.",
    },
    "id": {
        "sweep.scenarios": "skenario",
        "sweep.points": "set parameter",
        "sweep.replicates": "ulangan",
        "sweep.runs": "jalannya model",
        "sweep.seconds_a_run": "detik sekali jalan",
        "sweep.minutes": "menit",
        "sweep.megabytes": "megabita",
        "more": "Layar ini sempit: semua hasil dan biaya ditampilkan dengan `--all`.",
        "wider": "Layar ini sempit: semua kolom tampil di layar yang lebih lebar atau di berkas.",
    },
}
