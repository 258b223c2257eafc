"""Display names of strengths, pillars, groups and languages."""

from __future__ import annotations

STRENGTH_NAMES = {
    "B": "Binding",
    "E": "Best endeavour",
    "H": "Hortatory",
    "P": "Permissive",
    "D": "Descriptive",
}


BINDING = "B"
"""The strength that ``binding_share`` counts."""


STRENGTH_MEANINGS = {
    "B": "Binding duty: shall, shall not, must, undertake to.",
    "E": "Best endeavour: shall strive, endeavour, seek, promote, encourage; should; as appropriate.",
    "H": "Hortatory: recognise, affirm, aim; recitals and objectives.",
    "P": "Permissive: may, right to.",
    "D": "Descriptive: definitions, facts of procedure without a duty of a Party.",
}


PILLARS = {
    "obligations": "Obligations",
    "monitoring_and_cooperation": "Monitoring and Cooperation",
    "dispute_settlement_mechanisms": "Dispute Settlement Mechanisms",
}
"""Pillars of the ILO's Labour Provisions in Trade Agreements Hub, by the column of ``agreements`` that counts them."""


GROUP_NAMES = {
    "principle": "Fundamental principles",
    "topic": "Labour rights and topics",
    "instrument": "International instruments",
    "obligation": "Obligations",
    "cooperation": "Monitoring and cooperation",
    "dispute": "Dispute settlement",
    "supplementary": "Recent topics",
}
"""Groups of categories, in the order of the codebook."""


LANGUAGE_NAMES = {"en": "English", "es": "Spanish", "fr": "French"}
