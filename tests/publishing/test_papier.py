"""The plan on paper: every Sitzung once, at its time; one page; tagged; the same bytes; whatever names say."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta

import pytest
from attrs import evolve

from gremienplan.errors import InputError
from gremienplan.plan import Plan, Termin, Zustand
from gremienplan.programm import Sitzungseintrag
from gremienplan.projekt import Projekt
from gremienplan.publishing import release
from gremienplan.publishing.papier import Papier, blaetter, gebiete, gebietsliste, jahresblatt
from gremienplan.publishing.papier.eintraege import eintraege
from gremienplan.publishing.papier.satz import _UEBLICH, pdf, printable
from gremienplan.ratskalender import FreierTag, Freitage
from gremienplan.release import OEFFENTLICH
from tests.nur_ci import CI, nur_ci
from tests.publishing import lesen, papierlesen, welt

ein_jahr_mehr = nur_ci("another page of a year takes its second")
PROJEKT = welt.projekt()
PLAN = welt.plan(PROJEKT)


def viele(anzahl: int, tage: list[date]) -> tuple[Projekt, Plan]:
    """Return a project and a plan of so many Sitzungen of three Sozialräume, on these days in turn."""
    eintraege = tuple(
        Sitzungseintrag(f"r{n}", "runde" if n % 3 else "konferenz", ("regulaer",), welt.TEXT)
        for n in range(anzahl // 3)
    )
    projekt = evolve(PROJEKT, programm=evolve(PROJEKT.programm, sitzungen=eintraege, beratungen=()))
    termine = []
    for nummer, sitzung in enumerate(projekt.sitzungen(welt.JAHR)):
        beginn = datetime.combine(tage[nummer % len(tage)], time(8 + nummer % 11, nummer % 2 * 30))
        ende = beginn + timedelta(minutes=90)
        termine.append(Termin(sitzung.id, sitzung.gremium.id, beginn, ende, sitzung.orte[0].id))
    plan = evolve(PLAN, termine=tuple(termine), beratungen=())
    return projekt, welt.settled(plan)


@pytest.fixture(scope="module")
def blatt() -> bytes:
    """Return the year of the invented city."""
    return jahresblatt(PROJEKT, PLAN)


def beginne(plan: Plan) -> list[datetime]:
    return sorted(t.beginn for t in plan.termine)


class TestYear:
    """The year on one page."""

    def test_each_sitzung_once_when_the_calendars_have_it(self, blatt: bytes) -> None:
        """And where: with the name of its Gebiet, or of the Gremium where that is the whole city's."""
        alle = lesen.events(welt.feeds(PROJEKT, PLAN)["alle.ics"])
        gefunden = papierlesen.year(blatt)
        assert [beginn for beginn, _ in gefunden] == sorted(v.zeit("DTSTART") for v in alle)
        gremien = {t.beginn: PROJEKT.stadt.gremien[t.gremium] for t in PLAN.termine}
        for beginn, was in gefunden:
            gremium = gremien[beginn]
            stadtweit = gremium.gebiet.ebene == "stadt"
            assert (gremium.art.name if stadtweit else gremium.gebiet.name) in was

    def test_marks_tell_the_gremien_apart(self, blatt: bytes) -> None:
        """Without colour: by letters, which the legend explains."""
        zeichen = {"runde": "K", "konferenz": "S", "lenkungskreis": "L"}
        gremien = {t.beginn: PROJEKT.stadt.gremien[t.gremium] for t in PLAN.termine}
        for beginn, was in papierlesen.year(blatt):
            assert was.split()[0] == zeichen[gremien[beginn].art.id]
        for name in ("K Koordinierungsrunde", "S Stadtteilkonferenz", "L Lenkungskreis"):
            assert name in papierlesen.text(blatt)

    def test_only_the_public_ones(self) -> None:
        """To hang up: Stadtteilkonferenzen and nothing else, with their places, and no word of the others.

        Holidays stand by their name on their day, school holidays where they begin, and how far they are known.
        """
        frei = Freitage(
            (FreierTag(date(2027, 5, 1), date(2027, 5, 1), "Tag der Arbeit"),),
            (FreierTag(date(2027, 7, 19), date(2027, 8, 31), "Sommerferien"),),
            date(2027, 8, 31),
            (2027,),
        )
        projekt = evolve(PROJEKT, freitage=frei)
        blatt = jahresblatt(projekt, PLAN, papier=Papier.A4, aushang=release(projekt, PLAN))
        konferenzen = [t for t in PLAN.termine if t.gremium.startswith("konferenz/")]
        assert [b for b, _ in papierlesen.year(blatt)] == sorted(t.beginn for t in konferenzen)
        namen = {z.tag: z.inhalt for z in papierlesen.cells(blatt)}
        assert namen[date(2027, 5, 1)] == "Tag der Arbeit"
        assert namen[date(2027, 7, 19)] == "Sommerferien"
        page = papierlesen.text(blatt)
        assert "Schulferien sind bekannt bis Di 31.08.2027" in page
        assert "Zentrum" in page
        for wort in ("Koordinierungsrunde", "Lenkungskreis", "Dienstgebrauch"):
            assert wort not in page

    @ein_jahr_mehr
    @pytest.mark.parametrize("papier", Papier)
    def test_120_fit_one_page(self, papier: Papier) -> None:
        """Spread over the year as years are: no weekend, no summer, and each is there."""
        tage = [date(2027, 1, 11) + timedelta(days=n) for n in range(340)]
        tage = [tag for tag in tage if tag.weekday() < 4 and tag.month != 8][::2]
        projekt, plan = viele(120, tage)
        blatt = jahresblatt(projekt, plan, papier=papier)
        assert len(papierlesen.read(blatt).pages) == 1
        assert [b for b, _ in papierlesen.year(blatt)] == beginne(plan)
        assert len(plan.termine) == 120

    @ein_jahr_mehr
    def test_120_on_two_days_fit_one_page(self) -> None:
        """No table of days holds them: the page becomes a list, and stays one page."""
        projekt, plan = viele(120, [date(2027, 3, 3), date(2027, 3, 4)])
        blatt = jahresblatt(projekt, plan, papier=Papier.A4)
        assert len(papierlesen.read(blatt).pages) == 1
        page = papierlesen.text(blatt)
        for tag, beginn in ((f"Mi 3. {b:%H:%M}", b) for b in beginne(plan) if b.day == 3):
            assert page.count(tag) == sum(b == beginn for b in beginne(plan))
        assert sum(page.count(f"{tag}. ") for tag in ("Mi 3", "Do 4")) == 120

    @ein_jahr_mehr
    def test_an_empty_year(self) -> None:
        """It says when nothing takes place, too, and what a window that runs into January has put there."""
        spaet = evolve(PLAN.termine[0], beginn=datetime(2028, 1, 12, 10), ende=datetime(2028, 1, 12, 12))
        plan = welt.settled(evolve(PLAN, termine=(spaet,), beratungen=()))
        blatt = jahresblatt(PROJEKT, plan, papier=Papier.A4)
        page = papierlesen.text(blatt)
        assert page.count("Mittwoch, 12. Januar 2028, 10:00 K Links") == 1
        assert [zelle.inhalt for zelle in papierlesen.cells(blatt)][:-1] == [""] * 364


