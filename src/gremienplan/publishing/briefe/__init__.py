"""Invitations as texts: one letter for each Sitzung, from templates that a city or a project can replace."""

from gremienplan.publishing.briefe.briefe import Brief, briefe, store
from gremienplan.publishing.briefe.rahmen import NAMEN, Vorlagen

__all__ = ["NAMEN", "Brief", "Vorlagen", "briefe", "store"]
