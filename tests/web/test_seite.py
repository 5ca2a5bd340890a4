"""The page as HTML: what it shows, in which words, and what it never does."""

from __future__ import annotations

import os
import re
from datetime import datetime
from html.parser import HTMLParser

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.release import FRISTEN, OEFFENTLICH, Fassung, Release, Status
from gremienplan.web.auswahl import ANSICHTEN, Auswahl
from gremienplan.web.einblick import Einblick
from tests.web.welt import KONFERENZ, RUNDE, STAND, Klient, client, release

WEB = client()
VIELE = 150 if os.environ.get("PROFILE") == "ci" else 20
"""How many pages are followed from link to link."""
SEITEN = (
    "/",
    "/?ansicht=monat&monat=3",
    "/?ansicht=liste",
    "/?gebiet=raum/nord&art=runde",
    "/?rolle=leitung&amt=leitung-nord&ansicht=liste",
    "/?ansicht=liste&lang=en",
    f"/termin/2027/{KONFERENZ}",
    f"/termin/2027/{RUNDE}?lang=en",
    "/termin/2027/runde/sued",
    "/abonnieren",
    "/abonnieren/gremium/runde-nord?lang=en",
    "/gibt-es-nicht",
)


class Leser(HTMLParser):
    """Reads a page: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: wert or "" for name, wert in attrs}))
        self.text += " " if tag in ("dd", "li", "p") else ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, name: str) -> list[str]:
        """Return an attribute of all tags of a kind that have it."""
        return [attrs[name] for found, attrs in self.tags if found == tag and name in attrs]


def page(path: str, web: Klient = WEB) -> Leser:
    return Leser(web.get(path).text)


def words(path: str, web: Klient = WEB) -> str:
    return " ".join(page(path, web).text.split())


@pytest.mark.parametrize("path", SEITEN)
def test_every_page_keeps_the_rules_of_the_house(path: str) -> None:
    """No script or style of its own, nothing from elsewhere, one heading of the first rank, a language, a way on."""
    answer = WEB.get(path)
    assert answer.status == (404 if path == "/gibt-es-nicht" else 200)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    csp = answer.headers["content-security-policy"]
    assert "unsafe" not in csp
    assert "frame-ancestors 'none'" in csp
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    seite = page(path)
    tags = [tag for tag, _ in seite.tags]
    assert not {"style", "form", "iframe", "img", "base"} & set(tags)
    assert not [name for _, attrs in seite.tags for name in attrs if name == "style" or name.startswith("on")]
    assert tags.count("h1") == tags.count("main") == 1
    assert seite.all("html", "lang") == ["en" if "lang=en" in path else "de"]
    for adresse in (*seite.all("script", "src"), *seite.all("link", "href")):
        assert adresse.startswith("/statisch/")
        assert WEB.get(adresse).status == 200
    ids = [attrs["id"] for _, attrs in seite.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert seite.all("a", "href")[0] == "#inhalt"


def test_every_link_leads_somewhere() -> None:
    """From page to page, whatever is chosen; nothing but Google's own lies elsewhere."""
    offen, gesehen = ["/"], set[str]()
    while offen:
        path = offen.pop()
        if path in gesehen or len(gesehen) == VIELE:
            continue
        gesehen.add(path)
        answer = WEB.get(path)
        assert answer.status == 200, path
        for ziel in Leser(answer.text).all("a", "href"):
            if ziel.startswith("/"):
                offen.append(ziel)
            else:
                assert re.match(r"#|webcal://flussau\.example/feeds/|https://calendar\.google\.com/", ziel), (
                    ziel
                )
    assert len(gesehen) == VIELE


