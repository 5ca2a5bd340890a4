"""Invitations as texts: what they say, the mail's head, and templates of others with everything wrong at once."""

from __future__ import annotations

import email
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import default

import pytest
from attrs import evolve

from gremienplan.abstimmung import Abstimmung, Antwort, Aussage, anfragen
from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.errors import InputError, Problem
from gremienplan.fristen import Frist, Fristart
from gremienplan.plan import Zustand
from gremienplan.programm import Aufgabeneintrag
from gremienplan.programm.bedingungen import Tage
from gremienplan.projekt import Projekt
from gremienplan.publishing import release
from gremienplan.publishing.briefe import Brief, briefe
from gremienplan.rules import Insbesondere
from tests.publishing import welt


def projekt() -> Projekt:
    """Return the invented project, in which residents of the last Sozialraum are meant in particular."""
    made = welt.projekt()
    regeln = tuple(
        evolve(r, insbesondere=Insbesondere(welt.TEXT, ("ufer",))) if r.id == "konferenz-alle" else r
        for r in made.regeln
    )
    orte = {
        id: evolve(
            o,
            name=f"{o.name} *am* Fluss",
            stufenlos=id == "zentrum-ufer",
            hilfen=("Rampe",) if id == "zentrum-links" else (),
        )
        for id, o in made.stadt.orte.items()
    }
    fristen = (
        Frist("ladung", Fristart.LADUNG, ("konferenz",), 10, welt.VORGABE),
        Frist("bedarf", Fristart.BEDARF, ("konferenz",), 21, welt.VORGABE),
    )
    return evolve(
        made,
        regeln=regeln,
        stadt=evolve(made.stadt, orte=orte),
        programm=made.programm.mit_fristen(fristen),
    )


PROJEKT = projekt()
PLAN = welt.plan(PROJEKT)
KONFERENZ = "konferenz/ufer"


def brief(kennung: str = KONFERENZ, **more: object) -> Brief:
    """Return the letter of one Sitzung."""
    (found,) = briefe(more.pop("projekt", PROJEKT), more.pop("plan", PLAN), nur={kennung}, **more)  # type: ignore[arg-type]
    return found


def titled(titel: str) -> Projekt:
    """Return the project in which the conference is called like this."""
    gremien = {
        id: evolve(g, titel=titel) if g.id == KONFERENZ else g for id, g in PROJEKT.stadt.gremien.items()
    }
    return evolve(PROJEKT, stadt=evolve(PROJEKT.stadt, gremien=gremien))


