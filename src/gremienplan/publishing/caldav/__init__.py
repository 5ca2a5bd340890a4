"""A feed brought into a calendar of a CalDAV server, changing only what changed."""