class TestWhatItShows:
    """Dates, and what became of them."""

    @pytest.mark.parametrize("ansicht", ANSICHTEN)
    def test_each_view_has_each_date(self, ansicht: str) -> None:
        """With its time, and a link to its own page."""
        maerz, mai = (page(f"/?ansicht={ansicht}&monat={monat}") for monat in (3, 5))
        assert "Runde Nord: Auftakt" in maerz.text
        assert "10:00" in maerz.text
        assert "Konferenz Nord: Frühjahr" in mai.text
        assert f"/termin/2027/{RUNDE}" in maerz.all("a", "href")

    def test_moved_and_cancelled_are_said_in_words(self) -> None:
        """Not by colour alone; the title says it once."""
        text = words("/?ansicht=liste")
        assert "14:00–16:00 Uhr abgesagt Runde Süd: Auftakt" in text
        assert "10:00–12:00 Uhr verlegt" in text
        assert "Mo 01.03.2027 10:00" in text
        assert "Abgesagt:" not in text
        assert "abgesagt" in words("/termin/2027/runde/sued")

    def test_what_has_no_date_is_announced(self) -> None:
        """Among what was chosen."""
        assert "Termin wird noch bekannt gegeben Konferenz Nord: Herbst" in words("/").replace(
            "Runde Nord: Abschluss ", ""
        )
        assert "Herbst" not in words("/?gebiet=raum/sued")

    def test_the_last_change(self) -> None:
        """When anybody was last told anything."""
        assert "Stand: Mo 09.11.2026 09:30" in words("/")
        assert "As of: Mon 2026-11-09 09:30" in words("/?lang=en")

    def test_a_draft_says_so(self) -> None:
        """Once, above; and at each date."""
        assert "Entwurf" not in words("/")
        entwurf = client(_tentative(release()))
        assert "Die Termine sind noch nicht abgestimmt" in words("/", entwurf)
        assert "vorläufig" in words(f"/termin/2027/{RUNDE}", entwurf)

    def test_who_invites_whom_and_why(self) -> None:
        """With the passage; whoever is invited is a seat and never a person."""
        text = words(f"/termin/2027/{KONFERENZ}")
        assert "Mittwoch, 5. Mai 2027, 17:30–19:30 Uhr" in text
        assert "Einladung durch: Leitung Nord" in text
        assert "Leitung Nord Eingeladen als Mitglied: FLU-1, Konzept, Abschnitt 4.1" in text
        assert "[en] Einladung durch" in words(f"/termin/2027/{KONFERENZ}?lang=en")

    def test_marks_are_letters_and_shapes(self) -> None:
        """Each Gremienart has its own; the legend says which."""
        seite = page("/?ansicht=liste")
        marken = {
            klasse
            for tag, attrs in seite.tags
            if "zeichen" in (klasse := attrs.get("class", ""))
            for _ in [tag]
        }
        assert marken == {"zeichen z0", "zeichen z1", "zeichen z1 ab", "zeichen ab"}
        assert "Was die Zeichen bedeuten K Konferenz R Runde – abgesagt → verlegt" in words("/?ansicht=liste")

    def test_the_legend_has_what_is_there(self) -> None:
        """The marks of what is cancelled or moved, in the language of the page; none of them where nothing is."""
        assert "R Runde – cancelled → moved" in words("/?lang=en")
        nur = words("/?art=konferenz").partition("Was die Zeichen bedeuten")[2]
        assert "→ verlegt" not in nur
        assert "abgesagt" not in nur

    def test_a_mark_says_in_words_what_it_is(self) -> None:
        """In the year as in the month: cancelled and moved stand in the link itself, not in colour or shape alone."""
        for ansicht in ("jahr", "monat&monat=3"):
            text = words(f"/?ansicht={ansicht}").partition("verlegt")[2]
            assert "Runde Nord: Auftakt verlegt" in text
            assert "Runde Süd: Auftakt abgesagt" in text


class TestFilters:
    """Links with a query, and what they leave."""

    @pytest.mark.parametrize(
        ("frage", "titel"),
        [
            ("", ["Runde Nord: Auftakt", "Runde Süd: Auftakt", "Konferenz Nord: Frühjahr"]),
            ("gebiet=raum/sued", ["Runde Süd: Auftakt"]),
            ("art=konferenz", ["Konferenz Nord: Frühjahr"]),
            ("rolle=leitung", ["Runde Nord: Auftakt", "Konferenz Nord: Frühjahr"]),
            ("rolle=leitung&amt=leitung-nord&art=runde", ["Runde Nord: Auftakt"]),
            ("gebiet=raum/sued&rolle=leitung", []),
            (
                "jahr=2031&gebiet=mond/hinten&rolle=x&art=<b>",
                ["Runde Nord: Auftakt", "Runde Süd: Auftakt", "Konferenz Nord: Frühjahr"],
            ),
        ],
    )
    def test_dates(self, frage: str, titel: list[str]) -> None:
        """What means nothing here counts as not said; what is cancelled is shown and not counted."""
        seite = page(f"/?ansicht=liste&{frage}")
        assert re.findall(r"(?:Runde|Konferenz) \w+: (?:Auftakt|Frühjahr)", seite.text) == titel
        stehend = [t for t in titel if t != "Runde Süd: Auftakt"]
        assert f"Termine: {len(stehend)}" in seite.text

    @pytest.mark.parametrize(
        ("frage", "kalender"),
        [
            ("", ["alle"]),
            ("gebiet=raum/nord", ["raum/nord"]),
            ("rolle=leitung", ["rolle/leitung"]),
            ("rolle=leitung&amt=leitung-nord", ["amt/leitung-nord"]),
            ("gebiet=raum/nord&art=runde", ["gremium/runde-nord"]),
            ("art=konferenz", ["gremium/konferenz-nord"]),
            ("gebiet=raum/nord&rolle=leitung", ["rolle/leitung", "raum/nord"]),
            ("art=runde", ["alle"]),
        ],
    )
    def test_the_calendar_that_goes_with_it(self, frage: str, kalender: list[str]) -> None:
        """One address in all its forms; where no calendar is exactly that, it says so."""
        seite = page(f"/?{frage}")
        basis = "flussau.example/feeds"
        assert seite.all("input", "value") == [f"https://{basis}/{k}.ics" for k in kalender]
        webcal = [f"webcal://{basis}/{k}.ics" for k in kalender]
        google = [f"https://calendar.google.com/calendar/r?cid={adresse}" for adresse in webcal]
        assert [a for a in seite.all("a", "href") if not a.startswith(("/", "#"))] == [
            adresse for paar in zip(webcal, google, strict=True) for adresse in paar
        ]
        assert ("Für genau diese Auswahl" in seite.text) == (
            frage in ("gebiet=raum/nord&rolle=leitung", "art=runde")
        )

    @given(
        st.builds(
            Auswahl,
            st.sampled_from(["de", "en"]),
            st.sampled_from([0, 2027]),
            st.sampled_from(ANSICHTEN),
            st.just(0),
            st.sampled_from(["", "raum/nord"]),
            st.sampled_from(["", "runde"]),
        )
    )
    def test_a_query_and_back(self, auswahl: Auswahl) -> None:
        """Nothing is lost on the way."""
        frage = dict(teil.split("=") for teil in auswahl.query("de").lstrip("?").split("&") if teil)
        assert Auswahl.of(frage, "de") == auswahl


