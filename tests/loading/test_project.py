"""Projects: which files they are made of, what they add to their city, and how they are found."""

from __future__ import annotations

import hashlib
import pickle
from datetime import date, datetime
from pathlib import Path

import pytest

from gremienplan.errors import InputError
from gremienplan.loading import inspect, load
from gremienplan.loading.ordner import shipped
from gremienplan.quellen import Authority
from gremienplan.rules import RegelArt, gastgeber
from tests.loading.ordner import MUSTERSTADT, change, copy_city, places, problems

KALENDER = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Muster//Rat//DE
BEGIN:VEVENT
UID:{uid}
DTSTART;TZID=Europe/Berlin:{tag}T160000
DTEND;TZID=Europe/Berlin:{tag}T190000
SUMMARY:{name}
{mehr}END:VEVENT
END:VCALENDAR
"""


def _kalender(pfad: Path, tag: str, name: str = "Bezirksrat Ost", mehr: str = "") -> None:
    pfad.parent.mkdir(parents=True, exist_ok=True)
    text = KALENDER.format(uid=f"{pfad.stem}-{tag}", tag=tag, name=name, mehr=mehr)
    pfad.write_bytes(text.replace("\n", "\r\n").encode())


_FRIST = """[[frist]]
id = "{id}"
art = "bedarf-melden"
fuer = "{fuer}"
tage = 20
{wort}
"""


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    """A project with its own copy of the Musterstadt and one council calendar."""
    ordner = tmp_path / "projekt"
    ordner.mkdir()
    copy_city(ordner)
    (ordner / "gremienplan.toml").write_text('format = 1\nstadt = "stadt"\n', "utf-8")
    _kalender(ordner / "ratskalender" / "rat.ics", "20270203")
    return ordner


def _write(projekt: Path, text: str) -> None:
    (projekt / "gremienplan.toml").write_text(f'format = 1\nstadt = "stadt"\n{text}', "utf-8")


def test_a_project_is_a_city_with_its_council_calendar(projekt: Path) -> None:
    gelesen = load(projekt)
    assert gelesen.stadt.id == "musterstadt"
    (sitzung,) = gelesen.ratskalender.sitzungen
    assert (sitzung.gremium, sitzung.beginn) == ("bezirksrat/ost", datetime(2027, 2, 3, 16))


@pytest.mark.parametrize("teil", ["", "gremienplan.toml"])
def test_a_project_is_named_by_its_folder_or_its_file(teil: str, projekt: Path) -> None:
    assert load(projekt / teil) == load(str(projekt / teil)) == load(projekt)


def test_a_city_folder_is_read_without_a_project() -> None:
    gelesen = load(MUSTERSTADT)
    assert gelesen.ratskalender.sitzungen == ()
    assert gelesen.besetzt == ()


@pytest.mark.parametrize("name", shipped())
def test_every_city_that_ships_can_be_read_by_its_name(name: str) -> None:
    """Without a mistake, and with inputs that name no folder of this machine."""
    gelesen = load(name)
    assert gelesen.stadt.id == name
    assert all(eingabe.startswith(f"cities/{name}/") for eingabe in gelesen.eingaben)


def test_a_project_may_name_a_city_that_ships(projekt: Path) -> None:
    stadt = shipped()[0]
    (projekt / "gremienplan.toml").write_text(f'format = 1\nstadt = "{stadt}"\n', "utf-8")
    assert load(projekt).stadt.id == stadt


@pytest.mark.parametrize(("pfad", "hinweis"), [("ham", "hamm"), ("gibt/es/nicht", "hamm")])
def test_what_is_neither_folder_nor_city_is_one_problem(pfad: str, hinweis: str) -> None:
    with pytest.raises(InputError) as caught:
        load(pfad)
    (problem,) = caught.value.problems
    assert problem.datei == pfad
    assert hinweis in str(problem.hinweis)


def test_a_folder_that_holds_neither_is_one_problem(tmp_path: Path) -> None:
    assert [p.datei for p in problems(tmp_path)] == [str(tmp_path)]


def test_inputs_are_the_files_that_were_read_with_their_hashes(projekt: Path) -> None:
    """Named from the project's folder, so that the plan is the same wherever the project lies."""
    eingaben = load(projekt).eingaben
    assert list(eingaben) == [
        "gremienplan.toml",
        "ratskalender/rat.ics",
        "stadt/auslegungen.toml",
        "stadt/katalog.toml",
        "stadt/programm.toml",
        "stadt/regeln.toml",
        "stadt/stadt.toml",
    ]
    for name, wert in eingaben.items():
        assert wert == f"sha256:{hashlib.sha256((projekt / name).read_bytes()).hexdigest()}"


