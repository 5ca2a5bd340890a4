"""What is not known of a year: a plan may be sound by all we know, and wrong all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt


def unknown(projekt: Projekt, jahr: int) -> Iterator[Text]:
    """Say what of a year the council calendar and the school holidays do not cover."""
    if projekt.stadt.hat_rat and not any(s.beginn.year == jahr for s in projekt.ratskalender.sitzungen):
        yield Text("The council calendar has no sitting in {jahr}.", jahr=str(jahr))
    bis = projekt.freitage.ferien_bis
    if bis is not None and bis < date(jahr, 12, 31):
        yield Text("School holidays are known until {tag}; later dates may fall into them.", tag=bis)
    elif bis is None and jahr in projekt.freitage.jahre:
        yield Text("School holidays are not known; dates may fall into them.")
