"""What calibration says, in Indonesian and English; the English of a criterion is its declared statement."""

from __future__ import annotations

from getok.analysis.behavioural.criteria import CRITERIA
from getok.analysis.language.numbers import Lang

INDONESIAN: dict[str, str] = {
    "P01a": "tanpa program tidak ada tempat yang menjual produk pada tahun pertama",
    "P01b": "tanpa program semua terjual dari pintu ke pintu",
    "P01c": "tanpa program ada yang terjual",
    "P04": "tanpa program penjualan tidak tumbuh lebih dari seperempat setahun",
    "P09a": "dua dari tiga warung atau lebih menjualnya pada minggu 52",
    "P09b": "PUSDIKTEK menjualnya pada minggu 52",
    "P09c": "akun online terbuka pada minggu 52",
    "P10": "dua tempat atau lebih setuju sebelum P-IRT atau halal terbit",
    "P11": "kepercayaan lebih tinggi saat penerimaan daripada pada awalnya",
    "P18a": "dengan program bagian yang lebih besar mendengar dari warung dan pembeli",
    "P18b": "dengan program lebih banyak orang di luar RW tahu produk",
    "P19": "dengan program penjualan dan pendapatan di atas acuan",
    "P02": "pembeli lebih percaya kepada kelompok daripada pemilik warung",
    "P28": "pendapatan anggota tetap di bawah garis kemiskinan rumah tangganya",
}

CALIBRATION_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "column.statement": "what a run must show",
        "column.passing": "of the draws pass",
        "column.use": "used to",
        "use.calibrate": "calibrate",
        "use.validate": "validate",
        "column.parameter": "parameter",
        "column.drawn": "drawn from",
        "column.kept": "middle 90 % of what passes",
        "column.width": "width left",
        "column.meaning": "meaning",
        "range": "{low} to {high}",
        "narrowed.case": "{clear} of {n} parameters are narrowed; the case says nothing about the others",
        "narrowed.records": "{clear} of {n} parameters are narrowed; the group's records say nothing about the others",
        "column.not_given": "what the set does not give",
        "column.recorded": "recorded",
        "column.given": "middle 90 % of its runs",
        "given": "{inside} of {n} statistics of the records lie in the middle 90 % of new runs of the set",
        "poor": "caution: this scenario does not give these records well; see what stands in the table",
        "narrow": "The interval of {parameter} is too narrow: of 100 invented groups it held the truth in {held}, not in 90 (docs/calibration.md).",
        "observed": "{scenario} has observed {names}: not fitted, and the same in every run.",
        "fitted": "{kept} parameter sets, the nearest of {near} plausible of {n} runs",
        "accepted": "{accepted} of {n} parameter sets pass all",
    },
    "id": {
        "column.statement": "yang harus ditunjukkan",
        "column.passing": "dari tarikan lolos",
        "column.use": "dipakai untuk",
        "use.calibrate": "kalibrasi",
        "use.validate": "validasi",
        "column.parameter": "parameter",
        "column.drawn": "ditarik dari",
        "column.kept": "90 % tengah dari yang lolos",
        "column.width": "lebar tersisa",
        "column.meaning": "arti",
        "range": "{low} sampai {high}",
        "narrowed.case": "{clear} dari {n} parameter dipersempit; kasus tidak mengatakan apa pun tentang yang lain",
        "narrowed.records": "{clear} dari {n} parameter dipersempit; catatan kelompok tidak mengatakan apa pun tentang yang lain",
        "column.not_given": "yang tidak dihasilkan himpunan ini",
        "column.recorded": "tercatat",
        "column.given": "90 % tengah dari jalannya model",
        "given": "{inside} dari {n} statistik catatan terletak pada 90 % tengah jalannya model yang baru",
        "poor": "hati-hati: skenario ini kurang cocok dengan catatan; lihat yang tercantum dalam tabel",
        "narrow": "Rentang {parameter} terlalu sempit: dari 100 kelompok rekaan nilai yang benar tercakup pada {held}, bukan 90 (docs/calibration.md).",
        "observed": "{names} pada {scenario} adalah hasil pengamatan: tidak dicocokkan, dan sama di setiap hitungan.",
        "fitted": "{kept} set parameter, yang terdekat dari {near} yang masuk akal di antara {n} kali menjalankan model",
        "accepted": "{accepted} dari {n} set parameter lolos semua",
    },
}


def criterion_text(name: str, lang: Lang) -> str:
    """What a criterion asks of a run.

    Examples
    --------
    >>> criterion_text("P01c", "id")
    'tanpa program ada yang terjual'
    """
    return INDONESIAN[name] if lang == "id" else next(one.statement for one in CRITERIA if one.id == name)