def test_reading_twice_gives_equal_values_that_can_be_sent_elsewhere(projekt: Path) -> None:
    assert load(projekt) == load(projekt) == pickle.loads(pickle.dumps(load(projekt)))


def test_calendars_are_found_in_the_folder_of_every_year(projekt: Path) -> None:
    _kalender(projekt / "jahre" / "2026" / "ratskalender" / "a.ics", "20260204")
    _kalender(projekt / "jahre" / "2027" / "ratskalender" / "b.ics", "20270303")
    _kalender(projekt / "jahre" / "alt" / "ratskalender" / "c.ics", "20270404")
    tage = [s.tag for s in load(projekt).ratskalender.sitzungen]
    assert tage == [date(2026, 2, 4), date(2027, 2, 3), date(2027, 3, 3)]


def test_patterns_of_the_planner_take_the_place_of_the_usual_ones(projekt: Path) -> None:
    """A file that two patterns mean is read once."""
    _kalender(projekt / "quelle" / "rat-1.ics", "20270310")
    _write(projekt, 'ratskalender = ["quelle/*.ics", "quelle/rat-1.ics"]\n')
    assert [s.tag for s in load(projekt).ratskalender.sitzungen] == [date(2027, 3, 10)]


def test_a_calendar_that_is_named_must_exist_and_a_pattern_should(projekt: Path) -> None:
    _write(projekt, 'ratskalender = ["rat.ics", "neu/*.ics", "/etc/*.ics"]\n')
    found = problems(projekt)
    assert [(p.pfad, p.wert) for p in found] == [("ratskalender", "rat.ics"), ("ratskalender", "/etc/*.ics")]
    _write(projekt, 'ratskalender = "neu/*.ics"\n')
    assert any("neu/*.ics" in str(text) for text in inspect(projekt)[1])


def test_a_project_without_council_calendar_is_worth_a_word(projekt: Path) -> None:
    assert inspect(projekt)[1] == ()
    (projekt / "ratskalender" / "rat.ics").unlink()
    (warnung,) = inspect(projekt)[1]
    assert "no council calendar" in str(warnung)


def test_a_broken_calendar_and_a_broken_rule_are_reported_together(projekt: Path) -> None:
    (projekt / "ratskalender" / "rat.ics").write_bytes(b"kein Kalender")
    change(projekt / "stadt", "regeln.toml", '"buero", "treff"]', '"bureau", "treff"]')
    found = {Path(datei).name for datei, _ in places(problems(projekt), projekt)}
    assert found == {"rat.ics", "regeln.toml"}


def test_a_series_without_end_reaches_the_year_after_the_one_to_be_planned(projekt: Path) -> None:
    """A weekly sitting that began years ago is still there when the next year's windows look for it."""
    _kalender(projekt / "ratskalender" / "alt.ics", "20200108", mehr="RRULE:FREQ=WEEKLY\n")
    tage = [s.tag for s in load(projekt, jahr=2027).ratskalender.sitzungen]
    assert (tage[0], tage[-1]) == (date(2020, 1, 8), date(2028, 12, 27))


def test_free_days_are_known_for_the_year_to_be_planned_and_its_neighbours() -> None:
    """Windows run into the next year, and deadlines reach back into the one before: their holidays matter as well."""
    feiertage = {tag.von for tag in load(MUSTERSTADT, jahr=2027).freitage.feiertage}
    assert {date(2026, 12, 25), date(2027, 10, 3), date(2028, 1, 1), date(2028, 10, 3)} <= feiertage


def test_free_days_are_known_for_the_years_of_the_calendar(projekt: Path) -> None:
    feiertage = {tag.von for tag in load(projekt).freitage.feiertage}
    assert {date(2026, 10, 3), date(2027, 10, 3), date(2028, 10, 3)} <= feiertage
    assert date(2025, 10, 3) not in feiertage


def test_free_days_of_the_planner_count_as_school_holidays(projekt: Path) -> None:
    _write(projekt, '[[freier_tag]]\nvon = 2027-05-07\nbis = 2027-05-07\nname = "Beweglicher Ferientag"\n')
    ferien = load(projekt, jahr=2027).freitage.ferien
    assert [tag.von for tag in ferien if tag.name == "Beweglicher Ferientag"] == [date(2027, 5, 7)]
    assert [tag.von for tag in ferien] == sorted(tag.von for tag in ferien)


