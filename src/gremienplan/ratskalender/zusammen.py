"""Which entries are one sitting, what it is then, and what tells it from others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from attrs import evolve, frozen

from gremienplan.ratskalender.dauer import Spanne
from gremienplan.ratskalender.hinweise import Merkzettel
from gremienplan.ratskalender.lesung import Lesung, Teil
from gremienplan.ratskalender.ortsangabe import lies_ort
from gremienplan.ratskalender.werte import Ratssitzung


@frozen
class Zeitpunkt:
    """An entry that stands, with its time."""

    lesung: Lesung
    spanne: Spanne


@frozen
class Tagung:
    """One sitting of one body or of several: all entries that mean it, the first of them gives its identity."""

    eintraege: tuple[Zeitpunkt, ...]
    grenze: datetime | None = None
    """An assumed end lies no later: then one of the bodies begins again."""

    @cached_property
    def lebendig(self) -> tuple[Zeitpunkt, ...]:
        """The entries that count: what vanished only counts alone."""
        return tuple(z for z in self.eintraege if not z.lesung.verschwunden) or self.eintraege

    @property
    def erste(self) -> Lesung:
        """The entry that gives its identity."""
        return self.lebendig[0].lesung

    @property
    def beginn(self) -> datetime:
        """When it begins."""
        return self.eintraege[0].spanne.beginn

    @cached_property
    def spanne(self) -> Spanne:
        """Its busy time: the surest end, else the latest."""
        beste = max((z.spanne for z in self.lebendig), key=lambda s: (s.ende_bekannt, s.ende))
        if self.grenze is not None and not (
            beste.ende_bekannt or beste.lang or beste.ganztags or beste.ohne_uhrzeit
        ):
            return evolve(beste, ende=min(beste.ende, self.grenze))
        return beste

    @cached_property
    def teile(self) -> tuple[Teil, ...]:
        """Its bodies, the leading one first."""
        found = {teil.gremium: teil for z in reversed(self.lebendig) for teil in reversed(z.lesung.teile)}
        ordered = dict.fromkeys(teil.gremium for z in self.lebendig for teil in z.lesung.teile)
        return tuple(found[gremium] for gremium in ordered)

    @cached_property
    def wer(self) -> tuple[str, ...]:
        """Its bodies as they are compared, in the order of ``teile``."""
        return tuple(dict.fromkeys(wer for z in self.lebendig for wer in z.lesung.wer))

    @property
    def ort(self) -> str:
        """Where it is held, as far as an entry says so."""
        return next((ort for z in self.lebendig if (ort := lies_ort(z.lesung.eintrag.ort))), "")


def tagungen(zeitpunkte: Iterable[Zeitpunkt]) -> list[Tagung]:
    """Return the entries that are one sitting together: they start together and share a body.

    They come in the order of their first entries, what vanished last. An entry that vanished joins a sitting that
    stands, but makes no two into one.
    """
    gruppen: list[list[Zeitpunkt]] = []
    mit: dict[
        tuple[str, datetime], int
    ] = {}  # a body and a start -> the group, also one that went into another
    statt: dict[int, int] = {}
    for z in sorted(zeitpunkte, key=lambda z: z.lesung.verschwunden):
        keys = [(wer, z.spanne.beginn) for wer in z.lesung.wer]
        mine = sorted({_letzte(mit[key], statt) for key in keys if key in mit})
        if not mine:
            mine = [len(gruppen)]
            gruppen.append([])
        elif z.lesung.verschwunden and not gruppen[mine[0]][0].lesung.verschwunden:
            gruppen[mine[0]].append(z)
            continue
        for other in mine[1:]:
            statt[other] = mine[0]
            gruppen[mine[0]] += gruppen[other]
            gruppen[other] = []
        gruppen[mine[0]].append(z)
        mit.update(dict.fromkeys(keys, mine[0]))
    return list(_begrenzt([Tagung(tuple(gruppe)) for gruppe in gruppen if gruppe]))


def _letzte(gruppe: int, statt: dict[int, int]) -> int:
    """Return the group into which a group has gone."""
    while gruppe in statt:
        gruppe = statt[gruppe]
    return gruppe


def _begrenzt(alle: Sequence[Tagung]) -> Iterator[Tagung]:
    """Yield them with the next start of one of their bodies on the same day, if there is one."""
    starts: defaultdict[tuple[str, date], list[datetime]] = defaultdict(list)
    for t in alle:
        for wer in t.wer:
            starts[wer, t.beginn.date()].append(t.beginn)
    for t in alle:
        later = [
            s for wer in t.wer for s in starts[wer, t.beginn.date()] if s > t.beginn and t.teile[0].gremium
        ]
        yield evolve(t, grenze=min(later, default=None))


def merke(alle: Iterable[Tagung], zettel: Merkzettel) -> None:
    """Say which entries were put together, which sittings are joint, and which vanished."""
    begonnen: set[tuple[str, date]] = set()
    for t in sorted(alle, key=lambda t: t.beginn):
        quelle, name, am_tag = t.erste.eintrag.quelle, t.erste.name, zettel.am(t.beginn)
        for z in t.eintraege:
            eintrag = z.lesung.eintrag
            if z.lesung is t.erste:
                if z.lesung.verschwunden:
                    am_tag.verschwunden(quelle, name)
            elif z.lesung.verschwunden and not t.erste.verschwunden:
                am_tag.neue_kennung(eintrag.quelle, z.lesung.name)
            else:
                am_tag.doppelt(eintrag.quelle, z.lesung.name)
        if len(t.teile) > 1:
            am_tag.gemeinsam(quelle, name, tuple(teil.name for teil in t.teile))
        if any((teil.gremium, t.beginn.date()) in begonnen for teil in t.teile):
            am_tag.geteilt(quelle, name, t.beginn)
        if not (t.spanne.ganztags or t.spanne.ohne_uhrzeit):
            begonnen |= {(teil.gremium, t.beginn.date()) for teil in t.teile if teil.gremium}


def sitzungen(alle: Sequence[Tagung]) -> Iterator[tuple[Tagung, tuple[Ratssitzung, ...]]]:
    """Yield each with its sittings, one a body, the leading one first.

    Their identity is the source's own where it is unique, else body, day and number of the day. The other bodies of a
    joint sitting have the leading one's with their own id behind it, or body, day and number.
    """
    kennungen = Counter((t.erste.eintrag.quelle, t.erste.eintrag.kennung) for t in alle)
    am_tag: Counter[tuple[str, date]] = Counter()
    for t in sorted(alle, key=lambda t: t.beginn):
        eintrag, tag = t.erste.eintrag, t.beginn.date()
        am_tag.update((wer, tag) for wer in t.wer)
        keys = [f"{wer}:{tag.isoformat()}:{am_tag[wer, tag]}" for wer in t.wer]
        if eintrag.kennung and kennungen[eintrag.quelle, eintrag.kennung] == 1:
            key = f"{eintrag.quelle}:{eintrag.kennung}"
            keys = [key, *(f"{key}+{wer}" for wer in t.wer[1:])]
        yield t, tuple(_sitzung(t, teil, key, keys) for teil, key in zip(t.teile, keys, strict=True))


def _sitzung(t: Tagung, teil: Teil, key: str, keys: Sequence[str]) -> Ratssitzung:
    return Ratssitzung(
        key=key,
        quelle=t.erste.eintrag.quelle,
        name=t.erste.name,
        gremium=teil.gremium,
        beginn=t.beginn,
        ende=max(t.spanne.ende, t.beginn + timedelta(minutes=1)),
        ende_bekannt=t.spanne.ende_bekannt,
        ort=t.ort,
        gemeinsam=keys[0] if len(keys) > 1 else "",
        verschwunden=t.erste.verschwunden,
    )
