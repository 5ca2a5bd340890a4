"""A plan made public: the calendars to subscribe to, as bytes and as files."""

from gremienplan.publishing.ausgabe import Veroeffentlichung, publish
from gremienplan.publishing.feeds import Feed, compose, feeds

__all__ = ["Feed", "Veroeffentlichung", "compose", "feeds", "publish"]