def test_occupied_time_is_that_of_a_sitz_or_an_ort(projekt: Path) -> None:
    _write(
        projekt,
        '[[besetzt]]\nwer = "koordination/heide"\nvon = 2027-03-01T00:00:00\nbis = 2027-03-14T00:00:00\nwas = "frei"\n'
        '[[besetzt]]\nwer = "hafentreff"\nvon = 2027-03-02T18:00:00\nbis = 2027-03-02T20:00:00\nwas = "Chor"\n',
    )
    assert [(b.wer, b.von.hour, b.was) for b in load(projekt).besetzt] == [
        ("koordination/heide", 0, "frei"),
        ("hafentreff", 18, "Chor"),
    ]


def test_hosts_of_the_project_are_rules_on_the_planners_word(projekt: Path) -> None:
    """They speak where the city's rules are silent, for a Gremienart or one Gremium."""
    _write(projekt, '[gastgeber]\nkreis = ["buero/ost", "treff"]\n"runde/heide" = "buero"\n')
    gelesen = load(projekt)
    eigene = gelesen.regeln[-2:]
    assert [(r.id, r.art, r.grundlage.authority) for r in eigene] == [
        ("projekt-gastgeber-kreis", RegelArt.GASTGEBER, Authority.VORGABE),
        ("projekt-gastgeber-runde-heide", RegelArt.GASTGEBER, Authority.VORGABE),
    ]
    kreis = gelesen.stadt.gremien["kreis/musterstadt"]
    sitze = gastgeber(gelesen.stadt, gelesen.regeln, kreis, date(2027, 5, 1))
    assert [s.id for s in sitze] == ["leitung/musterstadt", "buero/ost", "treff/hafen"]


def test_a_gremium_without_host_is_worth_a_word_until_the_project_names_one(projekt: Path) -> None:
    """Named by its Gremienart where all its Gremien lack one, else one by one."""
    change(
        projekt / "stadt",
        "regeln.toml",
        'id = "kreis-gastgeber"\ngremium = "kreis"',
        'id = "kreis-gastgeber"\ngremium = "bezirksrat"',
    )
    alt = 'rollen = "koordination"\ntext = "MUSTER-1"'
    change(projekt / "stadt", "regeln.toml", alt, f'{alt}\nnur = ["anger"]')
    assert [str(text) for text in inspect(projekt)[1]] == [
        "No rule says who invites to the Sitzungen of: Runde Hafen, Runde Heide",
        "No rule says who invites to the Sitzungen of: Kreis",
    ]
    _write(projekt, '[gastgeber]\nkreis = "leitung"\nrunde = "koordination"\n')
    assert inspect(projekt)[1] == ()


@pytest.mark.parametrize(
    ("text", "pfad"),
    [
        ('[gastgeber]\nkries = "leitung"\n', "gastgeber.kries"),
        ('[gastgeber]\nkreis = "leiter"\n', "gastgeber.kreis"),
        ("[gastgeber]\nkreis = 7\n", "gastgeber.kreis"),
        ('[geschaeftsfuehrung]\n"runde/anger" = "leitun"\n', 'geschaeftsfuehrung."runde/anger"'),
        ('programm = "programm-x.toml"\n', ""),
        ("programm = 3\n", "programm"),
        ('stat = "hamm"\n', "stat"),
        (
            '[[besetzt]]\nwer = "angertref"\nvon = 2027-03-01T00:00:00\nbis = 2027-03-02T00:00:00\nwas = ""\n',
            "besetzt[1].wer",
        ),
        (
            '[[besetzt]]\nwer = "angertreff"\nvon = 2027-03-02T00:00:00\nbis = 2027-03-02T00:00:00\nwas = ""\n',
            "besetzt[1].bis",
        ),
        (
            '[[besetzt]]\nwer = "angertreff"\nvon = 2027-03-02\nbis = 2027-03-02T10:00:00\nwas = ""\n',
            "besetzt[1].von",
        ),
        ('[[freier_tag]]\nvon = 2027-05-07\nbis = 2027-05-06\nname = "x"\n', "freier_tag[1].bis"),
        ('[freier_tag]\nname = "x"\n', "freier_tag"),
        (_FRIST.format(id="vorlagen", fuer="kreis", wort="vorgabe = true"), 'frist[1] (id "vorlagen").id'),
        (
            _FRIST.format(id="kreis-herbst", fuer="kreis", wort="vorgabe = true"),
            'frist[1] (id "kreis-herbst").id',
        ),
        (_FRIST.format(id="neu", fuer="kries", wort="vorgabe = true"), 'frist[1] (id "neu").fuer'),
        (_FRIST.format(id="neu", fuer="kreis", wort='text = "MUSTER-1"'), 'frist[1] (id "neu").text'),
        (_FRIST.format(id="neu", fuer="kreis", wort="vorgabe = true\ntag = 3"), 'frist[1] (id "neu").tag'),
    ],
)
def test_a_mistake_in_the_projects_file_is_one_problem_at_its_place(
    text: str, pfad: str, projekt: Path
) -> None:
    _write(projekt, text)
    assert [p.pfad for p in problems(projekt)] == [pfad]