class TestLists:
    """One list per Gebiet."""

    @pytest.mark.parametrize("gebiet", gebiete(PROJEKT.stadt, PLAN), ids=lambda g: g.id)
    def test_rows_are_those_of_the_calendar(self, gebiet: object) -> None:
        """Begin and end; of the whole city only what its own Gremien do."""
        (gebiet,) = (g for g in gebiete(PROJEKT.stadt, PLAN) if g is gebiet)
        gefunden = papierlesen.rows(gebietsliste(PROJEKT, PLAN, gebiet))
        gremien = PROJEKT.stadt.gremien
        eigene = [t for t in PLAN.termine if gremien[t.gremium].gebiet == gebiet]
        assert gefunden == sorted((t.beginn, t.ende) for t in eigene)
        if gebiet.ebene != "stadt":
            feed = lesen.events(welt.feeds(PROJEKT, PLAN)[f"{gebiet.ebene}/{gebiet.id}.ics"])
            assert gefunden == [(v.zeit("DTSTART"), v.zeit("DTEND")) for v in feed]

    def test_together_they_have_everything(self) -> None:
        """Each Sitzung stands on exactly one list."""
        alle = [
            r for g in gebiete(PROJEKT.stadt, PLAN) for r in papierlesen.rows(gebietsliste(PROJEKT, PLAN, g))
        ]
        assert sorted(alle) == sorted((t.beginn, t.ende) for t in PLAN.termine)

    def test_what_happened(self) -> None:
        """Moved: from when. Cancelled: said so, at its old time. Open: to be announced. Step-free: where it is."""
        a, b, c = (t for t in PLAN.termine if t.gremium == "runde/links" or t.gremium == "konferenz/links")
        plan = welt.moved(PLAN, a.sitzung, datetime(2027, 4, 14, 17), datetime(2026, 12, 1, 8))
        plan = welt.cancelled(plan, b.sitzung, datetime(2026, 12, 2, 8))
        plan = welt.settled(
            evolve(plan, termine=tuple(t for t in plan.termine if t is not c), offen=(c.sitzung,))
        )
        stadt = evolve(
            PROJEKT.stadt, orte={id: evolve(o, stufenlos=True) for id, o in PROJEKT.stadt.orte.items()}
        )
        (gebiet,) = (g for g in stadt.gebiete if g.key == "sozialraum/links")
        page = papierlesen.text(gebietsliste(evolve(PROJEKT, stadt=stadt), plan, gebiet))
        assert f"Verlegt, bisher: Mo 01.02.2027 {a.beginn:%H:%M}" in page
        assert f"14. April 2027 Mittwoch 17:00–{17 + (a.ende - a.beginn).seconds // 3600}:00 Uhr" in page
        assert page.count("abgesagt") == 1
        assert "Termin wird noch bekannt gegeben" in page
        assert page.count("stufenlos erreichbar") == 2
        assert "Stand: Mi 02.12.2026 08:00" in page

    def test_moved_and_cancelled_is_what_was_told_otherwise(self) -> None:
        """What a draft moved or dropped that nobody was told of is on no sheet; what was told is, published or not."""
        a, b = (t for t in PLAN.termine if t.gremium == "runde/links")
        entwurf = welt.moved(
            welt.plan(PROJEKT, Zustand.DRAFT), a.sitzung, datetime(2027, 4, 14, 17), welt.STAND
        )
        weg = welt.cancelled(entwurf, b.sitzung, datetime(2026, 12, 1, 8))
        bindend = welt.noted(weg, datetime(2026, 12, 2, 8), Zustand.PUBLISHED)
        erst = release(PROJEKT, bindend, erstmals=True)
        for plan, akte in ((weg, None), (bindend, None), (bindend, erst)):
            (einer,) = (e for e in eintraege(PROJEKT, plan, akte) if e.gremium.id == "runde/links")
            assert (einer.sitzung, einer.bisher, einer.abgesagt) == (a.sitzung, None, False)
        dann = welt.cancelled(bindend, a.sitzung, datetime(2026, 12, 3, 8))
        for akte in (None, erst, release(PROJEKT, dann, vorher=erst)):
            (einer,) = (e for e in eintraege(PROJEKT, dann, akte) if e.gremium.id == "runde/links")
            assert (einer.abgesagt, einer.beginn) == (True, datetime(2027, 4, 14, 17))
            assert einer.stand == datetime(2026, 12, 3, 8)
        told = release(PROJEKT, welt.plan(PROJEKT, Zustand.DRAFT))
        zwei = {e.sitzung: e for e in eintraege(PROJEKT, weg, told) if e.gremium.id == "runde/links"}
        assert zwei[a.sitzung].bisher == a.beginn
        assert zwei[b.sitzung].abgesagt