class TestAddresses:
    """Where the app is, and what that does to its links."""

    def test_mounted(self) -> None:
        """All links stay below the path."""
        unter = Klient(WEB.anwendung, "/stadt/sitzungen")
        seite = page("/stadt/sitzungen/", unter)
        assert all(
            a.startswith(("/stadt/sitzungen/", "#", "webcal:", "https:")) for a in seite.all("a", "href")
        )
        assert seite.all("input", "value") == ["https://flussau.example/stadt/sitzungen/feeds/alle.ics"]

    def test_said(self) -> None:
        """The address that was named is the one that is given out."""
        seite = page("/", client(adresse="https://termine.example/s/"))
        assert seite.all("input", "value") == ["https://termine.example/s/feeds/alle.ics"]
        assert "/s/abonnieren" in seite.all("a", "href")

    def test_a_host_nobody_can_mean(self) -> None:
        """What is no name of a host does not get into the page."""
        anwendung = WEB.anwendung

        async def boese(scope: dict[str, object], receive: object, send: object) -> None:
            await anwendung({**scope, "headers": [(b"host", b'x"><script>')]}, receive, send)

        assert "localhost/feeds/alle.ics" in Klient(boese).get("/").text


def test_names_are_shown_and_never_executed() -> None:
    """Whatever a city calls its meetings."""
    boese = '<script>alert("x")</script>'
    erste = release().ereignisse[0]
    fassungen = {
        p: evolve(f, gesicht=evolve(f.gesicht, titel=boese, ort=boese, worte=(boese,)))
        for p, f in erste.fassungen.items()
    }
    web = client(evolve(release(), ereignisse=(evolve(erste, fassungen=fassungen),)))
    for path in ("/", "/?ansicht=liste", f"/termin/2027/{KONFERENZ}"):
        assert page(path, web).all("script", "src") == [page(path).all("script", "src")[0]]
        assert boese in page(path, web).text


def test_the_same_release_is_the_same_page() -> None:
    """Byte for byte, with an ETag that says so."""
    for path in SEITEN:
        first, second = WEB.get(path), client().get(path)
        assert (first.content, first.headers) == (second.content, second.headers)
        if first.status == 200:
            assert WEB.get(path, headers={"if-none-match": first.headers["etag"]}).status == 304


def _tentative(release: Release) -> Release:
    return evolve(
        release,
        ereignisse=tuple(
            evolve(e, fassungen={p: _with(f, Status.TENTATIVE) for p, f in e.fassungen.items()})
            for e in release.ereignisse
        ),
    )


def _with(fassung: Fassung, status: Status) -> Fassung:
    return fassung if fassung.abgesagt else evolve(fassung, gesicht=evolve(fassung.gesicht, status=status))