def test_a_project_writes_its_own_deadlines(projekt: Path) -> None:
    """A new one follows those of the city; one with the id of a planner's default takes that one's place."""
    city = load(projekt).programm.fristen
    assert [frist.id for frist in city] == ["ladung", "vorlagen"]
    own = _FRIST.format(id="ladung", fuer="kreis", wort="vorgabe = true")
    _write(projekt, _FRIST.format(id="neu", fuer="rat-entwurf", wort="vorgabe = true") + own)
    ladung, vorlagen, neu = load(projekt).programm.fristen
    assert (ladung.id, ladung.fuer, ladung.tage, ladung.zustaendig) == ("ladung", ("kreis",), 20, None)
    assert vorlagen == city[1]
    assert (neu.id, neu.fuer) == ("neu", ("rat-entwurf",))


@pytest.mark.parametrize(
    ("fuer", "held"),
    [
        ("runde", True),
        ("runde/anger", True),
        ("kreis/musterstadt", True),
        ("rat-entwurf", True),
        ("bezirksrat/ost", True),
        ("beirat", False),
        ("beirat/musterstadt", False),
    ],
)
def test_a_deadline_for_nothing_is_worth_a_word(fuer: str, held: bool, projekt: Path) -> None:
    """Of kinds of bodies, bodies and entries the programme has something for them."""
    art = 'beirat = { je = "stadt", name = "Beirat" }'
    change(projekt / "stadt", "stadt.toml", "[gremienart]\n", f"[gremienart]\n{art}\n")
    change(projekt / "stadt", "programm.toml", 'fuer = "bezirksrat"', f'fuer = "{fuer}"')
    said = [str(text) for text in inspect(projekt)[1] if "“vorlagen”" in str(text)]
    assert said == [] if held else ["The programme holds nothing that the deadline “vorlagen” is for."]


def test_too_little_time_to_report_needs_is_worth_a_word(projekt: Path) -> None:
    """Twenty days counted with their last one are too few for an interpreter, twenty full ones are not."""
    full = _FRIST.format(id="bedarf", fuer="kreis", wort="vorgabe = true")

    def said(text: str) -> list[str]:
        _write(projekt, text)
        return [str(warning) for warning in inspect(projekt)[1] if "interpreter" in str(warning)]

    assert said(full) == []
    (warning,) = said(full + "versandtag = true\n")
    assert "(bedarf) leaves 20 days" in warning


def test_a_second_managing_office_of_the_project_is_too_many(projekt: Path) -> None:
    _write(projekt, '[geschaeftsfuehrung]\nkreis = "buero/west"\n')
    assert [p.pfad for p in problems(projekt)] == ["geschaeftsfuehrung"]


def test_the_programme_is_a_file_of_the_city_or_one_beside_the_project(projekt: Path) -> None:
    """What the caller names goes before what the project says, and that before the usual one."""
    assert load(projekt).programm.id == "M"
    _write(projekt, 'programm = "programm-kurz.toml"\n')
    assert load(projekt).programm.id == "K"
    assert load(projekt, programm="programm.toml").programm.id == "M"
    text = (MUSTERSTADT / "programm.toml").read_text("utf-8").replace('id = "M"', 'id = "E"')
    (projekt / "eigenes.toml").write_text(text, "utf-8")
    gelesen = load(projekt, programm="eigenes.toml")
    assert gelesen.programm.id == "E"
    assert "eigenes.toml" in gelesen.eingaben


