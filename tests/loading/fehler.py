"""Single mistakes in the files of the Musterstadt: what is written, where it is reported, and what helps."""

from __future__ import annotations

from attrs import frozen


@frozen
class Fehler:
    """One mistake: a passage of a file, what stands there instead, and the one problem this is."""

    datei: str
    alt: str
    neu: str
    pfad: str
    meldung: str
    hinweis: str = ""

    @property
    def eintrag(self) -> tuple[str, str]:
        """The file and the entry it is in."""
        liste, klammer, _ = self.pfad.partition(")")
        return self.datei, liste + klammer if klammer else self.pfad.rpartition(".")[0]


_ENTWURF = 'bedingung[1] (id "entwurf-vor-rat")'
_EINLADUNG = 'einladung[1] (id "runde-rat")'

FEHLER = (
    # --- stadt.toml
    Fehler("stadt.toml", 'name = "Musterstadt"', "name = 7", "stadt.name", "text in quotation marks"),
    Fehler("stadt.toml", 'land = "NW"', 'land = "NRW"', "stadt.land", "no Land", "NW"),
    Fehler("stadt.toml", '"Europe/Berlin"', '"Europe/Hamm"', "stadt.zeitzone", "no time zone"),
    Fehler(
        "stadt.toml",
        "lueckenlos = false",
        'lueckenlos = "nein"',
        "ebene.sanierung.lueckenlos",
        "true or false",
    ),
    Fehler(
        "stadt.toml", 'ost = { name = "Ost" }', 'ost = { nme = "Ost" }', "bezirk.ost.nme", "unknown", "“name”"
    ),
    Fehler(
        "stadt.toml",
        'quartier = "heide" }',
        'quartier = "heyde" }',
        "viertel.4.quartier",
        "“quartier”",
        "“heide”",
    ),
    Fehler(
        "stadt.toml",
        'bezirk = "ost", quartier = "anger"',
        'quartier = "anger"',
        "viertel.1.bezirk",
        "no Gebiet",
    ),
    Fehler(
        "stadt.toml",
        'quartier = "hafen", sanierung = "kai"',
        'quartier = ["hafen", "heide"], sanierung = "kai"',
        "viertel.3.quartier",
        "more than one Gebiet",
    ),
    Fehler(
        "stadt.toml",
        'kai = { name = "Kai" }',
        'kai = { name = "Kai" }\nleer = { name = "Leer" }',
        "sanierung.leer",
        "consists of nothing",
    ),
    Fehler(
        "stadt.toml",
        'koordination = { je = "quartier"',
        'koordination = { je = "quartir"',
        "rolle.koordination.je",
        "no level",
        "“quartier”",
    ),
    Fehler("stadt.toml", 'art = "mandat"', 'art = "amtlich"', "rolle.rat.art", "none of the words", "“amt”"),
    Fehler("stadt.toml", 'nur = ["hafen"]', 'nur = ["haven"]', "rolle.treff.nur", "“quartier”", "“hafen”"),
    Fehler(
        "stadt.toml",
        'nur = ["hafen"], text = "MUSTER-1"',
        'nur = ["hafen"], text = "MUSTR-1"',
        "rolle.treff.text",
        "no passage",
        "“MUSTER-1”",
    ),
    Fehler("stadt.toml", "dauer = 90", "dauer = 0", "gremienart.runde.dauer", "from 1 to 1440"),
    Fehler(
        "stadt.toml",
        'kreis = { je = "stadt", name = "Kreis", orte = ["treff"]',
        'kreis = { je = "stadt", name = "Kreis", orte = ["treffen"]',
        "gremienart.kreis.orte",
        "no Ort",
        "“treff”",
    ),
    Fehler(
        "stadt.toml",
        '"runde/anger" =',
        '"runde/angr" =',
        'gremium."runde/angr"',
        "no Gremium",
        "“runde/anger”",
    ),
    Fehler(
        "stadt.toml",
        'wochentag = "mi"',
        'wochentag = "Mittwoch"',
        'gremium."runde/hafen".gewohnt.wochentag',
        "weekday",
    ),
    Fehler(
        "stadt.toml",
        'beginn = "18:00"',
        'beginn = "18.00"',
        'gremium."runde/heide".gewohnt.beginn',
        "time of day",
    ),
    Fehler(
        "stadt.toml",
        'gebiet = "quartier/heide"',
        'gebiet = "quartier/haide"',
        "ort.heidetreff.gebiet",
        "no Gebiet",
        "“quartier/heide”",
    ),
    Fehler(
        "stadt.toml",
        '= "koordination/hafen"',
        '= "buero/nord"',
        'vertretung."koordination/heide"',
        "no Sitz",
    ),
    Fehler("stadt.toml", "'Fraktion'", "'Fraktion('", "ratsgremium[4].muster", "regular expression"),
    Fehler(
        "stadt.toml",
        '"bezirksrat/west"',
        '"bezirksrat/wst"',
        "ratsgremium[2].gremium",
        "no Gremium",
        "“bezirksrat/west”",
    ),
    Fehler(
        "stadt.toml",
        'gremium = "bezirksrat/west"',
        'gremium = "bezirksrat/west"\nname = "West"',
        "ratsgremium[2].name",
        "Only a body of its own",
    ),
    Fehler(
        "stadt.toml",
        'art = "ausschuss"',
        'art = "ausschuß"',
        "ratsgremium[3].art",
        "none of the words",
        "“ausschuss”",
    ),
    Fehler(
        "stadt.toml", "'stammtisch'", "'stammtisch('", 'kein_gremium[1] (id "stammtisch").muster', "regular"
    ),
    # --- katalog.toml, auslegungen.toml
    Fehler(
        "katalog.toml",
        '"MUSTER-1" = { quelle = "konzept"',
        '"MUSTER-1" = { quelle = "konzep"',
        "stelle.MUSTER-1.quelle",
        "no source",
        "“konzept”",
    ),
    Fehler(
        "auslegungen.toml", 'stellen = ["MUSTER-2"]', 'stellen = ["MUSTER-9"]', "AMB-1.stellen", "no passage"
    ),
    Fehler("auslegungen.toml", 'frage = "Wer lädt', 'farge = "Wer lädt', "AMB-1.farge", "unknown", "“frage”"),
    # --- regeln.toml
    Fehler(
        "regeln.toml",
        '"buero", "treff"]',
        '"büro", "treff"]',
        'mitgliedschaft[1] (id "runde-mitglieder").rollen',
        "neither a Rolle nor a Sitz",
        "“buero”",
    ),
    Fehler(
        "regeln.toml",
        '"kreis/musterstadt"',
        '"kreis/musterdorf"',
        'mitgliedschaft[2] (id "kreis-mitglieder").gremium',
        "neither a Gremienart nor a Gremium",
        "“kreis/musterstadt”",
    ),
    Fehler("regeln.toml", "2030-06-30", "2020-06-30", f"{_EINLADUNG}.gueltig_bis", "ends before"),
    Fehler(
        "regeln.toml",
        'anlass = ["entwurf"]',
        'anlass = ["entwrf"]',
        f"{_EINLADUNG}.anlass",
        "no Anlass",
        "“entwurf”",
    ),
    Fehler(
        "regeln.toml",
        'nur = ["anger", "hafen"]',
        'nur = ["anger", "west"]',
        f"{_EINLADUNG}.nur",
        "“quartier”",
    ),
    Fehler(
        "regeln.toml",
        'auslegung = "AMB-1"',
        'auslegung = "AMB-1"\ntext = "MUSTER-1"',
        _EINLADUNG,
        "Only one of",
    ),
    Fehler(
        "regeln.toml",
        'id = "kreis-gastgeber"\ngremium = "kreis"\nrollen = "leitung"\nvorgabe = true',
        'id = "kreis-gastgeber"\ngremium = "kreis"\nrollen = "leitung"',
        'gastgeber[2] (id "kreis-gastgeber")',
        "One of the keys",
        "vorgabe = true",
    ),
    Fehler(
        "regeln.toml",
        'id = "runde-gastgeber"',
        'id = "runde-mitglieder"',
        'gastgeber[1] (id "runde-mitglieder").id',
        "at the same time as: mitgliedschaft[1]",
        "another id",
    ),
    Fehler(
        "regeln.toml",
        'id = "kreis-gf"\ngremium = "kreis"\nrollen = "leitung"',
        'id = "kreis-gf"\ngremium = "kreis"\nrollen = ["leitung", "buero/ost"]',
        "geschaeftsfuehrung",
        "More than one Sitz manages",
    ),
    Fehler(
        "regeln.toml",
        'rollenart = "mandat"',
        'rollenart = "mandate"',
        'ausgeschlossen[1] (id "kreis-ohne-rat").rollenart',
        "none of the words",
        "“mandat”",
    ),
    Fehler(
        "regeln.toml",
        'id = "kreis-ohne-rat"\ngremium = "kreis"',
        'id = "kreis-ohne-rat"\ngremium = "kreise"',
        'ausgeschlossen[1] (id "kreis-ohne-rat").gremium',
        "neither a Gremienart",
        "“kreis”",
    ),
    # --- programm.toml
    Fehler("programm.toml", 'name = "Das Jahr der Musterstadt"', "", "programm.name", "missing"),
    Fehler(
        "programm.toml",
        'gremium = "runde"\nanlass = ["entwurf"]',
        'gremium = "runden"\nanlass = ["entwurf"]',
        'sitzung[1] (id "runde-entwurf").gremium',
        "neither a Gremienart",
        "“runde”",
    ),
    Fehler(
        "programm.toml",
        'von = "08-15"',
        'von = "08-32"',
        'sitzung[1] (id "runde-entwurf").fenster.von',
        "No year has",
    ),
    Fehler(
        "programm.toml",
        'tag = "12-31"',
        'tag = "31.12."',
        'sitzung[1] (id "runde-entwurf").spaetestens.tag',
        "month and day",
    ),
    Fehler(
        "programm.toml",
        'id = "kreis-herbst"\ngremium = "kreis"',
        'id = "kreis-herbst"\ngremium = "bezirksrat"',
        'sitzung[3] (id "kreis-herbst").gremium',
        "council calendar",
        "[[beratung]]",
    ),
    Fehler(
        "programm.toml",
        'nur = ["anger", "heide"]',
        'nur = ["anger", "haide"]',
        'sitzung[2] (id "runde-abschluss").nur',
        "“quartier”",
        "“heide”",
    ),
    Fehler(
        "programm.toml",
        'zu = "runde-entwurf"',
        'zu = "rat-entwurf"',
        'beratung[1] (id "rat-entwurf").zu',
        "no Sitzung",
    ),
    Fehler(
        "programm.toml",
        'vortrag = ["koordination"]',
        'vortrag = ["kordination"]',
        'beratung[1] (id "rat-entwurf").vortrag',
        "neither a Rolle",
        "“koordination”",
    ),
    Fehler(
        "programm.toml",
        'zustaendig = "koordination"',
        'zustaendig = "kordination"',
        'aufgabe[1] (id "einladen").zustaendig',
        "neither a Rolle",
        "“koordination”",
    ),
    Fehler(
        "programm.toml",
        'an = ["bezirksrat", "buero"]',
        'an = ["bezirksrat", "büro"]',
        'aufgabe[2] (id "bericht").an',
        "no Rolle, Sitz, Gremienart or Gremium",
        "“buero”",
    ),
    Fehler(
        "programm.toml",
        'vortrag = "leitung"',
        'vortrag = "leiter"',
        'tagesordnung[1] (id "begruessung").vortrag',
        "neither a Rolle",
    ),
    Fehler(
        "programm.toml",
        'fuer = ["runde", "rat-entwurf"]',
        'fuer = ["runde", "rat-entwrf"]',
        'frist[1] (id "ladung").fuer',
        "no Gremienart, Gremium, Sitzung or Beratung",
        "“rat-entwurf”",
    ),
    Fehler(
        "programm.toml",
        'zaehlung = "werktage"',
        'zaehlung = "werktag"',
        'frist[1] (id "ladung").zaehlung',
        "none of the words",
        "“werktage”",
    ),
    Fehler(
        "programm.toml",
        'am_freien_tag = "vorher"',
        'am_freien_tag = "nachher"',
        'frist[1] (id "ladung").am_freien_tag',
        "shorter than it has to be",
        "“vorher”",
    ),
    Fehler(
        "programm.toml",
        'zustaendig = "leitung"',
        'zustaendig = "leitun"',
        'frist[1] (id "ladung").zustaendig',
        "neither a Rolle",
        "“leitung”",
    ),
    Fehler(
        "programm.toml",
        "tage = 7\nversandtag",
        "tage = 367\nversandtag",
        'frist[2] (id "vorlagen").tage',
        "at most 366",
    ),
    Fehler(
        "programm.toml",
        'fuer = "bezirksrat"',
        "fuer = []",
        'frist[2] (id "vorlagen").fuer',
        "At least one entry",
    ),
    Fehler(
        "programm.toml",
        "ostern = -48",
        "ostern = -181",
        'meidetag[1] (id "rosenmontag").ostern',
        "from -180 to 180",
    ),
    Fehler(
        "programm.toml",
        'name = "Eid al-Fitr" }',
        'name = "Eid al-Fitre" }',
        'meidetag[2] (id "zuckerfest").fest.name',
        "no feast of this name",
        "“Eid al-Fitr”",
    ),
    Fehler(
        "programm.toml",
        'quelle = "Bekanntmachung des Landes"\n',
        "",
        'meidetag[3] (id "wahl").quelle',
        "need their source",
    ),
    Fehler("programm.toml", "tage = 21", 'tage = "21"', f"{_ENTWURF}.abstand.tage", "whole number"),
    Fehler(
        "programm.toml",
        'art = "reihenfolge"\nerst = "runde-entwurf"',
        'art = "reihenfolge"\nerst = "runde-entwrf"',
        f"{_ENTWURF}.erst",
        "neither a Sitzung nor a Beratung",
        "“runde-entwurf”",
    ),
    Fehler("programm.toml", "tage = 14", "tag = 14", 'bedingung[2] (id "abstand").tag', "unknown", "“tage”"),
    Fehler("programm.toml", "max = 2", "max = 0", 'bedingung[3] (id "anzahl").max', "at least 1"),
    Fehler("programm.toml", 'bis = "21:00"', 'bis = "08:00"', 'bedingung[4] (id "zeiten").bis', "later than"),
    Fehler(
        "programm.toml",
        '"mo", "di", "mi", "do"]',
        '"mo", "die", "mi", "do"]',
        'bedingung[5] (id "tage").tage',
        "weekday",
    ),
    Fehler(
        "programm.toml",
        'art = "keine-feiertage"',
        'art = "keine-feiertag"',
        'bedingung[6] (id "feiertage").art',
        "no kind",
        "“keine-feiertage”",
    ),
    Fehler(
        "programm.toml",
        "unbekannte = { vorgabe = true }",
        "unbekannte = {}",
        'bedingung[8] (id "ueberschneidung").unbekannte',
        "One of the keys",
    ),
    Fehler(
        "programm.toml",
        'mit = ["bezirksrat"]',
        'mit = ["bezirksrad"]',
        'bedingung[9] (id "nicht-am-tag").mit',
        "neither a Gremienart",
        "“bezirksrat”",
    ),
    Fehler("programm.toml", "stufe = 1", "stufe = 0", 'wunsch[1] (id "gewohnt").stufe', "1 to 4"),
    Fehler(
        "programm.toml",
        'folge = ["runde-entwurf", "runde-abschluss"]',
        'folge = ["runde-entwurf"]',
        'wunsch[2] (id "gleichmaessig").folge',
        "at least two",
    ),
    Fehler(
        "programm.toml",
        'nach = ["kreis-herbst"]\ngremium = "runde"',
        'nach = ["kreis-herbst"]\ngremium = "runde/heide"',
        'wunsch[4] (id "danach").gremium',
        "no Gremienart",
        "“runde”",
    ),
    Fehler(
        "programm.toml",
        'beratung = ["rat-entwurf"]',
        'beratung = ["runde-entwurf"]',
        'wunsch[12] (id "selbst").beratung',
        "no Beratung",
        "“rat-entwurf”",
    ),
    Fehler("programm.toml", "gewicht = 2", "gewicht = -2", 'wunsch[9] (id "meiden").gewicht', "not negative"),
    Fehler(
        "stadt.toml",
        'bis = "13:30"',
        'bis = "12:00"',
        "ort.heidetreff.belegt[1].bis",
        "later than",
        "two entries",
    ),
    Fehler(
        "stadt.toml",
        'sitz = "koordination/anger"',
        'sitz = "koordinatio/anger"',
        "ort.angertreff.sitz",
        "no Sitz",
    ),
    Fehler(
        "programm.toml",
        "plaetze = 30",
        'plaetze = "viele"',
        'bedingung[10] (id "raum").plaetze',
        "whole number",
    ),
    Fehler("programm.toml", 'id = "bruecken"', 'id = "Brücken"', 'wunsch[7] (id "Brücken").id', "lower-case"),
)
"""Every one of these is one problem, alone and together with any others in other entries."""
