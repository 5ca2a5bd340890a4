"""``check --quellen``: whether the passages of a catalogue stand in the sources as it says."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from gremienplan.cli.antworten import problem_json, show_problems
from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.sprache import words
from gremienplan.coverage import Deckung
from gremienplan.quellen import Fundstelle, Katalog
from gremienplan.texts import Text


@frozen
class _Abweichung:
    """A passage that does not hold, how it differs, and what rests on it."""

    stelle: Fundstelle
    meldung: Text
    traeger: tuple[str, ...]


def compare_with_sources(katalog: Katalog, deckung: Deckung, ordner: Path, as_json: bool) -> int:
    """Compare every passage with the texts in a folder, and say which do not hold and what rests on them."""
    from gremienplan.loading.quelltexte import read_quelltexte

    texte, fehlend = read_quelltexte(ordner, katalog.quellen.values())
    verglichen = [
        stelle
        for stelle in katalog.stellen.values()
        if stelle.quelle in texte and (stelle.stichwort or stelle.fingerabdruck)
    ]
    gefunden = [
        _Abweichung(stelle, meldung, deckung.traeger_von(stelle.id))
        for stelle in verglichen
        if (meldung := texte[stelle.quelle].compare(stelle))
    ]
    neue = [(s, texte[s.quelle].fingerprints(s)) for s in verglichen if not s.fingerabdruck]
    ohne = tuple(q.titel for q in katalog.quellen.values() if not q.datei)
    if as_json:
        write_json(
            "quellen",
            verglichen=len(verglichen),
            ohne_datei=list(ohne),
            abweichungen=[
                {
                    "id": eine.stelle.id,
                    "quelle": eine.stelle.quelle,
                    "abschnitt": eine.stelle.abschnitt,
                    "stichwort": eine.stelle.stichwort,
                    "meldung": words(eine.meldung),
                    "durch": list(eine.traeger),
                }
                for eine in gefunden
            ],
            ohne_fingerabdruck={s.id: [words(ort) for ort in orte] for s, orte in neue if orte},
            problems=[problem_json(problem) for problem in fehlend],
        )
        return NO if gefunden or fehlend else DONE
    show_problems(fehlend, stderr=False)
    for eine in gefunden:
        _show(eine)
    for stelle, orte in neue:
        if orte:
            show(
                words(
                    Text("{id}: no fingerprint yet; its key term stands in: {orte}", id=stelle.id, orte=orte)
                )
            )
    for titel in ohne:
        say(Text("Not compared, for the catalogue names no file: {titel}", titel=titel))
    facts = {"verglichen": len(verglichen), "abweichend": len(gefunden)}
    say(Text("{verglichen} passages compared, {abweichend} do not hold.", **facts))
    return NO if gefunden or fehlend else DONE


def _show(abweichung: _Abweichung) -> None:
    stelle = abweichung.stelle
    stichwort = words(Text("“{id}”", id=stelle.stichwort))
    heading(f"{stelle.id} ({stelle.abschnitt}, {stichwort})")
    rows = [("  ", words(abweichung.meldung))]
    if abweichung.traeger:
        rests = Text("On it rests: {namen}", namen=abweichung.traeger)
        rows.append(("  ", words(rests)))
    show(entries(rows))
