"""What a parameter says about the world, in the reader's language.

The English meaning is the declared one (:mod:`getok.simulation.scenario.parameters`); its Indonesian stands here, one line for
each declared parameter, in the words of ``docs/glossary.md``.
"""

from __future__ import annotations

from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.phrases import Lang

# fmt: off
INDONESIAN: dict[str, str] = {
    # population
    "n_households_rw": "Rumah tangga di RW tempat kelompok berada.",
    "n_rt": "RT di dalam RW itu.",
    "n_households_outside": "Rumah tangga di kelurahan yang sama, di luar RW.",
    "n_institution_pool": "Orang yang sehari-hari datang ke lembaga (PUSDIKTEK).",
    "n_ring_neighbours": "Tetangga terdekat yang dikenal tiap rumah tangga di RT-nya.",
    "weak_ties_within": "Rata-rata jumlah ikatan lemah satu rumah tangga di dalam wilayahnya.",
    "weak_ties_across": "Rata-rata jumlah ikatan lemah satu rumah tangga ke wilayah lain.",
    "n_members": "Anggota kelompok.",
    "n_officers": "Anggota yang menjadi pengurus.",
    "n_member_extra_ties": "Ikatan sosial tambahan tiap anggota di dalam RW.",
    "n_warungs": "Warung di RW, termasuk yang disebut namanya dan menjadi pelaku dalam model.",
    "n_shops_per_household": "Warung yang menjadi langganan satu rumah tangga.",
    "n_paud_households": "Rumah tangga yang anaknya bersekolah di PAUD.",
    "n_bank_households": "Rumah tangga yang sering datang ke kantor cabang bank.",
    "supermarket_share": "Bagian rumah tangga yang berbelanja di supermarket.",
    "online_share": "Bagian orang yang membeli makanan lewat aplikasi pesan dan media sosial.",
    # buyers
    "threshold_innovator": "Rata-rata ambang adopsi inovator (2,5 %).",
    "threshold_early_adopter": "Rata-rata ambang adopsi pengadopsi awal (13,5 %).",
    "threshold_early_majority": "Rata-rata ambang adopsi mayoritas awal (34 %).",
    "threshold_late_majority": "Rata-rata ambang adopsi mayoritas akhir (34 %).",
    "threshold_laggard": "Rata-rata ambang adopsi kaum lamban (16 %).",
    "threshold_sd": "Sebaran ambang di dalam satu kategori pengadopsi.",
    "trust_near_members": "Kepercayaan awal kepada kelompok pada rumah tangga yang punya ikatan dengan anggota.",
    "trust_rw": "Kepercayaan awal kepada kelompok pada rumah tangga lain di RW.",
    "trust_outside": "Kepercayaan awal kepada kelompok di luar RW.",
    "trust_sd": "Sebaran kepercayaan awal kepada kelompok.",
    "word_adopter_probability": "Tetangga yang membeli bercerita tentang produk dalam seminggu.",
    "word_aware_probability": "Tetangga yang tahu tetapi tidak membeli bercerita tentang produk dalam seminggu.",
    "shelf_probability": "Melihat produk dipajang di tempat langganan, atau mendengarnya di sana, dalam seminggu.",
    "online_reach_probability": "Akun kelompok menjangkau seorang pengguna online dalam seminggu.",
    "persuasion_probability": "Orang yang sudah tahu mulai membentuk sikap dalam seminggu.",
    "influence_weight": "Bobot tetangga yang membeli dalam sikap; menurut bukti yang ada, mungkin juga nol.",
    "buyer_legality_weight": "Bobot indeks legalitas dalam sikap pembeli.",
    "buyer_quality_weight": "Bobot kenaikan mutu yang tampak dalam sikap pembeli.",
    "trial_probability": "Pembeli yang sudah memutuskan ya mencoba produk saat ada kesempatan membeli.",
    "confirm_probability": "Pengalaman baik menjadikan pembeli pada tahap pelaksanaan pembeli tetap (tahap konfirmasi).",
    "lapse_probability": "Pembeli tetap berhenti membeli begitu saja dalam seminggu.",
    "reject_probability": "Rumah tangga yang belum yakin memutuskan tidak dalam seminggu.",
    "reconsider_probability": "Rumah tangga yang menolak mempertimbangkannya lagi dalam seminggu.",
    "reconsider_convinced_probability": "Rumah tangga yang menolak, tetapi sikapnya sudah melampaui ambangnya, mempertimbangkannya lagi dalam seminggu.",
    "react_probability": "Pembeli yang sudah berhenti, dan sikapnya melampaui ambangnya, kembali dalam seminggu.",
    "good_base_probability": "Satu pembelian menjadi pengalaman baik bila mutunya 0.",
    "good_quality_weight": "Tambahan dari mutu penuh pada peluang pengalaman baik.",
    "discontinue_probability": "Pengalaman buruk membuat pembeli pada tahap pelaksanaan berhenti.",
    "discontinue_confirmed_share": "Bagian dari peluang berhenti itu yang berlaku bagi pembeli tetap.",
    "buy_door_probability": "Pembeli tetap yang ditemui di rumahnya membeli.",
    "buy_shop_probability": "Pembeli tetap menanyakan produk di tempat langganannya dalam seminggu.",
    "buy_online_probability": "Pembeli tetap yang online memesan dalam seminggu.",
    "implementing_share": "Bagian dari peluang membeli itu yang berlaku sebelum seseorang menjadi pembeli tetap.",
    "packs_mean": "Rata-rata bungkus dalam satu pembelian.",
    # trust
    "trust_gain_rate": "Bagian dari kepercayaan yang masih kurang yang ditutup oleh bukti baik.",
    "trust_loss_rate": "Bagian dari kepercayaan yang hilang karena bukti buruk.",
    "word_trust_gain_rate": "Bagian dari kepercayaan yang masih kurang yang ditutup oleh cerita baik.",
    "word_trust_loss_rate": "Bagian dari kepercayaan yang hilang karena cerita buruk.",
    "bad_word_probability": "Pengalaman buruk sampai kepada seorang tetangga tertentu.",
    "trust_drift_rate": "Bagian dari jarak ke nilai awalnya yang ditempuh kembali oleh kepercayaan dalam seminggu.",
    # shops
    "owner_trust_mean": "Kepercayaan awal pemilik warung kepada kelompok.",
    "owner_trust_sd": "Sebaran kepercayaan awal pemilik warung.",
    "owner_threshold_mean": "Rata-rata ambang pemilik warung.",
    "owner_threshold_sd": "Sebaran ambang pemilik warung.",
    "acceptance_slope": "Ketajaman keputusan pemilik warung.",
    "meeting_trust_gain_rate": "Bagian dari kepercayaan yang masih kurang yang ditutup oleh satu pertemuan.",
    "owner_legality_weight": "Pengaruh legalitas penuh pada keraguan pemilik; tidak dapat ditentukan dari makalah.",
    "owner_quality_weight": "Pengaruh kenaikan mutu yang tampak pada keraguan pemilik; tidak dapat ditentukan dari makalah.",
    "pending_share": "Pengaruh sertifikat yang masih diproses dibandingkan dengan yang sudah terbit; tidak dapat ditentukan dari makalah.",
    "informal_weight": "Bobot kerja sama informal dalam keputusan pemilik.",
    "verbal_weight": "Bobot kesepakatan lisan dalam keputusan pemilik.",
    "mou_weight": "Bobot MoU (nota kesepahaman) dalam keputusan pemilik; tidak dapat ditentukan dari makalah.",
    "pull_weight": "Bobot bagian pelanggan yang membeli produk dalam keputusan pemilik.",
    "legality_weight_registration": "Bobot pendaftaran dalam indeks legalitas.",
    "legality_weight_pirt": "Bobot P-IRT dalam indeks legalitas.",
    "legality_weight_halal": "Bobot sertifikat halal dalam indeks legalitas.",
    "legality_weight_trademark": "Bobot merek dagang dalam indeks legalitas.",
    "cycle_weeks": "Minggu antara dua perhitungan di satu tempat penjualan.",
    "n_trial_cycles": "Siklus sebelum pemilik mantap menjual produk (tahap konfirmasi).",
    "sell_through_norm": "Bagian titipan yang harus terjual supaya pemilik puas.",
    "confirm_trust": "Kepercayaan yang diperlukan pemilik untuk mantap menjual produk (tahap konfirmasi).",
    "drop_trust_share": "Batas, sebagai bagian dari kepercayaan untuk mantap, yang di bawahnya pemilik berhenti menjual produk.",
    "commission_share": "Komisi tempat titip jual.",
    "adhoc_offer_weeks": "Minggu antara dua tawaran sambil lalu kepada warung, tanpa pertemuan.",
    "adhoc_interest_probability": "Tawaran sambil lalu membuat pemilik yang sudah tahu mempertimbangkannya.",
    "first_lot_packs": "Titipan pertama di warung atau supermarket.",
    "first_lot_institution_packs": "Titipan pertama di lembaga.",
    "lot_growth": "Titipan berikutnya dibandingkan dengan yang terjual.",
    "lot_min_packs": "Titipan terkecil.",
    "lot_max_packs": "Titipan terbesar.",
    "minor_evidence_weight": "Bobot janji pengiriman yang tidak ditepati sebagai bukti.",
    "reapproach_weeks": "Minggu sebelum pemilik yang berhenti menjual didekati lagi.",
    "supermarket_margin_share": "Margin supermarket.",
    "supermarket_payment_weeks": "Minggu keterlambatan pembayaran oleh supermarket.",
    "supermarket_curation_probability": "Kurasi tiga bulanan menerima produk yang memenuhi syarat.",
    "supermarket_capacity_packs": "Kapasitas seminggu yang diminta supermarket selama empat minggu.",
    "supermarket_packaging": "Mutu kemasan yang diminta supermarket.",
    # supply and money
    "door_visit_rate": "Pintu yang diketuk seorang anggota dalam seminggu.",
    "contact_probability": "Ada orang yang ditemui ketika pintu diketuk.",
    "own_ties_share": "Bagian kunjungan keliling kepada orang yang punya ikatan dengan anggota itu.",
    "own_block_share": "Bagian kunjungan keliling selebihnya yang dilakukan di RT anggota itu sendiri.",
    "capacity_member_packs": "Bungkus yang dapat dibuat seorang anggota dalam seminggu dengan alat sendiri.",
    "equipment_gain": "Tambahan pada pengali kapasitas dari peralatan hasil bantuan modal.",
    "price_rupiah": "Harga satu bungkus.",
    "cost_share": "Biaya pokok satu bungkus sebagai bagian dari harganya.",
    "shelf_life_weeks": "Minggu sampai satu bungkus kedaluwarsa.",
    "initial_cash_rupiah": "Modal kerja pada awalnya.",
    "distributed_share": "Bagian sisa hasil usaha yang diterima anggota.",
    "handling_rupiah": "Biaya mengantar satu bungkus ke tempat penjualan atau mengirimnya lewat penjualan online.",
    "online_fee_share": "Potongan untuk penjualan online.",
    "quality_start": "Mutu produk pada awalnya.",
    "packaging_start": "Mutu kemasan pada awalnya.",
    "training_quality_gain": "Tambahan mutu produk dari pelatihan.",
    "training_packaging_gain": "Tambahan mutu kemasan dari pelatihan.",
    "plan_margin": "Produksi yang direncanakan dibandingkan dengan permintaan yang dihaluskan.",
    "forecast_smoothing": "Bobot minggu terakhir dalam permintaan yang dihaluskan.",
    "poverty_line_rupiah": "Garis kemiskinan per orang per bulan.",
    "household_persons": "Jumlah orang dalam satu rumah tangga miskin.",
    "visit_cost_rupiah": "Biaya bagi pemerintah untuk satu kunjungan pendamping.",
    # members
    "self_effort_rate": "Kunjungan seminggu yang dilakukan kelompok sendiri bila semua anggota menjalankan program.",
    "attendance_probability": "Seorang anggota hadir dalam satu sesi.",
    "commit_probability": "Anggota yang sudah yakin dan ikut dalam penetapan mitra berkomitmen pada rencana.",
    "income_signal_share": "Kenaikan pendapatan yang terasa oleh anggota.",
    "member_quit_probability": "Anggota tanpa pendamping dan tanpa kenaikan pendapatan menyerah dalam seminggu.",
}
# fmt: on


def parameter_text(name: str, lang: Lang) -> str:
    """Say what a parameter means, in one sentence.

    Raises
    ------
    KeyError
        If no such parameter is declared.

    Examples
    --------
    >>> parameter_text("price_rupiah", "id")
    'Harga satu bungkus.'
    """
    return BY_NAME[name].meaning if lang == "en" else INDONESIAN[name]


def parameter_phrase(name: str, lang: Lang) -> str:
    """Name a parameter inside a sentence: its meaning without reservations, and its key; other keys alone.

    Examples
    --------
    >>> parameter_phrase("price_rupiah", "en")
    'price of a pack (`price_rupiah`)'
    >>> parameter_phrase("agencies.halal.acceptance", "id")
    '`agencies.halal.acceptance`'
    """
    if name not in BY_NAME:
        return f"`{name}`"
    meaning = parameter_text(name, lang).removesuffix(".").split("; ")[0]
    first = meaning if meaning[:2].isupper() else meaning[0].lower() + meaning[1:]
    return f"{first} (`{name}`)"
