"""The build hook: compiles the message catalogues.

Only the ``.po`` files are in git. The hook compiles them for a wheel and for an editable install; run as a
script this file does the same by hand, because an editable install does not notice a changed ``.po``.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src", "gremienplan", "locale")
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every catalogue below ``root``; the same ``.po`` gives the same bytes. No catalogue is fine."""
    compiled = []
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        catalogue.creation_date = catalogue.revision_date = NO_DATE  # Babel would write the current time
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        compiled.append(target)
    return compiled


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the catalogues before hatchling collects the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; `artifacts` in pyproject.toml then takes in what was made."""
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent)
