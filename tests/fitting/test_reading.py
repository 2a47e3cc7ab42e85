"""Records from CSV files: what may stand in them, and where each fault is told to be."""

from datetime import date

import pytest

from getok.analysis.fitting.calendar import Calendar, order_of
from getok.analysis.fitting.reading import read_records
from getok.analysis.fitting.records import NEVER, Event, Sale
from getok.simulation.errors import GetokError
from getok.simulation.scenario.load import load_scenario

SCENARIO = load_scenario("implemented_2019").scenario
GOOD = "week,channel,packs\n" + "".join(f"{week},door,{week % 5}\n" for week in range(1, 13))


def read(folder, sales=GOOD, events=None, week_one=None):
    (folder / "sales.csv").write_text(sales, encoding="utf-8")
    if events is not None:
        (folder / "events.csv").write_text(events, encoding="utf-8")
    return read_records(folder / "sales.csv", None if events is None else folder / "events.csv", SCENARIO, week_one)


def told(folder, **files):
    with pytest.raises(GetokError) as caught:
        read(folder, **files)
    return str(caught.value).replace(folder.as_posix() + "/", "")


def test_weeks_gaps_sums_and_events_are_read(tmp_path):
    sales = "channel,packs,week,until\nshop,30,5,8\ndoor,7,1,\ndoor,9,3,\nshop,0,20,30\n"
    events = "event,what,week\nregistered,,4\nagreed,susi,9\nhalal_granted,,never\nmember_joined,,3\nmember_joined,,5\n"
    records = read(tmp_path, sales, events)
    assert records.sales == (
        Sale("door", 1, 1, 7), Sale("door", 3, 3, 9), Sale("shop", 5, 8, 30), Sale("shop", 20, 30, 0),
    )  # fmt: skip
    assert records.end == 30
    assert records.events[:3] == (
        Event("granted", "registration", 4), Event("agreed", "susi", 9), Event("granted", "halal", NEVER),
    )  # fmt: skip
    assert [event.week for event in records.events if event.is_of_member] == [3, 5]


def test_dates_are_counted_from_the_first_day_of_week_one(tmp_path):
    days = [f"2019-01-{day:02d},door,1" for day in (7, 7, 14)]
    sales = "\n".join(
        ["date,channel,packs", days[0], days[2], *(f"2019-{month:02d}-01,shop,2" for month in range(2, 9))]
    )
    records = read(tmp_path, sales, week_one=date(2019, 1, 7))
    assert [sale.first for sale in records.of("door")] == [1, 2]
    assert "line 2 already" in told(tmp_path, sales="\n".join(["date,channel,packs", *days]), week_one=date(2019, 1, 7))


FAULTS = {
    "week,channel,packs\n1,dor,3\n": "sales.csv:2:3  channel  unknown channel 'dor'; there are door, shop, "
    "institution, supermarket, online; did you mean 'door'?",
    "week,channel,packs\n1,door,-3\n": "sales.csv:2:8  packs  -3 packs cannot be sold",
    "week,channel,packs\n1,door,many\n": "sales.csv:2:8  packs  'many' is no number",
    "week,channel,packs\n1,door,nan\n": "sales.csv:2:8  packs  nothing stands here; write 0 if nothing",
    "week,channel,packs\n1.5,door,3\n": "sales.csv:2:1  week  '1.5' is no week",
    "week,channel,packs\n0,door,3\n": "sales.csv:2:1  week  '0' lies before week 1",
    "week,channel,packs\n105,door,3\n": "sales.csv:2:1  week  '105' is week 105; the scenario has 104 weeks",
    "week,channel,packs\n4,door,3\n5,shop,1\n4,door,2\n": "sales.csv:4:1  week  line 2 already says",
    "week,channel,packs,until\n4,door,3,9\n6,door,1,\n": "sales.csv:3:1  week  line 2 already says",
    'packs,"channel",week,until\n3,"door",9,4\n': "sales.csv:2:12  until  '4' lies before the first week",
    "date,channel,packs\n2019-01-07,door,3\n": "sales.csv:2:1  date  a date needs the first day of week 1: --week-one",
    "week,date,channel,packs\n1,2019-01-07,door,3\n": "sales.csv:1:1  needs one of the columns 'week' and 'date'",
    "channel,packs\ndoor,3\n": "sales.csv:1:1  needs one of the columns 'week' and 'date'",
    "week,packs\n1,3\n": "sales.csv:1  channel  this column is missing",
    "week,channel,packs\n1,door\n": "sales.csv:2  has 2 cells, the head has 3",
    "week,channel,packs\n1,door,3\n2,door,4\n": "sales.csv  covers 2 weeks; at least 8 are needed",
}


@pytest.mark.parametrize("text", FAULTS)
def test_faults_of_sales_are_told_with_line_and_column(tmp_path, text):
    assert FAULTS[text] in told(tmp_path, sales=text)


OF_EVENTS = {
    "event,what,week\nagred,susi,3\n": "events.csv:2:1  event  unknown event 'agred'",
    "event,what,week\nagreed,suzi,3\n": "events.csv:2:8  what  'suzi' is no outlet of the scenario; there are susi, ",
    "event,what,week\ngranted,,3\n": "events.csv:2:9  what  missing: which service",
    "event,what,week\nagreed,susi,\n": "events.csv:2:13  week  '' is no week; write a whole number, such as 12; 'ne",
    "event,what,week\nagreed,susi,3\nagreed,susi,4\n": "events.csv:3:1  event  line 2 already says when this happened",
    "event,what,week\nfirst_sale,kiosk,3\n": "events.csv:2:12  what  'kiosk' is no channel of the scenario",
}


