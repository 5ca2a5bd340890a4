"""Days between the rules: on which a Gremium has nobody who manages it or invites to it, or a claim pauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations

from attrs import frozen

from gremienplan.loading.doppelt import gemeinsam, ort_von, tage_von
from gremienplan.loading.grenzen import Ort, Stelle
from gremienplan.loading.gueltigkeit import Gueltigkeit
from gremienplan.loading.shapes import join
from gremienplan.rules import Regel, RegelArt, gastgeber, geschaeftsfuehrung
from gremienplan.rules.auswertung import applies
from gremienplan.stadt import Gremium, Sitz, Stadt
from gremienplan.texts import Text

Stellen = Callable[[Stadt, Sequence[Regel], Gremium, date], tuple[Sitz, ...]]

EINE: Mapping[RegelArt, Stellen] = {
    RegelArt.GESCHAEFTSFUEHRUNG: geschaeftsfuehrung,
    RegelArt.GASTGEBER: gastgeber,
}
"""Kinds of rule of which a Gremium has one on every day or on none."""


@frozen
class Luecke:
    """Days on which a Gremium has nobody: the rule that ends before them, and the one that begins after them."""

    tage: Gueltigkeit
    vorher: Regel | None
    nachher: Regel | None


def check_luecken(stadt: Stadt, regeln: Sequence[Regel], orte: Mapping[Stelle, Ort]) -> None:
    """Report days on which nobody manages a Gremium or invites to it, although somebody does on other days.

    Days before the first such rule count only if some other rule is about the Gremium already. Days between
    versions of one rule are reported where versions are read.
    """
    for art in EINE:
        for luecke, gremien in luecken(stadt, regeln, art).items():
            _report(art, luecke, gremien, orte)


def luecken(stadt: Stadt, regeln: Sequence[Regel], art: RegelArt) -> Mapping[Luecke, Sequence[str]]:
    """Return the days without a rule of this kind, and the Gremien (ids) that have nobody on them."""
    eigene = [regel for regel in regeln if regel.art is art]
    tage = wechseltage(stadt, regeln)
    betroffen: dict[Luecke, list[str]] = {}
    for gremium in stadt.alle_gremien.values():
        for luecke in _luecken(stadt, regeln, eigene, gremium, tage, EINE[art]):
            betroffen.setdefault(luecke, []).append(gremium.id)
    return betroffen


def wechseltage(stadt: Stadt, regeln: Sequence[Regel]) -> list[date]:
    """Return every day on which the city or a rule may change, from the first there is."""
    tage = [tage_von(regel) for regel in regeln]
    tage += [Gueltigkeit(fassung.gueltig_ab, fassung.gueltig_bis) for fassung in stadt.fassungen]
    return sorted({date.min} | {tag for g in tage for tag in (g.gueltig_ab, g.danach) if tag})


def _luecken(
    stadt: Stadt,
    regeln: Sequence[Regel],
    eigene: Sequence[Regel],
    gremium: Gremium,
    tage: Sequence[date],
    stellen: Stellen,
) -> Iterator[Luecke]:
    """Yield the days without anybody, in their order; none of a Gremium that never has anybody."""

    def wer(tag: date) -> Regel | None:
        return next((regel for regel in eigene if stellen(stadt, (regel,), gremium, tag)), None)

    def gemeint(tag: date) -> bool:
        heute = stadt.gremium_am(gremium, tag)
        return heute is not None and (seit or any(applies(regel, heute, tag) for regel in regeln))

    stand = [wer(tag) for tag in tage]
    seit = False
    vorher: Regel | None = None
    offen: date | None = None
    for tag, regel in zip(tage, stand, strict=True):
        leer = regel is None and gemeint(tag)
        if offen is not None and not leer:
            nachher = next((r for t, r in zip(tage, stand, strict=True) if t >= tag and r), None)
            yield Luecke(_spanne(offen, tag), vorher, nachher)
        offen = (offen or tag) if leer else None
        vorher, seit = regel or vorher, seit or regel is not None
    if offen is not None and seit:
        yield Luecke(_spanne(offen, None), vorher, None)


def _spanne(ab: date, danach: date | None) -> Gueltigkeit:
    return Gueltigkeit(None if ab == date.min else ab, danach - timedelta(days=1) if danach else None)


def _report(art: RegelArt, luecke: Luecke, gremien: Sequence[str], orte: Mapping[Stelle, Ort]) -> None:
    vorher, nachher = luecke.vorher, luecke.nachher
    regel = vorher or nachher
    ort = ort_von(regel, orte) if regel else None
    if regel is None or ort is None or (vorher and nachher and vorher.id == nachher.id):
        return
    weiter = ort_von(nachher, orte) if vorher and nachher else None
    tage = {"ab": luecke.tage.gueltig_ab, "bis": luecke.tage.gueltig_bis}
    werte = {"art": art.value, "gremien": tuple(gremien)} | {key: tag for key, tag in tage.items() if tag}
    if weiter is not None:
        meldung = Text(
            "From {ab} to {bis} no {art} holds, until this one begins: {ort}. It is missing for: {gremien}",
            **werte,
            ort=weiter.pfad,
        )
    elif "ab" not in werte:
        meldung = Text("Until {bis} no {art} holds for: {gremien}", **werte)
    elif "bis" in werte:
        meldung = Text("From {ab} to {bis} no {art} holds for: {gremien}", **werte)
    else:
        meldung = Text("From {ab} on no {art} holds for: {gremien}", **werte)
    hinweis = Text("Let each begin on the day after the one before ends.")
    endet = tage_von(regel).danach == luecke.tage.gueltig_ab  # else what it names ends, not the rule
    key = "gueltig_ab" if vorher is None else "gueltig_bis" if endet else "rollen"
    wert = getattr(regel, key)
    ort.datei.problem(join(ort.pfad, key), meldung, wert if isinstance(wert, date) else "", hinweis)


def warn_luecken(regeln: Sequence[Regel], orte: Mapping[Stelle, Ort]) -> None:
    """Say between which two rules that claim the same there are days on which neither holds."""
    regeln = [regel for regel in regeln if regel.art not in EINE]
    for erste, zweite in permutations([r for r in regeln if r.gueltig_ab or r.gueltig_bis], 2):
        rollen = gemeinsam(erste, zweite)
        dort, hier = ort_von(erste, orte), ort_von(zweite, orte)
        ab, danach = zweite.gueltig_ab, tage_von(erste).danach
        if not rollen or dort is None or hier is None or ab is None or danach is None or ab <= danach:
            continue
        luecke = Gueltigkeit(danach, ab - timedelta(days=1))
        if any(set(gemeinsam(erste, r)) & set(rollen) and luecke.gemeinsam(tage_von(r)) for r in regeln):
            continue
        meldung = Text(
            "From {ab} to {bis} neither {dort} nor {hier} holds, which both name: {rollen}",
            ab=danach,
            bis=luecke.gueltig_bis or ab,
            dort=f"{dort.datei.name}: {dort.pfad}",
            hier=f"{hier.datei.name}: {hier.pfad}",
            rollen=rollen,
        )
        hier.datei.befund.warnungen.append(meldung)
