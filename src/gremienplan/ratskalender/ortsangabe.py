"""Where a sitting is held, as the source says it: what says nothing becomes nothing."""

from __future__ import annotations

import re
import unicodedata

_NICHTS = re.compile(
    r"""
    (?:(?:der\s+)?(?:sitzungs|tagungs)?(?:ort|raum|saal)\s*:?\s*)?(?:ist\s+|steht\s+)?
    (?:
        (?:(?:noch|wird)\s+)*(?:nicht|unbekannt|offen|bekannt\s*gegeben|bekanntgegeben|mitgeteilt|festgelegt)
        (?:\s+(?:bekannt|fest|festgelegt|benannt))?
        | wird\s+(?:rechtzeitig\s+|noch\s+|gesondert\s+)*(?:bekannt\s*gegeben|bekanntgegeben|mitgeteilt|festgelegt)
        | (?:sonstiger|anderer|externer|ausw(?:ä|ae)rtiger)\s+(?:(?:sitzungs|tagungs|veranstaltungs)?(?:ort|raum|saal))
        | extern(?:e\s+sitzung|er\s+ort)?
        | au(?:ß|ss)erhalb(?:\s+des\s+rathauses)?
        | ausw(?:ä|ae)rts
        | keine\s+angabe | k\.?\s*a\.? | n\s*/\s*a | n\.?\s*n\.?
        | tbd | tba | -+ | \?+ | null | none
    )
    (?:[\s,;:–—-]*\(?\s*(?:siehe|s\.|vgl\.|info(?:s|rmation(?:en)?)?|gem(?:äß|\.))\b.*)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RAND = " \t,;"


def lies_ort(roh: str) -> str:
    """Return a place as it is shown, or nothing where the source only says that it has none.

    >>> lies_ort("Rathaus, Saal 2, ")
    'Rathaus, Saal 2'
    >>> lies_ort("(noch nicht bekannt),")
    ''
    """
    ort = " ".join(unicodedata.normalize("NFC", roh).split()).strip(_RAND)
    kern = (
        ort.removeprefix("(").removesuffix(")").strip(_RAND + ".!")
        if ort.startswith("(")
        else ort.rstrip(".! ")
    )
    return "" if not kern or _NICHTS.fullmatch(kern) else ort