class TestToHangUp:
    """What hangs on the wall is what residents have been told, no more and not otherwise."""

    UFER = next(g for g in gebiete(PROJEKT.stadt, PLAN) if g.key == "sozialraum/ufer")
    KONFERENZ = next(t for t in PLAN.termine if t.gremium == "konferenz/ufer")

    def test_what_is_withheld_is_not_on_it(self) -> None:
        """A date that is not coordinated stays off the wall as it stays out of the public calendar."""
        erzaehlt = release(PROJEKT, PLAN)
        blatt = gebietsliste(PROJEKT, PLAN, self.UFER, aushang=erzaehlt)
        assert papierlesen.rows(blatt) == [(self.KONFERENZ.beginn, self.KONFERENZ.ende)]
        ohne = release(PROJEKT, PLAN, zurueck=((PLAN.jahr, self.KONFERENZ.sitzung),))
        assert papierlesen.rows(gebietsliste(PROJEKT, PLAN, self.UFER, aushang=ohne)) == []

    def test_what_was_not_told_yet_is_refused(self) -> None:
        """A plan that has moved on since it was published is not printed before residents are told."""
        plan = welt.moved(PLAN, self.KONFERENZ.sitzung, datetime(2027, 4, 14, 17), datetime(2026, 12, 1, 8))
        with pytest.raises(InputError, match="otherwise") as info:
            gebietsliste(PROJEKT, plan, self.UFER, aushang=release(PROJEKT, PLAN))
        assert [p.pfad for p in info.value.problems] == [self.KONFERENZ.sitzung]
        jetzt = release(PROJEKT, plan, vorher=release(PROJEKT, PLAN))
        blatt = gebietsliste(PROJEKT, plan, self.UFER, aushang=jetzt, adresse="https://x.example/feeds/")
        assert [beginn for beginn, _ in papierlesen.rows(blatt)] == [datetime(2027, 4, 14, 17)]
        assert "https://x.example/feeds/oeffentlich.ics" in papierlesen.text(blatt)

    def test_what_residents_are_told_is_cancelled_is_printed_so(self) -> None:
        """Also when it was moved before, called off long after its day, or is only held back again."""
        spaet, jetzt = self.KONFERENZ.beginn + timedelta(days=90), datetime(2027, 2, 1)
        erst, zurueck = release(PROJEKT, PLAN), ((PLAN.jahr, self.KONFERENZ.sitzung),)
        plan = welt.moved(PLAN, self.KONFERENZ.sitzung, datetime(2027, 2, 26, 17), spaet)
        weg = welt.cancelled(plan, self.KONFERENZ.sitzung, spaet)
        for wann, wie in (
            (weg, release(PROJEKT, weg, vorher=erst, stand=jetzt)),
            (plan, release(PROJEKT, plan, vorher=erst, stand=jetzt, zurueck=zurueck)),
        ):
            ((_, told),) = [one for one in wie.told(OEFFENTLICH) if one[1].abgesagt]
            blatt = gebietsliste(PROJEKT, wann, self.UFER, aushang=wie)
            assert papierlesen.rows(blatt) == [(told.gesicht.beginn, told.gesicht.ende)]
            assert "abgesagt" in papierlesen.text(blatt)

    def test_moved_in_a_draft_is_no_move_to_residents(self) -> None:
        """From when it was moved is said as they were told, and not as the plan's history has it."""
        plan = welt.moved(PLAN, self.KONFERENZ.sitzung, datetime(2027, 4, 14, 17), datetime(2026, 12, 1, 8))
        plan = evolve(plan, verlauf=tuple(evolve(v, zustand=Zustand.DRAFT) for v in plan.verlauf))
        erst = release(PROJEKT, plan, erstmals=True)
        assert "Verlegt" not in papierlesen.text(gebietsliste(PROJEKT, plan, self.UFER, aushang=erst))

    def test_what_is_not_public_changes_no_byte(self) -> None:
        """Not even of the year, and there is no list without public Gremien."""
        runde = next(t for t in PLAN.termine if t.gremium == "runde/ufer")
        plan = welt.moved(PLAN, runde.sitzung, datetime(2027, 4, 14, 17), datetime(2026, 12, 1, 8))
        erst = release(PROJEKT, PLAN)
        jetzt = release(PROJEKT, plan, vorher=erst)
        assert jetzt != erst
        oeffentlich = gebiete(PROJEKT.stadt, PLAN, oeffentlich=True)
        assert [gebiet.ebene for gebiet in oeffentlich] == ["sozialraum"] * 3
        for gebiet in oeffentlich:
            einmal = gebietsliste(PROJEKT, PLAN, gebiet, aushang=erst)
            assert gebietsliste(PROJEKT, plan, gebiet, aushang=jetzt) == einmal
        if CI:
            assert jahresblatt(PROJEKT, plan, aushang=jetzt) == jahresblatt(PROJEKT, PLAN, aushang=erst)


