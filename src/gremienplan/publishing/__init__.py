"""A plan made public: the release, and the calendars to subscribe to, as bytes and as files."""

from gremienplan.publishing.ausgabe import Veroeffentlichung, publish, target, write_feeds
from gremienplan.publishing.feeds import Feed, Kalendersatz, feeds, release

__all__ = [
    "Feed",
    "Kalendersatz",
    "Veroeffentlichung",
    "feeds",
    "publish",
    "release",
    "target",
    "write_feeds",
]
