"""Parties, dates and places from the text of an agreement, and from a table beside the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.knowledge import load_knowledge
from analyzer.read.about.countries import find_countries
from analyzer.read.about.dates import find_dates, force_of, signature_of
from analyzer.read.about.parties import head_end, parties_of
from analyzer.read.about.sidecar import NAME
from analyzer.read.about.title import title_of
from analyzer.read.file import read
from analyzer.segment.builder import segment

KNOWLEDGE = load_knowledge()
CLAUSES = "\n\nArticle 1\n\nThe Parties shall meet once a year and report on their labour laws.\n\n"


def signed(text: str) -> str:
    return signature_of(text, head_end(text, KNOWLEDGE), KNOWLEDGE.metadata).date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("4 June 2012", "2012-06-04"),
        ("June 4, 2012", "2012-06-04"),
        ("this 22nd day of December, 1992", "1992-12-22"),
        (
            "on the eighteenth day of the month of February in the year one thousand nine hundred and sixty",
            "1960-02-18",
        ),
        ("the twenty-first day of June in the year two thousand and twenty-three", "2023-06-21"),
        ("the thirtieth day of May nineteen ninety-four", "1994-05-30"),
        ("el 6 de abril de 2011", "2011-04-06"),
        ("a los veintiocho días del mes de agosto de mil novecientos noventa y siete", "1997-08-28"),
        ("el 1 de setiembre de 2005", "2005-09-01"),
        ("le 1er mars 2019", "2019-03-01"),
        ("le dix-sept octobre mil neuf cent soixante-dix", "1970-10-17"),
        ("le 8 octobre deux mille vingt", "2020-10-08"),
        ("on 10thdayofDecember 1992", "1992-12-10"),
        ("on 2001-11-30", "2001-11-30"),
        ("am 27.6.2014", "2014-06-27"),
        ("in May 2012", "2012-05"),
        ("on 31 February 2012", "2012-02"),
        ("el dieciocho de diciembre de mil novecientos noventa y siente", ""),
        ("12 March", ""),
    ],
)
def test_dates_in_words_and_digits(text: str, date: str) -> None:
    found = find_dates(text, load_knowledge().metadata)
    assert [day.written for day in found] == ([date] if date else [])
    assert all(0 <= day.start < day.end <= len(text) for day in found)


@pytest.mark.parametrize(
    ("text", "date", "place"),
    [
        ("IN WITNESS WHEREOF, the undersigned have signed.\n\nDONE at Fort Resolute, this 4th day of June 2012, in two",
         "2012-06-04", "Fort Resolute"),
        ("Done at Brontë on the twenty-first day of June two thousand and three.\n\nFor A", "2003-06-21", "Brontë"),
        ("En fe de lo cual, firman.\n\nHecho en Puerto Cabral, el 14 de noviembre de 2022, en dos ejemplares.",
         "2022-11-14", "Puerto Cabral"),
        ("En foi de quoi ils ont signé.\n\nFait à Port-Lumière, le 8 octobre 2020, en deux exemplaires.",
         "2020-10-08", "Port-Lumière"),
        ("Done at ______ this __ day of ______ 2016 in two originals.", "2016", ""),
        ("In witness whereof.\n\nDone at ..., this ... day of ... two thousand and twelve.", "2012", ""),
    ],
)  # fmt: skip
def test_day_and_place_of_signature(text: str, date: str, place: str) -> None:
    found = signature_of(CLAUSES * 60 + text, 8, KNOWLEDGE.metadata)
    assert (found.date, found.place) == (date, place)


def test_dates_of_other_agreements_are_no_day_of_signature() -> None:
    recitals = (
        "AGREEMENT\n\nThe Republic of Chile and Canada,\n\nRECALLING the Convention done at Vienna on 23 May 1969, the "
        "Agreement signed at Ottawa on 5 December 1996,\n\nHAVE AGREED as follows:"
    )
    assert signed(recitals + CLAUSES * 60) == ""
    later = CLAUSES * 60 + "The Agreement signed in Bern on 3 March 1998 shall cease to apply."
    assert signed(recitals + later) == ""


def test_the_title_page_tells_the_day_where_the_end_does_not() -> None:
    assert (
        signed("FREE TRADE AGREEMENT\nBETWEEN\nCHILE AND CANADA\n\nsigned at Ottawa, 5 December 1996\n" + CLAUSES)
        == "1996-12-05"
    )
    assert signed("TREATY BETWEEN CHILE AND CANADA\nDate of signing: September 17, 1994\n" + CLAUSES) == "1994-09-17"


def test_annexes_behind_the_signatures_do_no_harm() -> None:
    end = "IN WITNESS WHEREOF they have signed.\n\nDONE at Oslo, this 2nd day of May 2001.\n\n"
    assert signed(CLAUSES + end + "ANNEX I\n\n" + CLAUSES * 200) == "2001-05-02"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("This Agreement shall enter into force on 1 January 1994, provided that both have notified.", "1994-01-01"),
        ("El presente Tratado entrará en vigor el 1 de julio de 2006.", "2006-07-01"),
        ("Le présent Accord entre en vigueur le 1er mars 2019.", "2019-03-01"),
        ("This Agreement shall enter into force on the date of its signature.", "2001-05-02"),
        ("This Agreement shall enter into force on the first day of the second month after notification.", ""),
        ("The tariff which shall enter into force on 1 January 1994 is in the Annex.", ""),
    ],
)
def test_the_day_of_entry_into_force_where_the_text_fixes_one(text: str, date: str) -> None:
    assert force_of(CLAUSES + text, "2001-05-02", KNOWLEDGE.metadata) == date


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the Kingdom of Norway, the Swiss Confederation and the Republic of Korea", "NOR CHE KOR"),
        ("theKingdom of Cambodia and the LaoPeople’s Democratic\nRepublic", "KHM LAO"),
        ("los Estados Unidos Mexicanos y la República Oriental del Uruguay", "MEX URY"),
        ("la République française et la Confédération suisse", "FRA CHE"),
        ("the People's Republic of China and the Hong Kong, China delegation", "CHN HKG"),
        ("Papua New Guinea, Guinea-Bissau, Equatorial Guinea and Guinea", "PNG GNB GNQ GIN"),
        ("Nigeria, Niger, the Dominican Republic and Dominica", "NGA NER DOM DMA"),
        ("Upper Volta, Zaire, Ceylon, Burma and Czechoslovakia", "BFA COD LKA MMR CSK"),
        ("the Uruguay Round and the Treaty establishing the European Community", ""),
        ("a chad, turkey for us and the ec", ""),
        ("the EC and the USA", "EU USA"),
    ],
)
def test_names_of_states(text: str, codes: str) -> None:
    found = find_countries(text, load_knowledge().states.names)
    assert [one.code for one in found] == codes.split()
    assert all(text[one.start].isupper() for one in found)


@pytest.mark.parametrize(
    ("text", "signed", "parties"),
    [
        ("PREAMBLE\n\nThe Government of the Republic of Chile and the Government of Canada,\n\nRECALLING the work of "
         "Japan,\n\nHAVE AGREED:", "1996-12-05", "CAN CHL"),
        ("El Gobierno de la República del Perú y el Gobierno de la República de Costa Rica\n\nCONSIDERANDO que México",
         "2011", "CRI PER"),
        ("Le Gouvernement de la République tunisienne et le Gouvernement du Royaume du Maroc,\n\nDésireux d'aider "
         "l'Égypte,", "1999", "MAR TUN"),
        ("The EFTA States (Iceland, Liechtenstein, Norway and Switzerland) and Tunisia", "2004-12-17",
         "CHE ISL LIE NOR TUN"),
        ("The EFTA States and the Republic of Singapore", "2002-06-26", "CHE ISL LIE NOR SGP"),
        ("THE EUROPEAN ECONOMIC COMMUNITY, of the one part, and THE REPUBLIC OF AUSTRIA, of the other part,",
         "1972-07-22", "AUT BEL DEU FRA ITA LUX NLD"),
        ("The Governments of the Member States of the Southern African Customs Union,\n\nhave agreed", "2002-10-21",
         "BWA LSO NAM SWZ ZAF"),
        ("The European Union and Japan", "", "EU JPN"),
        ("The Confederation of Tarn and the Republic of Lusenia", "2021", ""),
    ],
)  # fmt: skip
def test_parties_from_the_head_of_the_text(text: str, signed: str, parties: str) -> None:
    assert parties_of(text + CLAUSES, "", signed, KNOWLEDGE) == tuple(parties.split())


def test_parties_from_title_or_signatures_where_no_preamble_names_them() -> None:
    assert parties_of(CLAUSES, "FREE TRADE AGREEMENT BETWEEN CHILE AND CANADA", "", KNOWLEDGE) == ("CAN", "CHL")
    block = (
        "IN WITNESS WHEREOF they have signed. DONE at Oslo, 2 May 2001.\n\nFor the Republic of Turkey\n\nFor Ukraine\n"
    )
    assert parties_of(CLAUSES + block + CLAUSES * 20 + "Japan", "", "", KNOWLEDGE) == ("TUR", "UKR")
    columns = "In witness whereof\n\nFOR THE GOVERNMENT OF FOR THE GOVERNMENT OF\nREPUBLIC OF KOREA  REPUBLIC OF CHILE"
    assert parties_of(CLAUSES + columns, "", "", KNOWLEDGE) == ("CHL", "KOR")


def test_a_contents_before_the_preamble_does_not_hide_the_parties() -> None:
    contents = "CONTENTS\n\nArticle 1\nAims\n\nPREAMBLE\n\nThe Republic of Peru and Thailand,\n\nRECALLING Japan,"
    assert parties_of(contents + CLAUSES, "", "", KNOWLEDGE) == ("PER", "THA")


def test_what_was_found_in_the_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "pact.txt"
    path.write_text(
        "AGREEMENT BETWEEN CANADA AND CHILE\n" + CLAUSES + "In witness whereof.\nDone at Ottawa on 5 December 1996.\n",
        encoding="utf-8",
    )
    about = read(path).metadata
    assert (about.parties, about.date_signed, about.date_in_force) == (("CAN", "CHL"), "1996-12-05", "")
    assert about.extra == {"place_signed": "Ottawa", "found_in_text": "parties; date_signed; place_signed"}


# The table beside the files


def agreement(folder: Path, table: str | bytes) -> Path:
    (folder / NAME).write_bytes(table.encode() if isinstance(table, str) else table)
    path = folder / "pact.txt"
    path.write_text("AGREEMENT BETWEEN CANADA AND CHILE\n" + CLAUSES, encoding="utf-8")
    return path


@pytest.mark.parametrize("mark", [",", ";"])
def test_the_table_has_the_last_word(tmp_path: Path, mark: str) -> None:
    table = "\ufeff" + "\n".join(
        [mark.join(["stem", "title", "parties", "date_signed", "date_in_force", "language", "status"]),
         mark.join(["pact", "The Pact", '"EFTA;KOR"', "2005-12-15", "", "fr", "in force"])]
    )  # fmt: skip
    document = read(agreement(tmp_path, table))
    about = document.metadata
    assert (about.title, about.date_signed, about.date_in_force, document.language) == (
        "The Pact",
        "2005-12-15",
        "",
        "fr",
    )
    assert about.parties == ("CHE", "ISL", "KOR", "LIE", "NOR")
    assert about.extra["status"] == "in force"
    assert document.warnings == ()


def test_files_that_the_table_does_not_name_are_read_as_ever(tmp_path: Path) -> None:
    document = read(agreement(tmp_path, "stem,title\nother,Another\n"))
    assert (document.metadata.title, document.metadata.parties) == (
        "AGREEMENT BETWEEN CANADA AND CHILE",
        ("CAN", "CHL"),
    )


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("name,title\npact,x\n", "it has no column stem"),
        ("stem,date_signed\npact,15.12.2005\n", "row 2: date_signed '15.12.2005' is no date"),
        ("stem,parties\npact,Atlantis\n", "row 2: no State or group of States is known by the name 'Atlantis'"),
        ("stem,language\npact,de\n", "row 2: language 'de' is none of en, es, fr"),
        ("stem,title\npact,a,b\n", "row 2 has more cells than columns"),
        ("stem,title\npact,a\npact,b\n", "row 3: pact is there twice"),
        ("stem,title\n", "it holds no row"),
        (b"stem,title\npact,\xff\n", "codec can't decode"),
    ],
)
def test_a_table_that_is_wrong_is_not_used_and_said_to_be_wrong(
    tmp_path: Path, table: str | bytes, reason: str
) -> None:
    document = read(agreement(tmp_path, table))
    (notice,) = document.warnings
    assert notice.code == "unused-table"
    assert notice.text.startswith("lpa-agreements.csv beside the file was not used: ")
    assert reason in notice.text
    assert document.metadata.parties == ("CAN", "CHL")


# What names no party


@pytest.mark.parametrize(
    "reasons",
    [
        "decididos a:\n\nRECONOCER que la Decisión 598 de la Comunidad Andina rige las negociaciones;",
        "\n\nFORTALECER los lazos con México y con la Unión Europea;\n\nCREAR un mercado más amplio con Japón;",
        ", deseosos de ampliar el comercio con la Unión Europea y Japón,",
        ", desirous of building on the results of the Uruguay Round and on their agreements with Japan,",
        "\n\nRENFORCER les liens avec le Japon et l'Union européenne ;",
        ", désireux d'approfondir leurs relations avec l'Union européenne et le Japon,",
    ],
)
def test_reasons_end_the_list_of_parties(reasons: str) -> None:
    head = f"El Gobierno de la República del Perú y el Gobierno de la República de Singapur {reasons}\n\nHAN ACORDADO:"
    assert parties_of(f"ACUERDO DE COMERCIO\n\n{head}{CLAUSES}", "", "", KNOWLEDGE) == ("PER", "SGP")


def test_names_of_states_in_capitals_are_no_recitals() -> None:
    head = "AGREEMENT BETWEEN\n\nFRANCE,\n\nMADAGASCAR and its islands,\n\nand\n\nQATAR represented by its Government,"
    assert parties_of(head + CLAUSES, "", "", KNOWLEDGE) == ("FRA", "MDG", "QAT")


@pytest.mark.parametrize(
    "money",
    [
        "Los montos se expresan en dólares de los Estados Unidos de América.",
        "The thresholds are expressed in US dollars, or in United States dollars.",
        "Fees are paid in Japanese yen of Japan or in pounds of the United Kingdom.",
        "Les montants sont exprimés en dollars des États-Unis ou en francs de la Suisse.",
    ],
)
def test_money_names_no_party(money: str) -> None:
    line = f"TRATADO CAPÍTULO UNO Artículo 2.01 Objetivos Chile y Panamá establecen una zona de comercio. {money} "
    assert parties_of(line * 3, "", "", KNOWLEDGE) == ("CHL", "PAN")


def test_an_annex_of_a_text_without_line_breaks_names_no_party() -> None:
    text = (
        "TRATADO DE LIBRE COMERCIO PRIMERA PARTE Artículo 1 Objetivos 1. Chile y Panamá establecen una zona de libre "
        "comercio. "
        + "Artículo 2 Definiciones Las Partes se reunirán una vez al año. " * 60
        + "Anexo: Japón, México y Perú."
    )
    assert parties_of(text, "", "", KNOWLEDGE) == ("CHL", "PAN")


@pytest.mark.parametrize(
    "place", ["Done at Geneva, Switzerland", "Hecho en Ginebra, Suiza", "Signed in Geneva (Switzerland)"]
)
def test_the_place_of_signature_names_no_party(place: str) -> None:
    head = f"AGREEMENT BETWEEN CHILE AND CANADA\n\n{place}, 4 June 2012\n\nThe Republic of Chile and Canada,\n"
    assert parties_of(head + CLAUSES, "", "", KNOWLEDGE) == ("CAN", "CHL")


def test_the_title_leaves_no_room_for_states_of_the_preamble() -> None:
    head = "The Republic of Chile and Canada, members of the partnership with Japan\n\nhave agreed"
    title = "FREE TRADE AGREEMENT BETWEEN CHILE AND CANADA"
    assert parties_of(head + CLAUSES, title, "", KNOWLEDGE) == ("CAN", "CHL")


# Title pages


@pytest.mark.parametrize(
    ("line", "date_signed", "date_in_force"),
    [
        ("Done at Port Lumen, 14 May 2019", "2019-05-14", ""),
        ("Port Lumen, 14 May 2019", "2019-05-14", ""),
        ("Entered into force on 1 January 2020", "", "2020-01-01"),
        ("Date of entry into force: 1 January 2020", "", "2020-01-01"),
        ("Entered into force:\n1 January 2020", "", ""),
        ("En vigor desde el 1 de enero de 2020", "", "2020-01-01"),
        ("Official Gazette, 3 May 2021", "", ""),
        ("Version of 3 May 2021", "", ""),
        ("Signed on 14 May 2019\nEntered into force on 1 January 2020", "2019-05-14", "2020-01-01"),
        ("Fecha de firma: 14 mayo 2019\nFecha de entrada en vigor: 1 enero 2020", "2019-05-14", "2020-01-01"),
        ("Date de signature : 14 mai 2019\nDate d'entrée en vigueur : 1er janvier 2020", "2019-05-14", "2020-01-01"),
    ],
)  # fmt: skip
def test_dates_of_title_pages_are_those_of_their_event(line: str, date_signed: str, date_in_force: str) -> None:
    text = (
        f"AGREEMENT ON TRADE\nBETWEEN\nCHILE\nAND\nCANADA\n\n{line}\n\nThe Republic of Chile and Canada,\n\nRECALLING"
    )
    text += f" their duties,\n\nHAVE AGREED:{CLAUSES}"
    assert signed(text) == date_signed
    assert force_of(text, date_signed, KNOWLEDGE.metadata) == date_in_force


@pytest.mark.parametrize("line", ["Done at Port Lumen, 14 May 2019", "Signed at Port Lumen, 14 May 2019"])
def test_a_title_page_is_no_signature_block(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pact.txt"
    path.write_text(
        f"AGREEMENT ON LABOUR\n\n{line}\n\nThe Republic of Arlem and Bostra,\n\nRECALLING their obligations as members "
        f"of the International Labour Organization,\n\nHAVE AGREED as follows:{CLAUSES}",
        encoding="utf-8",
    )
    clauses = segment(read(path))
    recital = next(clause for clause in clauses if clause.kind == "recital")
    assert (recital.clause_id, recital.location) == ("preamble/recital-1", "preamble")
    assert not any(clause.clause_id.startswith("signature") for clause in clauses)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "DECISIÓN 77\nInstrumento de Trabajo Fronterizo\n\nEL CONSEJO DE MINISTROS,\n",
            "DECISIÓN 77 Instrumento de Trabajo Fronterizo",
        ),
        (
            "LEY N.º 412\nSOBRE EL TRABAJO FRONTERIZO\n\nEl Congreso decreta:\n",
            "LEY N.º 412 SOBRE EL TRABAJO FRONTERIZO",
        ),
        ("Decision No 3/2031 of the Joint Council\n\nArticle 1\nScope\n", "Decision No 3/2031 of the Joint Council"),
        ("Law is made by the Parliament.\n\nArticle 1\nScope\n", ""),
    ],
)
def test_an_act_that_is_no_agreement_has_its_title(text, title):
    assert title_of(text, KNOWLEDGE) == title
