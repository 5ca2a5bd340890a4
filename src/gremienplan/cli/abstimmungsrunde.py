"""One run of ``coordinate``: what is asked, taken or noted, and what follows for the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from gremienplan.cli.abstimmungsansicht import Lage, aussage_json, lage_json, say_ways_out, show_lage
from gremienplan.cli.ausgabe import say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.commands.audit import audit_json, show_findings
from gremienplan.cli.klick import document_language
from gremienplan.cli.sitzungswahl import choose_sitzung
from gremienplan.cli.sitzwahl import choose_sitz
from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.abstimmung import Abstimmung, Anfrage, Aussage
    from gremienplan.auditing import Audit
    from gremienplan.loading.abstimmungslisten import Antworten
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt
    from gremienplan.publishing.abstimmungslisten import Geschrieben

_OFFEN = ("open", "offen")


@frozen
class Runde:
    """One run on one plan."""

    projekt: Projekt
    plan: Plan
    vorher: Abstimmung
    path: Path
    stand: datetime
    dry_run: bool
    as_json: bool

    @property
    def fragen(self) -> tuple[Anfrage, ...]:
        """Whom the dates still to come need the word of."""
        from gremienplan.abstimmung import anfragen

        return anfragen(self.projekt, self.plan, ab=self.stand)

    # --- three things to do ----------------------------------------------------------------------------

    def ask(self, ordner: Path, bis: date | None) -> int:
        """Write the lists, and show where everything stands."""
        from gremienplan.publishing.abstimmungslisten import list_files, write_lists

        if bis is not None and bis < self.stand.date():
            raise InputError([Problem("--bis", "", Text("This day is past."), bis.isoformat())])
        plan, _ = self._follow(self.vorher)  # as it will be, so that the next run writes the same bytes
        files = list_files(
            self.projekt, plan, self.vorher, ab=self.stand, bis=bis, sprache=document_language()
        )
        self._check_taken(ordner, files)
        if self.dry_run:
            names = sorted(name for name, inhalt in files.items() if inhalt)
            say_done = Text("Would be written: {names}", names=tuple(names)) if names else None
            return self._settle(self.vorher, dateien={"would_write": names}, danach=say_done, bis=bis)
        done = write_lists(ordner, files) if any(files.values()) or ordner.is_dir() else None
        facts, said = _files_json(ordner, done), _files_text(ordner, done)
        return self._settle(self.vorher, dateien=facts, danach=said, bis=bis)

    def take(self, paths: Sequence[Path]) -> int:
        """Record what filled lists say."""
        from gremienplan.abstimmung import aufgenommen
        from gremienplan.loading.abstimmungslisten import read_listen

        back = read_listen(paths, self.projekt, self.plan, self.stand)
        return self._settle(aufgenommen(self.vorher, back.aussagen), back)

    def note(self, sitzung_word: str, sitz_word: str, antwort_word: str, bemerkung: str) -> int:
        """Record one answer, or take it back."""
        from gremienplan.abstimmung import Abstimmung, aufgenommen
        from gremienplan.loading.abstimmungslisten import Antworten

        sitzung = choose_sitzung(self.projekt.stadt, self.projekt.sitzungen(self.plan.jahr), sitzung_word)
        sitz = choose_sitz(self.projekt.stadt, sitz_word, sitzung.gebiet, "SITZ")
        frage = self._frage(sitzung.id, sitz.id)
        if antwort_word.casefold() in _OFFEN:
            rest = tuple(a for a in self.vorher.aussagen if (a.sitzung, a.sitz) != (sitzung.id, sitz.id))
            return self._settle(Abstimmung(rest))
        aussage = _aussage(frage, antwort_word, self.stand, bemerkung)
        return self._settle(aufgenommen(self.vorher, [aussage]), Antworten((aussage,)))

    def _frage(self, sitzung: str, sitz: str) -> Anfrage:
        from gremienplan.abstimmung import anfragen

        fragen = [f for f in anfragen(self.projekt, self.plan) if f.sitzung.id == sitzung]
        for frage in fragen:
            if frage.sitz.id == sitz:
                return frage
        if fragen:
            hint = Text("Its date needs: {sitze}", sitze=tuple(frage.sitz.id for frage in fragen))
            raise InputError(
                [Problem("SITZ", "", Text("The date does not need the word of this Sitz."), sitz, hint)]
            )
        if sitzung not in self.plan.lagen:
            raise InputError([Problem("SITZUNG", "", Text("This Sitzung has no date."), sitzung)])
        raise InputError(
            [Problem("SITZUNG", "", Text("The date of this Sitzung needs nobody's agreement."), sitzung)]
        )

    def _check_taken(self, ordner: Path, files: Mapping[str, bytes | None]) -> None:
        """Refuse to write over a list in which answers stand that nobody has taken."""
        from gremienplan.abstimmung import aufgenommen
        from gremienplan.loading.abstimmungslisten import read_listen

        problems: list[Problem] = []
        for name in sorted(files):
            path = ordner / name
            if not name.endswith(".xlsx") or not path.is_file() or path.read_bytes() == files[name]:
                continue
            hint = Text("Take them: {command}", command=f"gremienplan coordinate --take {path}")
            try:
                back = read_listen([path], self.projekt, self.plan, self.stand)
            except InputError as error:
                problems += error.problems
                hint = Text("Correct it, or move it elsewhere: a new list is to be written here.")
                problems.append(Problem(str(path), "", Text("This file is in the way."), hinweis=hint))
                continue
            if aufgenommen(self.vorher, back.aussagen) != self.vorher:
                anzahl = len(back.aussagen)
                meldung = Text("There are answers in this list that were not taken: {anzahl}", anzahl=anzahl)
                problems.append(Problem(str(path), "", meldung, hinweis=hint))
        if problems:
            raise InputError(problems)

    # --- what follows ----------------------------------------------------------------------------------

    def _settle(
        self,
        neu: Abstimmung,
        back: Antworten | None = None,
        dateien: dict[str, Any] | None = None,
        danach: Text | None = None,
        bis: date | None = None,
    ) -> int:
        """Keep the record, let the state of the plan follow, and say where everything stands."""
        from gremienplan.loading.abstimmung import ABSTIMMUNG
        from gremienplan.plan import plan_to_json
        from gremienplan.publishing.abstimmung import abstimmung_to_toml
        from gremienplan.publishing.dateien import write_atomically

        changed = neu != self.vorher
        plan, audit = self._follow(neu)
        if changed and not self.dry_run:  # the record first: the state follows from it, the next time else
            write_atomically(self.path.with_name(ABSTIMMUNG), abstimmung_to_toml(neu).encode())
        if plan is not self.plan and not self.dry_run:
            write_atomically(self.path, plan_to_json(plan).encode())
        lage = Lage(self.projekt, plan, neu, self.fragen, self._asked_by(plan, neu, bis))
        if self.as_json:
            self._json(lage, audit, changed, back, dateien)
        else:
            self._show(lage, audit, changed, back, danach)
        return NO if audit else DONE

    def _asked_by(self, plan: Plan, neu: Abstimmung, bis: date | None) -> dict[str, date | None]:
        """Return by when each office is asked, as its mail says it."""
        from gremienplan.abstimmungsliste import listen
        from gremienplan.publishing.abstimmungslisten import answer_by

        asked = listen(self.projekt, plan, neu, ab=self.stand)
        return {liste.sitz.id: bis or answer_by(liste, self.stand) for liste in asked}

    def _follow(self, neu: Abstimmung) -> tuple[Plan, Audit | None]:
        """Return the plan in the state that follows from the record, and what keeps it from being coordinated."""
        from gremienplan.abstimmung import folgezustand
        from gremienplan.auditing import audit as judge
        from gremienplan.plan import Zustand, record

        zustand = folgezustand(self.projekt, self.plan, neu, ab=self.stand)
        if zustand is self.plan.zustand:
            return self.plan, None
        if zustand is Zustand.COORDINATED:
            audit = judge(self.projekt, self.plan)
            if not audit.ok:
                return self.plan, audit
        return record(self.plan, self.plan, self.stand, zustand), None

    def _show(
        self, lage: Lage, audit: Audit | None, changed: bool, back: Antworten | None, danach: Text | None
    ) -> None:
        if not lage.fragen:
            say(_nobody(self.projekt, self.plan))
        else:
            show_lage(lage)
            show()
        if back is not None:
            self._say_taken(back, changed)
        if danach is not None:
            say(danach)
        say_ways_out(lage)
        if audit is not None:
            show_findings(audit, self.projekt)
            say(Text("All have agreed, but the plan breaks a rule: it stays a draft. The answers are kept."))
        elif lage.fragen:
            for text in _state(lage, self.plan):
                say(text)
        if self.dry_run:
            say(Text("Only tried: nothing was changed."))

    def _say_taken(self, back: Antworten, changed: bool) -> None:
        say(Text("Answers to the dates of the plan: {anzahl}", anzahl=len(back.aussagen)))
        if back.aussagen and not changed:
            say(Text("They were recorded before."))
        for alt in back.ueberholt:
            say(
                Text(
                    "{sitzung}, {sitz}: the answer is about {termin}, no longer its date, and does not count.",
                    sitzung=alt.sitzung,
                    sitz=alt.sitz,
                    termin=alt.beginn,
                )
            )
        if back.offen:
            say(Text("Left without an answer: {anzahl}", anzahl=len(back.offen)))

    def _json(
        self,
        lage: Lage,
        audit: Audit | None,
        changed: bool,
        back: Antworten | None,
        dateien: dict[str, Any] | None,
    ) -> None:
        facts: dict[str, Any] = {
            "jahr": self.plan.jahr,
            "dry_run": self.dry_run,
            "zustand": lage.plan.zustand.value,
            "changed": changed,
            "anfragen": lage_json(lage),
        }
        if back is not None:
            facts["aussagen"] = [aussage_json(a) for a in back.aussagen]
            facts["ueberholt"] = [aussage_json(a) for a in back.ueberholt]
            facts["ohne_antwort"] = [{"sitzung": k.termin.sitzung, "sitz": k.sitz} for k in back.offen]
        if dateien is not None:
            facts["dateien"] = dateien
        if audit is not None:
            facts["audit"] = audit_json(audit, self.projekt)
        write_json("coordination", **facts)


def _aussage(frage: Anfrage, wort: str, stand: datetime, bemerkung: str) -> Aussage:
    from gremienplan.abstimmung import Aussage
    from gremienplan.abstimmungsliste import read_antwort

    antwort = read_antwort(wort)
    if antwort is None:
        meldung = Text("The answer is one of: {words}", words=("yes", "no", "open"))
        raise InputError([Problem("--record", "", meldung, wort)])
    t = frage.termin
    text = " ".join(bemerkung.split())
    return Aussage(t.sitzung, frage.sitz.id, t.beginn, t.ende, t.ort, antwort, stand, text)


def _nobody(projekt: Projekt, plan: Plan) -> Text:
    if any(aufgabe.abstimmung for aufgabe in projekt.programm.aufgaben):
        return Text("No date of {jahr} that is still to come needs anybody's agreement.", jahr=str(plan.jahr))
    return Text("No date needs anybody's agreement: no task of the programme says so with “abstimmung”.")


def _state(lage: Lage, before: Plan) -> tuple[Text, ...]:
    """Say what the plan is now, and what is missing."""
    from gremienplan.plan import Zustand

    fehlend = [frage for frage in lage.fragen if lage.grund(frage) is not None]
    match lage.plan.zustand:
        case Zustand.COORDINATED:
            return (Text("The plan is coordinated: every date is agreed."),)
        case Zustand.DRAFT if before.zustand is Zustand.COORDINATED:
            stand = Text("The plan is a draft again.")
        case Zustand.DRAFT:
            stand = Text("The plan is a draft.")
        case _ if fehlend:
            stand = Text("The plan is published, and not to be published again as it is.")
        case _:
            return (Text("The plan is published, and every date is agreed."),)
    anzahl, termine = len(fehlend), len({frage.sitzung.id for frage in fehlend})
    missing = Text(
        "Agreements that are missing: {anzahl}, for dates: {termine}", anzahl=anzahl, termine=termine
    )
    return stand, missing


def _files_json(ordner: Path, done: Geschrieben | None) -> dict[str, Any]:
    if done is None:
        return {}
    return {
        "ordner": str(ordner),
        "written": list(done.written),
        "unchanged": list(done.unchanged),
        "removed": list(done.removed),
    }


def _files_text(ordner: Path, done: Geschrieben | None) -> Text | None:
    if done is None or not (done.written or done.unchanged):
        return None
    anzahl = len(done.written) + len(done.unchanged)
    return Text("The lists and mails ({anzahl} files): {path}", anzahl=anzahl, path=str(ordner))