def mail(found: Brief) -> EmailMessage:
    """Return the mail as a mail program reads it."""
    read = email.message_from_bytes(found.eml, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def text(found: Brief) -> str:
    return str(mail(found).get_content()).replace("\r\n", "\n")


class TestText:
    """What an invitation says."""

    def test_one_for_each_sitzung_with_a_date(self) -> None:
        """In the order of time; what is open has none."""
        offen = PLAN.termine[0].sitzung
        plan = welt.settled(evolve(PLAN, termine=PLAN.termine[1:], offen=(offen,)))
        assert [b.sitzung for b in briefe(PROJEKT, plan)] == [
            t.sitzung for t in sorted(PLAN.termine, key=lambda t: t.beginn) if t.sitzung != offen
        ]

    def test_hosts_invite_jointly(self) -> None:
        """P-27: a Stadtteilkonferenz is invited to by all its hosts together, a round by its one."""
        hosts = "Stadtteilkoordination Ufer, Bezirksbürgermeister:in Links, Bezirksbürgermeister:in Rechts"
        assert f"laden gemeinsam ein: {hosts}." in text(brief())
        assert "lädt ein: Stadtteilkoordination Ufer." in text(brief("entwurf/ufer"))

    def test_date_place_and_access(self) -> None:
        """Day in full, both times, the address; step-free where the Ort is, and said where it is not."""
        termin = next(t for t in PLAN.termine if t.sitzung == KONFERENZ)
        assert termin.beginn.date() == date(2027, 2, 25)
        worte = text(brief())
        assert (
            f"Termin: Donnerstag, 25. Februar 2027, {termin.beginn:%H:%M} bis {termin.ende:%H:%M} Uhr"
            in worte
        )
        assert "Ort: Zentrum Ufer *am* Fluss, Weg 1, Flussau (stufenlos erreichbar)" in worte
        assert "(nicht stufenlos erreichbar, vorhanden: Rampe)" in text(brief("konferenz/links"))

    def test_who_is_meant_in_particular(self) -> None:
        """P-31: only at the Gebiet the rule names, only whom it names; everybody stays invited."""
        marke = " (insbesondere, wer im Gebiet Ufer wohnt)"
        zeilen = text(brief()).splitlines()
        assert [z for z in zeilen if "insbesondere" in z] == [
            f"- Bezirksvertreter:in Links{marke}",
            f"- Bezirksvertreter:in Rechts{marke}",
            f"- Bewohner:innen Ufer{marke}",
        ]
        assert "- Bezirksbürgermeister:in Rechts" in zeilen
        assert "insbesondere" not in text(brief("konferenz/links"))
        assert "- Bezirksvertreter:in Links" in text(brief("konferenz/links"))

    def test_a_host_is_one_person(self) -> None:
        """Nobody is picked out of an office that invites, though a rule that means residents names it, too."""
        regeln = tuple(
            evolve(r, rollen=(*r.rollen, "bezirksbuergermeister")) if r.id == "konferenz-alle" else r
            for r in PROJEKT.regeln
        )
        zeilen = text(brief(projekt=evolve(PROJEKT, regeln=regeln))).splitlines()
        assert "- Bezirksbürgermeister:in Rechts" in zeilen
        assert sum("insbesondere" in zeile for zeile in zeilen) == 3

    def test_only_missing_agreements_are_asked_for(self) -> None:
        """An agreement to this date is no task any more; one to another date, or a refusal, is none."""
        eintrag = Aufgabeneintrag(
            "abstimmen",
            "Termin abstimmen",
            welt.VORGABE,
            ("konferenz",),
            vorher=Tage(42, welt.VORGABE),
            zustaendig="dezernat/stadt",
            an=("stadtteilkoordination",),
            abstimmung=True,
        )
        asking = evolve(PROJEKT, programm=evolve(PROJEKT.programm, aufgaben=(eintrag,)))
        frage, *_ = (f for f in anfragen(asking, PLAN) if f.sitzung.id == KONFERENZ)
        termin = frage.termin
        ja = Aussage(
            KONFERENZ,
            frage.sitz.id,
            termin.beginn,
            termin.ende,
            termin.ort,
            Antwort.JA,
            datetime(2026, 11, 1),
        )
        nein, alt = evolve(ja, antwort=Antwort.NEIN), evolve(ja, beginn=termin.beginn - timedelta(days=7))
        name = PROJEKT.stadt.sitz_name(frage.sitz)

        def asked(*aussagen: Aussage) -> list[str]:
            note = brief(projekt=asking, abstimmung=Abstimmung(aussagen)).markdown.partition("---")[0]
            return [
                zeile for zeile in note.splitlines() if "Termin abstimmen" in zeile and str(name) in zeile
            ]

        assert [len(asked(*a)) for a in ((), (ja,), (nein,), (alt,))] == [1, 0, 1, 1]

        with_list = evolve(eintrag, an=("dezernat/stadt",), verteiler=("Beispielliste",))
        asking = evolve(asking, programm=evolve(asking.programm, aufgaben=(with_list,)))
        given = tuple(evolve(ja, sitz=f.sitz.id) for f in anfragen(asking, PLAN))
        note = brief(projekt=asking, abstimmung=Abstimmung(given)).markdown.partition("---")[0]
        (zeile,) = (zeile for zeile in note.splitlines() if "Termin abstimmen" in zeile)
        assert "Beispielliste" in zeile, "whoever is on the list is told all the same"

    @pytest.mark.parametrize(
        ("titel", "gesagt"),
        [
            ("Haus [alt] (Saal)", "Haus [alt] (Saal)"),
            ("[x](https://y.example)", r"\[x\](https://y.example)"),
            ("[x]: y", r"\[x\]: y"),
            ("Fuß[^1]", r"Fuß\[^1]"),
        ],
    )
    def test_brackets_are_left_alone_where_they_are_no_link(self, titel: str, gesagt: str) -> None:
        """Who reads the file as text sees no backslash without need; a draft's heading begins with a plain bracket."""
        found = brief(plan=welt.plan(PROJEKT, Zustand.DRAFT), projekt=titled(titel))
        assert found.markdown.startswith("# [Entwurf] Einladung: ")
        assert f"- Sitzung: {gesagt}" in found.markdown

    def test_agenda_by_anlass(self) -> None:
        """The topics of the Sitzung, by their names."""
        assert "Themen:\n\n- Entwurf des Jahresplans\n" in text(brief("entwurf/ufer"))

    def test_days_to_keep(self) -> None:
        """Readers are told until when to report needs; the office when to send it, which is none of theirs."""
        found = brief()
        assert found.versand == "Sonntag, 14. Februar 2027"
        assert "Zu versenden bis: Sonntag, 14. Februar 2027" in found.markdown
        assert "14. Februar" not in text(found)
        assert "bedarf melden (Dolmetschen, Barrierefreiheit): bis Mi 03.02.2027." in text(found)

    def test_moved_and_draft(self) -> None:
        """Both are in the subject: nobody sends a draft, nobody overlooks a new date."""
        plan = welt.moved(PLAN, KONFERENZ, datetime(2027, 4, 14, 17), datetime(2026, 12, 1, 8))
        assert brief(plan=plan).betreff.startswith("Verlegt: Einladung: Wir am Fluss")
        assert "Verlegt, bisher: Donnerstag, 25. Februar 2027" in text(brief(plan=plan))
        entwurf = brief(plan=welt.plan(PROJEKT, Zustand.DRAFT))
        assert entwurf.betreff.startswith("[Entwurf] ")
        assert text(entwurf).startswith("ENTWURF")

    def test_moved_is_what_was_told_otherwise(self) -> None:
        """A draft nobody was told of moves nothing; what was told is said, published anew or not yet."""
        april, mai = datetime(2027, 4, 14, 17), datetime(2027, 5, 12, 17)
        plan = welt.moved(welt.plan(PROJEKT, Zustand.DRAFT), KONFERENZ, april, datetime(2026, 12, 1, 8))
        bindend = welt.noted(plan, datetime(2026, 12, 2), Zustand.PUBLISHED)
        erst = release(PROJEKT, bindend, erstmals=True)
        for one in (brief(plan=plan), brief(plan=bindend), brief(plan=bindend, release=erst)):
            assert "Verlegt" not in text(one) + one.betreff
        neu = welt.moved(bindend, KONFERENZ, mai, datetime(2026, 12, 3, 8))
        dann = release(PROJEKT, neu, vorher=erst)
        for akte in (None, erst, dann):
            assert "Verlegt, bisher: Mittwoch, 14. April 2027" in text(brief(plan=neu, release=akte))
        entwurf = release(PROJEKT, welt.plan(PROJEKT, Zustand.DRAFT))  # a draft that was told
        assert "bisher: Donnerstag, 25. Februar 2027" in text(brief(plan=plan, release=entwurf))
        weg = welt.cancelled(neu, KONFERENZ, datetime(2026, 12, 4, 8))
        wieder = release(PROJEKT, weg, vorher=dann)
        assert "Verlegt" not in text(brief(plan=neu, release=wieder))

    def test_english(self) -> None:
        """Beside the German, from templates of its own."""
        worte = text(brief(sprache="en"))
        assert "you are jointly invited to this meeting by: Stadtteilkoordination Ufer" in worte
        assert "Thursday, 25 February 2027" in worte
        assert "step-free access" in worte

    def test_no_persons(self) -> None:
        """Who holds which Sitz changes no byte of any letter."""
        besetzung = Besetzung((Innehabung("buergeramtsleitung/links", "Erfundene Person"),))
        assert briefe(evolve(PROJEKT, besetzung=besetzung), PLAN) == briefe(PROJEKT, PLAN)


class TestMail:
    """The .eml: a draft that mail programs open, the same bytes for the same plan."""

    def test_head(self) -> None:
        """Dated by the last change, named by UID and SEQUENCE; no sender, no address, a name in front."""
        gelesen = mail(brief())
        assert gelesen["Date"].datetime.isoformat() == "2026-11-02T09:30:00+01:00"
        assert gelesen["Message-ID"] == "<einladung.konferenz.konferenz.ufer.2027.0@flussau.example>"
        assert gelesen["To"].addresses == ()
        assert [gruppe.display_name for gruppe in gelesen["To"].groups] == [
            "Wir am Fluss – Stadtteilkonferenz Ufer"
        ]
        assert gelesen["Subject"] == brief().betreff
        assert (gelesen["From"], gelesen["X-Unsent"], gelesen["Content-Language"]) == (None, "1", "de")
        assert brief() == brief()

    def test_a_change_is_another_mail(self) -> None:
        """Its Message-ID and its Date follow the history; other letters keep theirs."""
        plan = welt.moved(PLAN, KONFERENZ, datetime(2027, 4, 14, 17), datetime(2026, 12, 1, 8))
        neu = mail(brief(plan=plan))
        assert neu["Message-ID"] == "<einladung.konferenz.konferenz.ufer.2027.1@flussau.example>"
        assert neu["Date"].datetime.isoformat() == "2026-12-01T08:00:00+01:00"
        assert brief("entwurf/ufer", plan=plan) == brief("entwurf/ufer")

    def test_names_break_no_head(self) -> None:
        """Line breaks and control characters in names become blanks, in Markdown every sign means itself."""
        found = brief(projekt=titled("A\r\nBcc: x@y.example\x00 <b>*fett*</b> #1"))
        assert mail(found)["Bcc"] is None
        assert "A Bcc: x@y.example <b>*fett*</b> #1" in mail(found)["Subject"]
        assert r"\<b\>\*fett\*\</b\> \#1" in found.markdown
        assert "<b>*fett*</b> #1" in text(found)


class TestTemplates:
    """What a city or a project puts in place of ours."""

    def test_theirs_instead_of_ours(self) -> None:
        """The whole text, or one block of it."""
        ganz = {"einladung.md.j2": ("vorlagen/einladung.md.j2", "Hallo {{ gremium }}!")}
        assert text(brief(quellen=ganz)) == "Hallo Wir am Fluss – Stadtteilkonferenz Ufer!\n"
        teil = '{% extends "gremienplan/einladung.md.j2" %}{% block anrede %}Liebe Nachbarn,{% endblock %}'
        worte = text(brief(quellen={"einladung.md.j2": ("x", teil)}))
        assert "Liebe Nachbarn," in worte
        assert "Sehr geehrte" not in worte
        assert "laden gemeinsam ein" in worte

    def test_everything_wrong_at_once(self) -> None:
        """Unknown names, missing values, broken grammar, files nobody uses: each with file, line and a hint."""
        quellen = {
            "betreff.txt.j2": ("v/betreff.txt.j2", "{{ gremum }}\n{{ wan }}"),
            "einladung.md.j2": (
                "v/einladung.md.j2",
                "{{ ort.nmae }}\n\n{{ ort.adrese }} {% for p in ort.x %}{% endfor %}",
            ),
            "notiz.md.j2": ("v/notiz.md.j2", "a\n{% if %}"),
            "einladng.md.j2": ("v/einladng.md.j2", ""),
        }
        with pytest.raises(InputError) as info:
            briefe(PROJEKT, PLAN, quellen=quellen)
        found = [(p.datei, p.pfad, p.wert) for p in info.value.problems]
        assert len(found) == 7
        assert ("v/betreff.txt.j2", "1", "gremum") in found
        assert ("v/betreff.txt.j2", "2", "wan") in found
        assert ("v/einladng.md.j2", "", "einladng.md.j2") in found
        rest = {(p.datei, p.pfad): str(p.meldung) for p in info.value.problems if "nladung" in p.datei}
        assert "nmae" in rest["v/einladung.md.j2", "1"]
        assert [p.pfad for p in info.value.problems if p.datei == "v/einladung.md.j2"] == ["1", "3", "3"]
        assert [p.pfad for p in info.value.problems if p.datei == "v/notiz.md.j2"] == ["2"]
        hint = next(p.hinweis for p in info.value.problems if p.wert == "gremum")
        assert "gremium" in str(hint)

    @pytest.mark.parametrize(
        ("vorlage", "grund"),
        [
            ("{{ ''.__class__.__mro__ }}", "unsafe"),
            ("{{ punkte.append(1) }}", "unsafe"),
            ("{% for x in range(10**9) %}{% endfor %}", "Range"),
            ("{{ 1 / 0 }}", "ZeroDivision"),
            ('{% include "fehlt.j2" %}', "fehlt"),
            ("{{ jahr + gremium }}", "TypeError"),
        ],
    )
    def test_a_template_can_do_no_harm(self, vorlage: str, grund: str) -> None:
        """It sees its values and nothing else, changes none, and what goes wrong is a problem with its place."""
        with pytest.raises(InputError) as info:
            brief(quellen={"einladung.md.j2": ("v/x", f"\n{vorlage}")})
        (problem,) = info.value.problems
        assert isinstance(problem, Problem)
        assert grund in str(problem.meldung)
        assert problem.datei == "v/x"

    @pytest.mark.parametrize("sprache", ["de", "en"])
    def test_ours_ask_for_nothing_unknown(self, sprache: str) -> None:
        """With and without hosts, place, topics and deadlines."""
        ohne = evolve(
            PROJEKT,
            regeln=(),
            programm=evolve(PROJEKT.programm, fristen=(), tagesordnung=()),
            katalog=welt.KATALOG,
        )
        termine = tuple(evolve(t, ort="") for t in PLAN.termine)
        plan = welt.settled(evolve(PLAN, termine=termine))
        for found in briefe(ohne, plan, sprache=sprache):
            assert "{{" not in found.markdown
            assert "\n\n\n" not in found.markdown