def test_a_project_says_only_what_its_programme_changes(projekt: Path) -> None:
    """Its own file goes before the city's of the same name, and may build on that one."""
    citys = load(projekt).programm
    left_out, *kept = citys.bedingungen
    kopf = f'id = "E"\nname = "Eigenes"\nerweitert = "programm.toml"\nohne = ["{left_out.id}"]\n'
    (projekt / "programm.toml").write_text(f"format = 1\n[programm]\n{kopf}", "utf-8")
    own = load(projekt).programm
    assert own.id == "E"
    assert list(own.bedingungen) == kept
    assert own.sitzungen == citys.sitzungen


def test_a_project_names_deputies_beside_those_of_its_city(projekt: Path) -> None:
    before = dict(load(projekt).stadt.vertretungen)
    _write(projekt, '[vertretung]\n"koordination/heide" = "koordination/anger"\n')
    assert load(projekt).stadt.vertretungen == {**before, "koordination/heide": "koordination/anger"}
    _write(projekt, '[vertretung]\n"koordination/heide" = "koordination/nirgends"\n')
    assert [p.wert for p in problems(projekt)] == ["koordination/nirgends"]


# --- dates that somebody else has fixed, or not yet announced ---------------------------------------------------

FEST = '[[fest]]\nsitzung = "kreis-herbst/musterstadt"\nbeginn = 2027-11-11T17:10:00\n'


def test_a_project_says_which_dates_are_fixed_and_which_are_still_to_come(projekt: Path) -> None:
    _write(
        projekt,
        f'{FEST}wochentag = "do"\nort = "hafentreff"\n'
        '[[offen]]\nsitzung = "runde-entwurf/heide"\njahr = 2027\n',
    )
    gelesen = load(projekt)
    (fest,) = gelesen.fest
    assert (fest.beginn, fest.ende, fest.ort) == (datetime(2027, 11, 11, 17, 10), None, "hafentreff")
    assert gelesen.offene(2027) == {"runde-entwurf/heide"}
    assert gelesen.offene(2028) == frozenset()


@pytest.mark.parametrize(
    ("text", "pfad"),
    [
        (f'{FEST}wochentag = "mi"\n', "fest[1].wochentag"),
        (f"{FEST}ende = 2027-11-11T17:10:00\n", "fest[1].ende"),
        (f"{FEST}ende = 2027-11-13T17:10:00\n", "fest[1].ende"),
        (f'{FEST}ort = "hafentref"\n', "fest[1].ort"),
        (FEST.replace("herbst", "winter"), "fest[1].sitzung"),
        (f"{FEST}{FEST}", "fest[2].sitzung"),
        (FEST.replace("11-11T17:10", "03-28T02:30"), "fest[1].beginn"),
        (FEST.replace("11-11T17:10", "10-31T02:30"), "fest[1].beginn"),
        (f"{FEST.replace('11-11T17:10', '10-31T00:30')}ende = 2027-10-31T02:00:00\n", "fest[1].ende"),
        (f'{FEST}[[offen]]\nsitzung = "kreis-herbst/musterstadt"\n', "offen[1].sitzung"),
        ('[[offen]]\nsitzung = "kreis-herbst"\n', "offen[1].sitzung"),
    ],
)
def test_a_mistake_in_such_a_date_is_reported_where_it_stands(projekt: Path, text: str, pfad: str) -> None:
    """Weekday and date that disagree, an end before the start, what nobody knows, what is said twice."""
    _write(projekt, text)
    assert places(problems(projekt), projekt) == [("gremienplan.toml", pfad)]


def test_a_date_may_be_fixed_in_one_year_and_open_in_another(projekt: Path) -> None:
    _write(projekt, f'{FEST}[[offen]]\nsitzung = "kreis-herbst/musterstadt"\njahr = 2028\n')
    assert load(projekt).offene(2028) == {"kreis-herbst/musterstadt"}


def test_mistakes_in_dates_hide_no_others(projekt: Path) -> None:
    """One entry with a wrong weekday, one that cannot be read, two that name what nobody knows: all are told."""
    _write(
        projekt,
        f'{FEST}wochentag = "mi"\n[[fest]]\nsitzung = "kreis-winter/x"\nbeginn = "bald"\n'
        '[[offen]]\nsitzung = "kreis-herbst"\n',
    )
    found = places(problems(projekt), projekt)
    assert sorted(pfad for _, pfad in found) == [
        "fest[1].wochentag",
        "fest[2].beginn",
        "fest[2].sitzung",
        "offen[1].sitzung",
    ]
