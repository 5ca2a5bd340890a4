"""Every statement of the sources is accounted for, and what the ledgers name is what makes it hold."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

import gremienplan as gp
from gremienplan.coverage import Deckung, Stand, bilanz, problems, summe
from gremienplan.loading.deckung import read_deckung
from gremienplan.loading.ordner import shipped
from gremienplan.loading.quelltexte import read_quelltexte
from gremienplan.quellen import Fundstelle, Quelltext, fingerprint
from tests.nur_ci import sample
from tests.spec.ergebnis import JAHR, ohne, unterschied
from tests.spec.verbote import allows, plant, project_with_member, refused, verbietet

WURZEL = Path(__file__).parents[2]
SEITE = WURZEL / "docs" / "coverage.md"
SHARED = next((p / "shared" for p in WURZEL.parents if (p / "shared" / "katalog.md").is_file()), None)
mit_quellen = pytest.mark.skipif(
    SHARED is None, reason="the sources of ../shared are not beside this repository"
)

CI = os.environ.get("PROFILE") == "ci"
"""All that carries a statement; in the everyday suite one in three, the same ones in every run."""

STAEDTE = shipped()
jede_stadt = pytest.mark.parametrize("stadt", STAEDTE)


@cache
def katalog(stadt: str) -> gp.Projekt:
    return gp.load(stadt, jahr=JAHR)


@cache
def deckung(stadt: str) -> Deckung:
    return read_deckung(stadt)


@cache
def stellen() -> Mapping[str, tuple[str, Fundstelle]]:
    """Return every statement of every city's sources but the laws, with its city."""
    return {
        stelle.id: (stadt, stelle)
        for stadt in STAEDTE
        for stelle in katalog(stadt).katalog.stellen.values()
        if katalog(stadt).katalog.quellen[stelle.quelle].art != "gesetz"
    }


@cache
def tafel() -> Mapping[str, str]:
    """Return id -> force of every statement of ../shared/katalog.md, as its tables have them; "" without one."""
    assert SHARED is not None
    found: dict[str, str] = {}
    kopf: list[str] = []
    for zeile in (SHARED / "katalog.md").read_text("utf-8").splitlines():
        zellen = [zelle.strip() for zelle in zeile.strip().strip("|").split("|")] if zeile[:1] == "|" else []
        if zellen[:1] == ["ID"]:
            kopf = zellen
        elif zellen and re.fullmatch(r"(HAMM|FEID|NORD|HATT|MOD|ERR)-\S+", zellen[0]):
            kraft = dict(zip(kopf, zellen, strict=False)).get("Force", "")
            found[zellen[0]] = re.split(r"[\W]", kraft.lower())[0]
    return found


class TestNachweis:
    """Each statement is in exactly one state, and in one its force allows."""

    @jede_stadt
    def test_the_ledger_has_no_mistake(self, stadt: str) -> None:
        """Every id in a state, every carrier there, nothing that binds merely noted."""
        assert not deckung(stadt).fehlt
        assert problems(katalog(stadt).katalog, deckung(stadt)) == ()

    @jede_stadt
    def test_what_binds_is_encoded_or_open(self, stadt: str) -> None:
        """Said here once more, without the code that checks it."""
        for stelle in katalog(stadt).katalog.stellen.values():
            eintrag = deckung(stadt).eintraege[stelle.id]
            if stelle.kraft not in ("info", "def"):
                assert eintrag.stand in (Stand.UMGESETZT, Stand.OFFEN), stelle.id
            if eintrag.stand is Stand.UMGESETZT or stelle.kraft == "def":
                assert eintrag.durch or eintrag.stand is Stand.OFFEN, stelle.id
            if eintrag.stand in (Stand.ZUR_KENNTNIS, Stand.AUSSERHALB):
                assert eintrag.weil, stelle.id

    @jede_stadt
    def test_an_open_statement_names_a_reading_about_it(self, stadt: str) -> None:
        """The catalogue says of the statement that the question touches it, or of the question."""
        projekt = katalog(stadt)
        for eintrag in deckung(stadt).eintraege.values():
            for name in eintrag.auslegung:
                lesart = projekt.katalog.auslegungen[name]
                stelle = projekt.katalog.stellen[eintrag.id]
                assert name in stelle.auslegung or eintrag.id in lesart.stellen, (eintrag.id, name)

    @mit_quellen
    def test_the_ids_are_those_of_the_catalogue(self) -> None:
        """All 210 statements and 13 errors of the text, and no others."""
        assert len(tafel()) == 223
        assert sorted(stellen()) == sorted(tafel())

    @mit_quellen
    def test_the_forces_are_those_of_the_catalogue(self) -> None:
        """Wherever it gives one: 83 bind, 2 bind when their case occurs."""
        gegeben = {kennung: kraft for kennung, kraft in tafel().items() if kraft}
        assert {k: stellen()[k][1].kraft for k in gegeben} == gegeben
        assert [list(gegeben.values()).count(kraft) for kraft in ("hard", "cond")] == [83, 2]

    @pytest.mark.skipif(not SEITE.is_file(), reason="the documentation is not part of this tree")
    def test_the_documentation_has_these_numbers(self) -> None:
        """docs/coverage.md, one row per source of every city."""
        rows = re.findall(
            r"^\| ([^|]+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", SEITE.read_text(), re.MULTILINE
        )
        expected = []
        for stadt in STAEDTE:
            teile = bilanz(katalog(stadt).katalog.stellen.values(), deckung(stadt))
            for quelle in dict.fromkeys(teil.quelle for teil in teile):
                ganz = summe(quelle, (teil for teil in teile if teil.quelle == quelle))
                zahlen = (*(ganz.zahlen[stand] for stand in Stand), ganz.gesamt)
                titel = katalog(stadt).katalog.quellen[quelle].titel
                expected.append((titel, *map(str, zahlen)))
        assert rows == expected


