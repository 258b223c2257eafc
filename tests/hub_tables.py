"""Tables for the tests of the hub: a small collection of our own drafting, hostile texts, and a large one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.knowledge.states import members_at
from analyzer.present.columns import (
    AGREEMENT,
    ERROR_COLUMNS,
    EVIDENCE_COLUMNS,
    PROVISION_COLUMNS,
    Row,
    agreement_columns,
)
from analyzer.present.family_tables import FAMILY_COLUMNS
from analyzer.present.instrument_tables import INSTRUMENT_COLUMNS, RATIFICATION_COLUMNS
from analyzer.present.reference_tables import REFERENCE_COLUMNS
from analyzer.present.results import Results
from analyzer.present.statistics import TABLES
from analyzer.present.tables import error_row

Tables = dict[str, list[Row]]

HOSTILE_NAME = '</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">'
HOSTILE_TEXTS = (
    "<script>window.hacked = 3</script> Each Party shall protect workers.",
    '"><img src="https://example.invalid/x.png" onerror="window.hacked = 4"> <!-- <script>',
    "اتفاقية بشأن العمل الجبري \u202eevil\u202c \u2066workers\u2069",
    "Decent work for all 👩🏽‍🏭🛠️ \u2028 and \u2029 \ud83d %%data%% ${window.hacked = 5} \\u003cscript>",
    '=HYPERLINK("https://example.invalid", "labour")',
    "\x00\x0bControl \x1b[2J characters and workers",
)
LONG_TEXT = "(a) " + "The Parties shall protect workers and their families. " * 1_667
"""A clause of 90 000 characters."""


UNION = ";".join(members_at(load_knowledge().states.groups["EU"], "2015-07-07"))
"""Member States of the European Union in 2015."""
STATES = "CAN;CHL;PER;COL;MEX;USA;JPN;KOR;AUS;NZL;SGP;VNM;CHE;NOR;ISL;TUR;UKR;GEO;MAR;TUN;EGY;JOR;ISR;ZAF;KEN"


class Maker:
    """Makes rows that agree with each other."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.tables: Tables = {name: [] for name in TABLES}

    def agreement(self, id: str, name: str, parties: str, signed: str = "", language: str = "en", **more: Any) -> None:
        about = {
            "agreement_id": id, "agreement": name, "parties": parties, "date_signed": signed, "date_in_force": "",
            "document_kind": "agreement",
            "language": language, "source_file": f"/home/somebody/private/{id}.txt", "source_url": "",
        }  # fmt: skip
        row = {column.name: 0 if column.kind == "integer" else None for column in agreement_columns(self._knowledge)}
        row |= {**about, "has_labour_provisions": False, "principles": (), "instruments": (), "cites_ilo_1998": False}
        row |= {
            "labour_chapter": False,
            "source_sha256": "",
            "source_bytes": None,
            "version_of": "",
            "structure": "",
            "warnings": (),
            **more,
        }
        self.tables["agreements"].append(row)

    def provision(
        self,
        text: str,
        codes: str,
        clause_id: str = "",
        *,
        strength: str = "B",
        evidence: Sequence[str] = (),
        looked_at: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        agreement = self.tables["agreements"][-1]
        known = self._knowledge.categories
        categories = tuple(codes.split())
        number = sum(row["agreement_id"] == agreement["agreement_id"] for row in self.tables["provisions"]) + 1
        pillars = {known[code].pillar for code in categories}
        row = {column.name: agreement.get(column.name) for column in AGREEMENT}
        row |= {
            "clause_id": clause_id or f"chapter-9/art-9.{number}/par-1", "chapter": "Chapter 9: Labour",
            "article": f"Article 9.{number}", "heading": "Commitments", "location": "body",
            "page_start": 10 + number, "page_end": 10 + number,
            "start": 1000 * number, "end": 1000 * number + len(text),
            "source_id": "", "source_start": None, "lead_in": "", "lead_in_places": (),
            "text": text, "categories": categories,
            "pillars": tuple(pillar for pillar in self._knowledge.labels.pillars.values() if pillar in pillars),
            "principles": tuple(code for code in categories if known[code].principle), "instruments": (),
            "strength": strength, "strength_words": "", "strength_start": None, "strength_end": None,
            "actor": "", "counterpart": (), "qualifiers": (),
            "deadline": (), "exception": (), "references": (), "enforced_by": (), "enforced_by_clauses": (),
            "family": "",
            "confidence": 0.9, "category_confidence": tuple(f"{code} 0.9" for code in categories),
            "review": False, "review_reason": (),
            "evidence": tuple(
                {
                    "category": categories[0], "given": True, "source": "rule", "rule": "some-rule",
                    "words": words, "confidence": 0.9, "start": 0, "end": 0,
                }
                for words in evidence
            )
            + tuple(
                {"category": code, "given": True, "source": "model", "rule": "model", "words": words, "confidence": 0.8,
                 "start": 0, "end": 0}
                for code, words in looked_at
            ),
            **more,
        }  # fmt: skip
        self.tables["provisions"].append(row)
        if row["location"] != "preamble":
            agreement["substantive"] = 1
            self.tables["indicator_evidence"].append(
                {
                    "agreement_id": agreement["agreement_id"], "indicator": "substantive", "value": 1,
                    "clause_id": row["clause_id"], "start": row["start"], "end": row["end"], "words": text,
                    "uncertain": False,
                }
            )  # fmt: skip
        agreement["provisions"] += 1
        agreement["has_labour_provisions"] = True
        agreement["binding_share"] = agreement["binding_share"] or 0.0

    def ratification(
        self,
        party: str,
        instrument: str,
        ratified: str,
        at_signature: bool | None,
        now: bool,
        *,
        form: str = "named",
        clause: str = "",
    ) -> None:
        row = {column.name: self.tables["agreements"][-1].get(column.name) for column in AGREEMENT}
        row |= {
            "party": party, "party_name": party, "group": "", "instrument": instrument, "title": instrument,
            "invoked": ("named",), "invocation": form, "clauses": (clause,) if clause else (),
            "mentions": 1, "ratified": ratified, "denounced": "",
            "at_signature": at_signature, "now": now, "gap": not now, "ratifications_as_of": "2026-06-30",
        }  # fmt: skip
        self.tables["ratifications"].append(row)


def results_of(tables: Tables, knowledge: Knowledge, **made_by: Any) -> Results:
    """Return tables as results; ``made_by`` is what ``run.json`` says."""
    return Results(
        tables["provisions"],
        tables["agreements"],
        knowledge,
        instrument_rows=tables.get("instruments", []),
        ratification_rows=tables["ratifications"],
        evidence_rows=tables.get("indicator_evidence", []),
        error_rows=tables["errors"],
        made_by=made_by,
    )


def small_tables(knowledge: Knowledge) -> Tables:
    """Return a collection with known counts: five agreements, three of them with labour provisions."""
    make = Maker(knowledge)
    make.agreement("northern-pact", "Northern Pact", "CAN;CHL", "1998-05-01")
    make.provision("Each Party shall effectively enforce its labour laws.", "ENFORCE", evidence=["effectively enforce"])
    make.provision(
        "The Parties affirm the effective abolition of child labour.", "CL AFFIRM", strength="H",
        evidence=["child labour"],
        looked_at=[("CL", "abolition of child"), ("AFFIRM", "effective abolition")], instruments=("C182",),
    )  # fmt: skip
    make.ratification("CAN", "C182", "2000-06-06", False, True, clause="chapter-9/art-9.2/par-1")
    make.ratification("CHL", "C182", "", False, False, clause="chapter-9/art-9.2/par-1")
    make.agreement("southern-accord", "Southern Accord", "AUS;NZL;SGP", "2009-03-02")
    make.provision(
        "Each Party shall effectively enforce its own labour laws and regulations.", "ENFORCE",
        evidence=["effectively enforce"],
    )  # fmt: skip
    make.provision(
        "The Parties may cooperate on collective bargaining.", "FOA COOP", strength="P",
        evidence=["collective bargaining"], review=True, confidence=0.4,
    )  # fmt: skip
    make.provision("A committee on labour shall meet every year.", "INST", strength="B", evidence=["committee"])
    make.agreement("tratado-oriental", "Tratado Oriental", f"{UNION};PER", "2015-07-07", "es")
    make.provision(
        "Cada Parte promoverá la negociación colectiva y la libertad sindical.", "FOA", strength="E",
        evidence=["negociación colectiva"], page_end=12,
    )  # fmt: skip
    make.agreement("bare-treaty", "Bare Treaty", "USA;MEX", "1985-01-01")
    make.agreement("undated", "Undated Treaty", "", warnings=("no text on pages 3–4",))
    make.tables["errors"].append(error_row("/home/somebody/private/broken.pdf", "it is encrypted", "read"))
    return make.tables


def aims_tables(knowledge: Knowledge) -> Tables:
    """Return an agreement with items that need their lead-in, and one that only names an aim in its preamble."""
    make = Maker(knowledge)
    make.agreement(
        "upland-coast", "FREE TRADE AGREEMENT BETWEEN UPLAND AND THE REPUBLIC OF COAST", "", "2014-03-01",
        source_url="https://example.invalid/upland-coast",
    )  # fmt: skip
    for item, words, code in (("a", "(a) freedom of association;", "FOA"), ("b", "(b) a minimum age for work.", "CL")):
        make.provision(
            words, f"{code} ADOPT", f"chapter-9/art-9.1/par-1/item-{item}",
            lead_in="1. Each Party shall adopt and maintain in its laws:", strength_words="shall", strength_start=40,
            evidence=["freedom of association"] if item == "a" else ["minimum age"],
        )  # fmt: skip
    make.provision(
        "2. The Parties shall meet\nonce a year.", "INST", "chapter-9/art-9.1/par-2", strength_words="shall",
        review=True, confidence=1.0, review_reason=("rule and classifier differ on INST",),
    )  # fmt: skip
    make.agreement("hill-lake", "Agreement between Hill and Lake", "", "2015-01-01")
    make.provision("DESIRING to improve working conditions;", "COND ASPIR", "preamble/recital-1", strength="H",
                   location="preamble", article="", chapter="", heading="")  # fmt: skip
    return make.tables


def tasks_tables(knowledge: Knowledge) -> Tables:
    """Return agreements of the European Union and of the United States that differ in how disputes are settled."""
    make = Maker(knowledge)
    for year, partner in ((2012, "PER"), (2018, "JPN")):
        make.agreement(f"eu-{partner.lower()}", f"Union and {partner} Agreement", f"{UNION};{partner}", f"{year}-06-01")
        make.provision(
            "(b) the elimination of all forms of forced or compulsory labour;", "FL ADOPT",
            "chapter-13/art-13.4/par-2/item-b", lead_in="2. Each Party shall respect, in its laws and practice:",
            strength_words="shall respect", strength_start=30, evidence=["forced or compulsory labour"],
            article="Article 13.4", instruments=("C029",),
        )  # fmt: skip
        make.provision("The panel of experts shall present its report to the Parties.", "PANEL", strength_words="shall")
        make.provision(
            "A Party shall not weaken its labour laws to encourage trade.", "NONDER", strength_words="shall not"
        )
        make.ratification(partner, "C029", "", False, False, clause="chapter-13/art-13.4/par-2/item-b")
        make.ratification(partner, "C182", "", False, False, form="declaration")
    for year, partner in ((2004, "CHL"), (2009, "AUS")):
        make.agreement(f"us-{partner.lower()}", f"States and {partner} Agreement", f"USA;{partner}", f"{year}-06-01")
        make.provision("The complaining Party may suspend benefits of equivalent effect.", "REMEDY", strength="P")
        make.provision("The Parties recall Convention No. 182 on the worst forms of child labour.", "CL AFFIRM",
                       strength="H", instruments=("C182",))  # fmt: skip
    make.agreement("plain", "Agreement on Tariffs", "KEN;EGY", "1996-01-01")
    return make.tables


def hostile_tables(knowledge: Knowledge) -> Tables:
    """Return one agreement whose name and clauses try to break out, and another to compare it with."""
    make = Maker(knowledge)
    for id in ("hostile", "hostile,too|<b>"):
        make.agreement(id, HOSTILE_NAME, "CAN;QQQ", "2020-02-30", warnings=(HOSTILE_NAME,))
        for text in (*HOSTILE_TEXTS, LONG_TEXT):
            make.provision(text, "COND AFFIRM", heading=HOSTILE_NAME, evidence=["workers", ") ((["])
    make.agreement("slip", "Agreement of a year that cannot be", "CAN", "0205-01-01")
    make.tables["errors"].append(error_row(HOSTILE_NAME, HOSTILE_NAME, "read"))
    return make.tables


def large_tables(knowledge: Knowledge, agreements: int = 300, provisions: int = 5000) -> Tables:
    """Return a collection as large as the hub is meant for; the clauses are as long as those of real agreements."""
    make = Maker(knowledge)
    codes = list(knowledge.categories)
    states = STATES.split(";")
    subjects = ("labour laws", "workers' rights", "social dialogue", "labour inspection", "decent work", "wages")
    for place in range(agreements):
        pair = f"{states[place % 25]};{states[(place * 7 + 1) % 25]}"
        make.agreement(
            f"agreement-{place}",
            f"Agreement {place} of {pair.replace(';', ' and ')}",
            pair,
            f"{1990 + place % 35}-01-01",
        )
        for number in range(provisions // agreements + (place < provisions % agreements)):
            subject = subjects[(place + number) % 6]
            text = f"{number}. Each Party shall promote {subject} in its territory. " + (
                f"The Parties shall cooperate on matters of {subject} of mutual interest and shall consult each other. "
                * 4
            )
            first, second = codes[(place + number) % len(codes)], codes[(place * 3 + number) % len(codes)]
            make.provision(
                text, " ".join(dict.fromkeys((first, second))), f"chapter-9/art-9.{number}/par-{number}",
                strength="BEHPD"[(place + number) % 5],
                evidence=[subject, "shall promote", "shall cooperate", "consult"],
            )  # fmt: skip
    return make.tables


COLUMNS = {
    "instruments": INSTRUMENT_COLUMNS,
    "provisions": PROVISION_COLUMNS,
    "ratifications": RATIFICATION_COLUMNS,
    "references": REFERENCE_COLUMNS,
    "indicator_evidence": EVIDENCE_COLUMNS,
    "families": FAMILY_COLUMNS,
    "errors": ERROR_COLUMNS,
}
