"""Commands about the installation: doctor, cite."""

from __future__ import annotations

import getok
from getok.cli.options import AsJson
from getok.cli.output import print_json, print_table


def doctor(*, as_json: AsJson = False) -> int:
    """Show the environment."""
    from getok.simulation.compiled import CACHE_FOLDER, is_compiled  # noqa: PLC0415 - not before they are needed
    from getok.simulation.record.provenance import MODEL_VERSION, checkout, machine, versions  # noqa: PLC0415
    from getok.simulation.scenario.library import folder, names  # noqa: PLC0415

    state = checkout()
    facts = {
        "machine": machine(),
        **{version.name: version.version for version in versions()},
        "model version": MODEL_VERSION,
        "checkout": f"{state.revision}{', changed' if state.dirty else ''}" if state else "installed",
        "library": f"{len(names())} scenarios in {folder()}",
        "compiled week": f"{'ready' if is_compiled() else 'not yet (the first run compiles)'} in {CACHE_FOLDER}",
    }
    if as_json:
        print_json(facts)
    else:
        print_table("", ("", ""), list(facts.items()))
    return 0


def cite() -> int:
    """Print how to cite getok and the case."""
    print(
        f"""@software{{getok,
  title = {{getok: what if? Paired comparison of interventions in the social network of small enterprise groups}},
  author = {{{{The getok developers}}}},
  version = {{{getok.__version__}}},
  year = {{2026}}
}}
@article{{iryana_kube,
  title = {{Pengembangan Jaringan Sosial (Social Network) Kelompok Usaha Bersama Dahlia Berkarya di Kelurahan Karang
           Pamulang Kecamatan Mandalajati Kota Bandung}},
  author = {{Iryana, Mohammad Fahmi and Favourita, Lina and Setiamanah, Meilani Dewi}}
}}"""
    )
    return 0