class TestResidents:
    """``nur_oeffentlich``: everything is a function of what residents are told."""

    PFADE = (*SEITEN, "/feeds/oeffentlich.ics", "/feeds/alle.ics", "/abonnieren/alle", "/health")

    def test_they_see_theirs(self) -> None:
        """The public date, its filter, its calendar; nothing of the others."""
        web = client(nur_oeffentlich=True)
        text = words("/?ansicht=liste", web)
        assert "Termine: 1" in text
        assert "Konferenz Nord: Herbst" in text
        assert "Runde" not in text
        assert page("/", web).all("input", "value") == ["https://flussau.example/feeds/oeffentlich.ics"]
        assert "Einladung durch: Leitung Nord" in words(f"/termin/2027/{KONFERENZ}", web)
        assert "Eingeladen als Mitglied" not in words(f"/termin/2027/{KONFERENZ}", web)
        assert web.get(f"/termin/2027/{RUNDE}").status == 404

    @given(st.data())
    def test_what_others_are_told_changes_no_byte(self, data: st.DataObject) -> None:
        """Other dates, other audiences, other calendars, other changes: every answer stays, headers and all."""
        alle = release()
        fremd = data.draw(st.sampled_from(["weg", "anders", "mehr"]))
        ereignisse = []
        for e in alle.ereignisse:
            theirs = {p: f for p, f in e.fassungen.items() if p == OEFFENTLICH}
            rest = {p: f for p, f in e.fassungen.items() if p != OEFFENTLICH and data.draw(st.booleans())}
            rest = {
                p: evolve(f, sequenz=7, geaendert=STAND) if fremd == "anders" else f for p, f in rest.items()
            }
            if theirs or (rest and fremd != "weg"):
                ereignisse.append(evolve(e, fassungen=theirs | rest))
        kalender = tuple(k for k in alle.kalender if k.publikum == OEFFENTLICH or data.draw(st.booleans()))
        erste, letzte = alle.ausgaben
        mehr = (evolve(erste, nummer=2), evolve(letzte, nummer=3, aenderungen=letzte.aenderungen[:1]))
        anders = evolve(
            alle,
            ereignisse=tuple(ereignisse),
            kalender=kalender,
            beendet=(),
            offen=tuple(o for o in alle.offen if o.oeffentlich),
            ausgaben=(erste, *mehr) if fremd == "mehr" else alle.ausgaben,
        )
        hier, dort = client(alle, nur_oeffentlich=True), client(anders, nur_oeffentlich=True)
        path = data.draw(st.sampled_from(self.PFADE))
        assert hier.get(path) == dort.get(path)

    def test_words_of_the_office_do_not_slip_through(self) -> None:
        """Where residents were told something else than the page now says, they read what they were told."""
        erste = release().ereignisse[0]
        alt = erste.fassungen[OEFFENTLICH]
        frueher = evolve(alt, gesicht=evolve(alt.gesicht, worte=("Was bisher galt",)))
        stand = evolve(erste, fassungen={**erste.fassungen, OEFFENTLICH: frueher})
        web = client(evolve(release(), ereignisse=(stand,)), nur_oeffentlich=True)
        for lang in ("de", "en"):
            text = words(f"/termin/2027/{KONFERENZ}?lang={lang}", web)
            assert "Was bisher galt" in text
            assert "Einladung durch" not in text


def test_deadlines_make_no_year() -> None:
    """The page shows Termine: a deadline of the year before opens no page of that year, and none counts."""
    vorher = release()
    muster = vorher.ereignisse[0]
    fassung = next(iter(muster.fassungen.values()))
    frueh = evolve(
        fassung, gesicht=evolve(fassung.gesicht, beginn=datetime(2026, 12, 1), ende=datetime(2026, 12, 2))
    )
    frist = evolve(muster, uid="frist@flussau.example", kennung="frist/x", fassungen={FRISTEN: frueh})
    mehr = evolve(vorher, ereignisse=(*vorher.ereignisse, frist))
    assert Einblick(mehr).jahre == Einblick(vorher).jahre


def test_a_kind_of_body_is_offered_where_it_finds_something() -> None:
    """What only a Rolle is told of is a choice through its eyes; each choice finds a date, or one still open."""
    vorher = release()
    hidden = tuple(
        evolve(e, fassungen={p: f for p, f in e.fassungen.items() if p == "rolle/leitung"})
        if e.kennung == KONFERENZ
        else e
        for e in vorher.ereignisse
    )
    einblick = Einblick(evolve(vorher, ereignisse=hidden, offen=()))
    alle, leitung = Auswahl("de", jahr=2027), Auswahl("de", jahr=2027, rolle="leitung")
    assert {w.wert for w in einblick.kinds(alle)} == {"runde"}
    assert {w.wert for w in einblick.kinds(leitung)} == {"konferenz", "runde"}
    for auswahl in (alle, leitung):
        for wahl in einblick.kinds(auswahl):
            assert einblick.entries(evolve(auswahl, art=wahl.wert))
    assert {w.wert for w in einblick.kinds(evolve(alle, art="konferenz"))} == {"konferenz", "runde"}
    assert {w.wert for w in Einblick(vorher).kinds(alle)} == {"konferenz", "runde"}