class TestFile:
    """What the file says of itself, to screen readers above all."""

    @pytest.mark.parametrize("sprache", ["de", "en"])
    def test_it_is_pdf_ua(self, sprache: str) -> None:
        """Tagged, with language, title and the mark of PDF/UA-1; made at the time of the last change."""
        (gebiet, *_) = gebiete(PROJEKT.stadt, PLAN)
        data = gebietsliste(PROJEKT, PLAN, gebiet, sprache=sprache)
        datei, wurzel = papierlesen.read(data), papierlesen.root(data)
        assert wurzel["/Lang"] == sprache
        assert wurzel["/MarkInfo"]["/Marked"]
        assert wurzel["/ViewerPreferences"]["/DisplayDocTitle"]
        assert datei.metadata is not None
        assert datei.metadata.title is not None
        assert gebiet.name in datei.metadata.title
        assert datei.metadata.creation_date is not None
        assert datei.metadata.creation_date.replace(tzinfo=None) == welt.STAND
        assert b"<pdfuaid:part>1</pdfuaid:part>" in wurzel["/Metadata"].get_data()

    def test_tables_are_tables(self) -> None:
        """With headings above their columns; title a heading. Few rows are set large, in fewer columns."""
        (gebiet, *_) = gebiete(PROJEKT.stadt, PLAN)
        gefunden = papierlesen.tags(gebietsliste(PROJEKT, PLAN, gebiet))
        assert (gefunden["/H1"], gefunden["/Table"], gefunden["/TH"]) == (1, 1, 2)
        zeilen = len([t for t in PLAN.termine if PROJEKT.stadt.gremien[t.gremium].gebiet == gebiet])
        assert gefunden["/TR"] == zeilen + 1
        projekt, plan = viele(30, [date(2027, 3, 3) + timedelta(days=n) for n in range(10)])
        lang = gebietsliste(projekt, plan, gebiet)
        assert papierlesen.tags(lang)["/TH"] == 4
        assert [b for b, _ in papierlesen.rows(lang)] == sorted(
            t.beginn for t in plan.termine if PROJEKT.stadt.gremien[t.gremium].gebiet == gebiet
        )

    def test_the_same_bytes(self, blatt: bytes) -> None:
        """Whenever and in whatever order it is set."""
        gedreht = evolve(PLAN, termine=PLAN.termine[::-1])
        for gebiet in gebiete(PROJEKT.stadt, PLAN):
            assert gebietsliste(PROJEKT, gedreht, gebiet) == gebietsliste(PROJEKT, PLAN, gebiet)
        if not CI:
            return
        einmal = blaetter(PROJEKT, PLAN)
        assert einmal == blaetter(PROJEKT, gedreht)
        assert [eines.inhalt for eines in einmal if eines.name == "jahr-2027-a3.pdf"] == [blatt]
        assert len({eines.inhalt for eines in einmal}) == len(einmal) == len(gebiete(PROJEKT.stadt, PLAN)) + 1

    def test_a_list_changes_only_with_what_stands_on_it(self) -> None:
        """What moves elsewhere changes no byte of it."""
        links, rechts = (g for g in gebiete(PROJEKT.stadt, PLAN) if g.id in ("links", "rechts"))
        eine = next(t for t in PLAN.termine if t.gremium == "runde/links")
        plan = welt.moved(PLAN, eine.sitzung, datetime(2027, 4, 14, 17), datetime(2026, 12, 1, 8))
        assert gebietsliste(PROJEKT, plan, rechts) == gebietsliste(PROJEKT, PLAN, rechts)
        assert gebietsliste(PROJEKT, plan, links) != gebietsliste(PROJEKT, PLAN, links)