@pytest.mark.parametrize("text", OF_EVENTS)
def test_faults_of_events_are_told_with_line_and_column(tmp_path, text):
    assert OF_EVENTS[text] in told(tmp_path, events=text)


def test_a_date_that_is_none_is_told(tmp_path):
    text = "date,channel,packs\n2019-02-30,door,3\n"
    assert "sales.csv:2:1  date  '2019-02-30' is no date" in told(tmp_path, sales=text, week_one=date(2019, 1, 7))


def test_all_faults_of_both_files_are_told_at_once(tmp_path):
    found = told(tmp_path, sales="week,channel,packs\n1,dor,-3\n", events="event,week\nagred,0\n")
    assert found.endswith("4 errors. Nothing was run.")
    assert "did you mean 'agreed'?" in found


WEEKS = ("05/01/2026", "12/01/2026", "19/01/2026", "26/01/2026", "02/02/2026", "09/02/2026", "16/02/2026", "23/02/2026")
EXCEL = "\ufefftanggal;saluran;bungkus\r\n" + "".join(f"{day};Keliling;12,5\r\n" for day in WEEKS)


def test_a_file_of_an_indonesian_spreadsheet_is_read_as_a_whole(tmp_path):
    sales = EXCEL.replace("12/01/2026;Keliling;12,5", "12/01/2026;warung;1.200")
    records = read(tmp_path, sales, week_one=date(2026, 1, 5))
    assert records.of("shop") == (Sale("shop", 2, 2, 1200.0),)
    assert [sale.first for sale in records.of("door")] == [1, 3, 4, 5, 6, 7, 8]
    assert records.of("door")[0].packs == 12.5


def test_days_of_a_week_are_added_up_and_columns_of_ones_own_are_told(tmp_path):
    days = "date,channel,packs,price\n" + "".join(f"2019-01-{day:02d},door,2,Rp 5.000\n" for day in range(7, 32))
    days += "".join(f"2019-{month:02d}-10,door,1,\n" for month in range(2, 9))
    records = read(tmp_path, days, week_one=date(2019, 1, 7))
    assert [sale.packs for sale in records.of("door")[:4]] == [14, 14, 14, 8]
    assert (records.unread, records.n_added) == (("price",), 21)


SAME = {
    "words of months": ("5 Januari 2026", date(2026, 1, 5)),
    "as Excel cuts them": ("5-Agt-26", date(2026, 8, 5)),
    "a point": ("5.1.2026", date(2026, 1, 5)),
    "midnight": ("2026-01-05 00:00:00", date(2026, 1, 5)),
}


@pytest.mark.parametrize("case", SAME)
def test_dates_as_people_write_them(case):
    cell, day = SAME[case]
    assert Calendar(100, day, order_of([cell], is_day_first=True)).day(cell) == day


ASKED = {
    "thousands or a decimal": ("week,channel,packs\n1,door,1.200\n", "sales.csv:2:8  packs  '1.200' may be 1200"),
    "raised digits": ("week,channel,packs\n1,door,1²\n", "sales.csv:2:8  packs  '1²' is no number"),
    "raised digits in a week": ("week,channel,packs\n1²,door,1\n", "sales.csv:2:1  week  '1²' is no week"),
    "money": ("week,channel,packs\n1,door,Rp 12.000\n", "packs  'Rp 12.000' is an amount of money; expected packs"),
    "a total": ("week,channel,packs\n1,door,3\nJumlah,,3\n", "sales.csv:3:1  week  sums up the other lines"),
    "too many": ("week,channel,packs\n1,door,1e9\n", "1e9 packs are more than a group sells"),
    "a week of many digits": (f"week,channel,packs\n{'9' * 5000},door,1\n", "is no week"),
    "day or month": ("date,channel,packs\n05/01/2026,door,3\n", "'05/01/2026' may be 2026-01-05 or 2026-05-01"),
    "days and months": ("date,channel,packs\n25/01/2026,door,3\n01/25/2026,door,3\n", "days come first in some"),
    "short years": ("date,channel,packs\n05/01/26,door,3\n", "'05/01/26' has a year of two digits"),
    "a serial number": ("date,channel,packs\n46027,door,3\n", "'46027' is no date"),
    "nothing": ("week,channel,packs\n1,door,\n", "packs  nothing stands here; write 0 if nothing was sold"),
    "about": ("week,channel,packs\n1,door,± 12\n", "'± 12' is no number"),
    "another column": ("minggu,tempat,bungkus\n1,warung,3\n", "sales.csv:1  channel  this column is missing"),
    "both languages": ("week,minggu,channel,packs\n1,1,door,3\n", "week  this column stands more than once"),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_may_mean_two_things_is_asked_about(case, tmp_path):
    text, what = ASKED[case]
    assert what in told(tmp_path, sales=text, week_one=date(2026, 1, 5))


def test_a_workbook_is_told_to_be_one(tmp_path):
    (tmp_path / "sales.xlsx").write_bytes(b"PK")
    with pytest.raises(GetokError, match="is a workbook; save its sheet as CSV"):
        read_records(tmp_path / "sales.xlsx", None, SCENARIO)


def test_of_very_many_faults_the_first_are_told(tmp_path):
    found = told(tmp_path, sales="week,channel,packs\n" + "1,door,x\n" * 5000)
    assert found.count("is no number") == 50
    assert "and 4950 more faults like these" in found


def test_an_outlet_may_be_called_by_its_name(tmp_path):
    records = read(tmp_path, events="kejadian,tentang,minggu\nAgreed,Warung Susi,9\nHalal_granted,,Belum\n")
    assert records.events == (Event("agreed", "susi", 9), Event("granted", "halal", NEVER))
