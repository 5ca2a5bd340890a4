"""On which days something holds, and what is wrong with several versions of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.stadt import gilt
from gremienplan.texts import Text

KEYS = ("gueltig_ab", "gueltig_bis")
"""The keys that say on which days an entry holds."""

_TAG = timedelta(days=1)


@frozen
class Gueltigkeit:
    """First and last day on which something holds, both inclusive; None: open."""

    gueltig_ab: date | None = None
    gueltig_bis: date | None = None

    def gilt(self, tag: date) -> bool:
        """Tell whether it holds on a day."""
        return gilt(self.gueltig_ab, self.gueltig_bis, tag)

    @property
    def danach(self) -> date | None:
        """The first day on which it holds no more; None where it never ends."""
        if self.gueltig_bis is None or self.gueltig_bis == date.max:
            return None
        return self.gueltig_bis + _TAG

    def gemeinsam(self, other: Gueltigkeit) -> Gueltigkeit | None:
        """Return on which days both hold; None when on no day."""
        ab = max((g.gueltig_ab for g in (self, other) if g.gueltig_ab), default=None)
        bis = min((g.gueltig_bis for g in (self, other) if g.gueltig_bis), default=None)
        return None if ab and bis and bis < ab else Gueltigkeit(ab, bis)


def read_gueltigkeit(datei: Datei, roh: Mapping[str, object], pfad: str) -> Gueltigkeit | None:
    """Return on which days an entry holds; None, and every mistake of it reported, when it does not say it well."""
    gelesen = datei.structure(Gueltigkeit, {key: wert for key, wert in roh.items() if key in KEYS}, pfad)
    return gelesen if gelesen is not None and check_ende(datei, gelesen, pfad) else None


def check_ende(datei: Datei, gueltig: Gueltigkeit, pfad: str) -> bool:
    """Report what ends before it begins; tell whether all is well."""
    ab, bis = gueltig.gueltig_ab, gueltig.gueltig_bis
    if ab is None or bis is None or ab <= bis:
        return True
    datei.problem(join(pfad, "gueltig_bis"), Text("This ends before it begins on {ab}.", ab=ab), bis)
    return False


def check_versionen(
    datei: Datei,
    versionen: Iterable[tuple[str, Gueltigkeit]],
    *,
    key: str = "",
    zugleich: Text | None = None,
) -> bool:
    """Report days on which several versions of one thing hold, or none between them; tell whether all is well.

    ``versionen`` are the place of each and the days on which it holds; ``key`` is the key at which a problem is
    reported, and ``zugleich`` says what to do about two at once.
    """
    zugleich = zugleich or Text("Let one end on the day before the next begins.")
    found = list(_probleme(sorted(versionen, key=lambda v: v[1].gueltig_ab or date.min), zugleich))
    for pfad, meldung, hinweis in found:
        datei.problem(join(pfad, key) if key else pfad, meldung, "", hinweis)
    return not found


def _probleme(
    versionen: Sequence[tuple[str, Gueltigkeit]], zugleich: Text
) -> Iterator[tuple[str, Text, Text]]:
    for i, (pfad, gueltig) in enumerate(versionen[1:], 1):
        # the one that lasts longest of those before: the others are judged against each other already
        ort, vorher = max(versionen[:i], key=lambda v: v[1].gueltig_bis or date.max)
        beide = vorher.gemeinsam(gueltig)
        ab, danach = gueltig.gueltig_ab, vorher.danach
        if beide is not None:
            yield pfad, both_hold(ort, beide), zugleich
        elif ab is not None and danach is not None and danach < ab:
            meldung = Text(
                "Between them no version holds, from {ab} to {bis}: {ort}", ab=danach, bis=ab - _TAG, ort=ort
            )
            yield pfad, meldung, Text("Let each begin on the day after the one before ends.")


def both_hold(ort: str, beide: Gueltigkeit) -> Text:
    """Return the sentence that another entry holds on some of the same days."""
    ab, bis = beide.gueltig_ab, beide.gueltig_bis
    if ab and bis:
        return Text("From {ab} to {bis} this holds at the same time as: {ort}", ab=ab, bis=bis, ort=ort)
    if ab:
        return Text("From {ab} on this holds at the same time as: {ort}", ab=ab, ort=ort)
    if bis:
        return Text("Until {bis} this holds at the same time as: {ort}", bis=bis, ort=ort)
    return Text("This holds at the same time as: {ort}", ort=ort)