BOESE = (
    "#panic() *fett* _kursiv_ $x$ @ref <label> `roh` ~ -- --- \\ // /* */ [a] {b} ]}",
    '"Haus" „der“ \'Jugend\' #link("x")[y] = - + / https://example.org',
    "𝕬lt 😀 中文 Haus\u202eesuaH\u0000\x07\r\n\tam\u200b Ufer",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikationshalle",
    '\\u{0} #{while true {}} #read("/etc/passwd")',
    "",
)


class TestNames:
    """Names are words, whatever they say."""

    @pytest.mark.parametrize("name", BOESE[:2] + BOESE[4:5])
    def test_markup_is_printed_as_it_is(self, name: str) -> None:
        """Every sign of it."""
        (gebiet, *_) = gebiete(PROJEKT.stadt, PLAN)
        seite = papierlesen.text(gebietsliste(PROJEKT, PLAN, evolve(gebiet, name=name)))
        ohne = "".join(seite.split())
        assert "".join(name.split()) in ohne

    def test_hostile_names_break_nothing(self) -> None:
        """In every place of a city at once: the year stays one page, with every Sitzung at its time."""
        namen = [name or "x" for name in BOESE]
        stadt = PROJEKT.stadt
        gebiete_ = {g.key: evolve(g, name=namen[n % len(namen)]) for n, g in enumerate(stadt.gebiete)}
        arten = {
            id: evolve(a, name=namen[n % len(namen)]) for n, (id, a) in enumerate(stadt.gremienarten.items())
        }
        boese = evolve(
            stadt,
            name=BOESE[0],
            gebiete=tuple(gebiete_.values()),
            gremienarten=arten,
            gremien={
                id: evolve(g, art=arten[g.art.id], gebiet=gebiete_[g.gebiet.key], titel=BOESE[1])
                for id, g in stadt.gremien.items()
            },
            orte={id: evolve(o, name=BOESE[2], adresse=BOESE[1]) for id, o in stadt.orte.items()},
        )
        projekt = evolve(PROJEKT, stadt=boese)
        for gebiet in gebiete(boese, PLAN):
            gremien = PROJEKT.stadt.gremien
            eigene = {t.beginn for t in PLAN.termine if gremien[t.gremium].gebiet.key == gebiet.key}
            assert {b for b, _ in papierlesen.rows(gebietsliste(projekt, PLAN, gebiet))} == eigene
        if CI:
            blatt = jahresblatt(projekt, PLAN, papier=Papier.A4)
            assert len(papierlesen.read(blatt).pages) == 1
            assert [b for b, _ in papierlesen.year(blatt)] == beginne(PLAN)

    def test_signs_nobody_can_print(self) -> None:
        """They become a box; what changes the rest of a line goes; the usual signs all stay, and can be set."""
        assert printable("Haus 😀\u202e am\x00Ufer") == "Haus □ am Ufer"
        assert printable(["Čačak – „Łódź“", {"a": "Ωμέγα Київ"}]) == ["Čačak – „Łódź“", {"a": "Ωμέγα Київ"}]
        usual = "".join(c for n in range(0x2100) if _UEBLICH.fullmatch(c := chr(n)) and c.strip())
        leer = {"titel": usual, "untertitel": "x", "sprache": "de", "zeilen": [], "marken": {}}
        worte = dict.fromkeys(("entwurf", "zustand", "stand", "intern", "kalender", "nichts", "seite"), "x")
        assert pdf("liste", {**worte, **leer, "spalten": []}, stand=None).startswith(b"%PDF")