def umgesetzt(stadt: str) -> list[str]:
    """Return what carries a statement that is encoded or open, each once."""
    tragend = [e.id for e in deckung(stadt).eintraege.values() if e.stand in (Stand.UMGESETZT, Stand.OFFEN)]
    return list(dict.fromkeys(name for kennung in tragend for name in deckung(stadt).traeger_von(kennung)))


ALLE = [(stadt, name) for stadt in STAEDTE for name in umgesetzt(stadt)]
TRAEGER = [(stadt, name) for stadt, name in ALLE if not verbietet(name)][:: 1 if CI else 3]
VERBOTE = [(stadt, name) for stadt, name in ALLE if verbietet(name) and not allows(stadt, name)]
ERLAUBT = [(stadt, name) for stadt, name in ALLE if verbietet(name) and allows(stadt, name)]


class TestTraeger:
    """What the ledgers name makes something hold."""

    @pytest.mark.parametrize(("stadt", "traeger"), sample(TRAEGER, 3))
    def test_without_it_the_year_is_another(self, stadt: str, traeger: str) -> None:
        """Places, Gremien, members, invitations, items or what a plan must keep differ, or the city is refused."""
        assert unterschied(stadt, ohne(traeger)), deckung(stadt).getragen_von(traeger)

    @jede_stadt
    def test_nothing_changes_by_itself(self, stadt: str) -> None:
        """Read twice, a city comes to the same; else the law above would say nothing."""
        assert unterschied(stadt, ohne()) is None


class TestVerbote:
    """What the ledgers name as ruling something out does so, and nothing else does."""

    @pytest.mark.parametrize(("stadt", "traeger"), VERBOTE, ids=[f"{s}-{t}" for s, t in VERBOTE])
    def test_only_it_refuses_what_it_rules_out(self, stadt: str, traeger: str) -> None:
        """Planted into the city an offence is refused; without the entry it is accepted."""
        assert refused(stadt, plant(stadt, traeger))
        assert not refused(stadt, plant(stadt, traeger), ohne(traeger))

    @pytest.mark.parametrize(("stadt", "traeger"), ERLAUBT, ids=[f"{s}-{t}" for s, t in ERLAUBT])
    def test_only_it_allows_more_members(self, stadt: str, traeger: str, tmp_path: Path) -> None:
        """An open list: a project may add a member; without the entry it may not."""
        projekt = project_with_member(tmp_path, stadt, traeger)
        assert not refused(projekt)
        assert refused(projekt, ohne(traeger))


@mit_quellen
class TestFundstellen:
    """The passages stand in the sources as the catalogues say."""

    @jede_stadt
    def test_every_passage_holds(self, stadt: str) -> None:
        """Key term and fingerprint; of every source that names a file, the file is there."""
        texte, fehlend = self._texte(stadt)
        assert fehlend == []
        falsch = {
            stelle.id: str(meldung)
            for stelle in katalog(stadt).katalog.stellen.values()
            if stelle.quelle in texte and (meldung := texte[stelle.quelle].compare(stelle))
        }
        assert falsch == {}

    @jede_stadt
    def test_one_character_of_a_paragraph(self, stadt: str) -> None:
        """Changed anywhere in a cited paragraph, exactly the statements of this paragraph are reported."""
        alle = katalog(stadt).katalog.stellen.values()
        for quelle, text in self._texte(stadt)[0].items():
            dort = [stelle for stelle in alle if stelle.quelle == quelle]
            for nummer, absatz in enumerate(text.zeilen):
                hier = {s.id for s in dort if s.fingerabdruck == fingerprint(absatz)}
                if not hier:
                    continue
                at = len(absatz) // 2
                anders = absatz[:at] + ("x" if absatz[at] != "x" else "y") + absatz[at + 1 :]
                neu = Quelltext((*text.zeilen[:nummer], anders, *text.zeilen[nummer + 1 :]))
                assert {s.id for s in dort if neu.compare(s)} == hier, nummer + 1

    def _texte(self, stadt: str) -> tuple[dict[str, Quelltext], list[gp.Problem]]:
        assert SHARED is not None
        return read_quelltexte(SHARED / "quellen", katalog(stadt).katalog.quellen.values())
