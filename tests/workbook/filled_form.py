"""A filled form, and the workbook that holds it."""

import functools
import io

import openpyxl

from getok.simulation.scenario.load import load_scenario
from getok.workbook.form import ActorRow, Answer, Form, MemberRow, TieRow
from getok.workbook.writing import form_bytes

FORM = Form(
    answers=(
        Answer("group_name", "KUBE Melati"),
        Answer("place", "Sukamaju, RW 05"),
        Answer("date", "2026-11-20"),
        Answer("present", "12 ibu, 2 kader\npak RW"),
        Answer("papers", "NIB"),
        Answer("name", "melati"),
        Answer("question_id", "Apa yang terjadi pada KUBE Melati?"),
        Answer("question_en", "What happens to KUBE Melati?"),
        Answer("parent", "baseline_reflection"),
        Answer("n_households_rw", "380"),
        Answer("n_rt", "6"),
        Answer("n_households_outside", "300"),
        Answer("n_warungs", "15"),
        Answer("price_rupiah", "Rp 7 500"),
        Answer("capacity_member_packs", "8 packs"),
        Answer("door_visit_rate", "12 /week"),
        Answer("initial_cash_rupiah", "Rp 150 000"),
        Answer("commission_share", "12.5 %"),
        Answer("visits", "1.5"),
        Answer("first", "3"),
        Answer("last", "40"),
    ),
    others=(Answer("Pasar", "Hari Minggu saja"),),
    members=(
        MemberRow("Sri", "officer", "RT 03", "memegang buku kas"),
        MemberRow("Tuti", "member", "RT 04"),
        MemberRow("Wati"),
    ),
    actors=(
        ActorRow("Warung Bu Éti", "warung", "rw", chosen=True, note="dekat masjid"),
        ActorRow("Warung Susi", "warung", "rw", carrying=True),
        ActorRow("Kantin Balai Desa", "institution", "kelurahan", carrying=True, chosen=True),
        ActorRow("Akun WA", "online", chosen=True),
        ActorRow("Bank BRI", "bank_branch", "outside"),
        ActorRow("Bank BRI", "bank_credit", "outside", chosen=True),
        ActorRow("Dinkes Kabupaten", "pirt", "outside", chosen=True),
        ActorRow("Ibu Ani", "training", "rw", chosen=True, note="pandai mengemas: \"rapi\" & 'kuat' {ya}"),
        ActorRow("Kader PKK", "other", "rw", note="ikut memetakan"),
    ),
    ties=(
        TieRow("Warung Bu Éti", "", "sales", 4, "informal", 8, "anaknya anggota"),
        TieRow("Warung Susi", "", "", 7, "verbal", 9),
        TieRow("Bank BRI", "", "capital", 2, "none", 5),
        TieRow("Ibu Ani", "", "", 9, None, 7),
        TieRow("Dinkes Kabupaten", "", "", None, None, 10),
        TieRow("Kader PKK", "", "information", 8, "informal", 6, "rajin"),
        TieRow("Sri", "Tuti", "", 8),
        TieRow("Tuti", "Sri", "", 6),
        TieRow("Wati", "Warung Susi", "", 7),
    ),
)


@functools.cache
def form_file(form, lang):
    """Bytes of a form, written once: that takes a second."""
    return form_bytes(form, load_scenario("baseline_reflection").scenario, lang, "map.xlsx")


def workbook(form=FORM, lang="id"):
    """A form as an open workbook of openpyxl."""
    return openpyxl.load_workbook(io.BytesIO(form_file(form, lang)))