def test_unrecorded_edits_are_refused() -> None:
    """Calendars refuse them too: nobody could say of when the sheet is."""
    eines = evolve(PLAN.termine[0], beginn=PLAN.termine[0].beginn - timedelta(minutes=30))
    with pytest.raises(InputError, match="edited by hand"):
        jahresblatt(PROJEKT, evolve(PLAN, termine=(eines, *PLAN.termine[1:])))


def test_a_draft_says_so() -> None:
    """In its head, and across the page; a published plan does not."""
    (gebiet, *_) = gebiete(PROJEKT.stadt, PLAN)
    entwurf = papierlesen.text(gebietsliste(PROJEKT, welt.plan(PROJEKT, Zustand.DRAFT), gebiet))
    assert "ENTWURF" in entwurf
    assert "Entwurf, noch nicht abgestimmt" in entwurf
    fertig = papierlesen.text(gebietsliste(PROJEKT, PLAN, gebiet))
    assert "ENTWURF" not in fertig
    assert "Veröffentlicht" in fertig


def test_without_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence says what to install."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(InputError, match="Paper needs typst") as info:
        jahresblatt(PROJEKT, PLAN)
    assert f'{sys.executable} -m pip install "gremienplan[pdf]"' in str(info.value.problems[0].hinweis)
