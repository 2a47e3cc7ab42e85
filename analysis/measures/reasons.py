"""Why a measure cannot be taken, in Indonesian and English: same keys and same slots."""

from __future__ import annotations

from getok.analysis.language.numbers import Lang
from getok.simulation.errors import UsageError
from getok.simulation.scenario.wording.numbers import plain

REASONS: dict[Lang, dict[str, str]] = {
    "en": {
        "curve_no_end": "no Bass curve: the fit did not come to an end",
        "chain_no_end": "no Bass chain: the search for the most probable p, q and m did not come to an end",
        "chain_watching": "no Bass chain: some people were watched for a shorter time than others; drop them, or the rest",
        "chain_ceiling": "no Bass chain: a ceiling of {m} of all is below the {least} that adopted",
        "bass_periods": "no Bass model: it needs adopters in at least {periods} periods",
        "moran": "Moran's I needs ties, and values that differ",
        "structure": "the statistic is not defined on this network; nobody adopted late enough, or nobody is tied",
        "moran_rigid": "no test of Moran's I: dealt out anew, the values always give the same I",
        "structure_rigid": "no structure test: on every network with the same degrees the statistic is the same",
        "regression_lag_zero": "no hazard regression at lag 0: exposure then counts those who adopt in the same period, and who followed whom cannot be told; use --lag 1",
        "regression_few": "no hazard regression: {events} adoptions (or agent-periods without one) are left, at least {least} are needed",
        "regression_rows": "no hazard regression: {rows} agent-periods, at most {most} are fitted",
        "regression_constant": "no hazard regression: after the first periods nobody adopts, or exposure does not vary",
        "regression_large": "no hazard regression: its design would have {size} numbers, the most is {most}",
        "regression_follows": "no hazard regression: exposure follows from period and group alone",
        "regression_open": "no hazard regression: the fit is not determined",
        "regression_separates": "no hazard regression: exposure separates who adopts from who does not, or nearly so",
    },
    "id": {
        "curve_no_end": "tidak ada kurva Bass: pencocokan tidak sampai selesai",
        "chain_no_end": "tidak ada rantai Bass: pencarian p, q dan m yang paling mungkin tidak sampai selesai",
        "chain_watching": "tidak ada rantai Bass: sebagian orang diamati lebih singkat daripada yang lain; keluarkan mereka, atau yang lain",
        "chain_ceiling": "tidak ada rantai Bass: batas atas {m} dari semua orang di bawah {least} yang mengadopsi",
        "bass_periods": "tidak ada model Bass: perlu pengadopsi pada sedikitnya {periods} periode",
        "moran": "I Moran memerlukan ikatan, dan nilai yang berbeda-beda",
        "structure": "statistik ini tidak terdefinisi pada jaringan ini; tidak ada yang mengadopsi cukup lambat, atau tidak ada yang terikat",
        "moran_rigid": "tidak ada uji I Moran: bagaimanapun nilainya diacak, I selalu sama",
        "structure_rigid": "tidak ada uji struktur: pada setiap jaringan dengan derajat yang sama statistiknya sama",
        "regression_lag_zero": "tidak ada regresi hazard pada jeda 0: paparan ikut menghitung mereka yang mengadopsi pada periode yang sama, sehingga siapa mengikuti siapa tidak dapat diketahui; pakailah --lag 1",
        "regression_few": "tidak ada regresi hazard: tersisa {events} adopsi (atau orang-periode tanpa adopsi), sedikitnya diperlukan {least}",
        "regression_rows": "tidak ada regresi hazard: {rows} orang-periode, paling banyak {most} yang dicocokkan",
        "regression_constant": "tidak ada regresi hazard: setelah periode-periode pertama tidak ada yang mengadopsi, atau paparan tidak bervariasi",
        "regression_large": "tidak ada regresi hazard: rancangannya akan memuat {size} angka, paling banyak {most}",
        "regression_follows": "tidak ada regresi hazard: paparan sudah ditentukan oleh periode dan kelompok saja",
        "regression_open": "tidak ada regresi hazard: pencocokannya tidak menentukan",
        "regression_separates": "tidak ada regresi hazard: paparan memisahkan yang mengadopsi dari yang tidak, atau hampir memisahkan",
    },
}


class CannotMeasureError(UsageError):
    """A measure that the data do not allow; it knows why in both languages.

    Parameters
    ----------
    key : str
        Which reason of :data:`REASONS`.
    **slots : float
        Numbers in it.
    """

    def __init__(self, key: str, **slots: float) -> None:
        self.key = key
        self.slots = slots
        super().__init__(self.said("en"))

    def said(self, lang: Lang) -> str:
        """Say it in a language."""
        said = {name: _figures(value, lang) for name, value in self.slots.items()}
        return REASONS[lang][self.key].format(**said)


def _figures(value: float, lang: Lang) -> str:
    return plain(round(value, 3), lang)
