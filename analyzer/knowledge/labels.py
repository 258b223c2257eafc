"""Names of strengths and pillars, as people read them."""

from __future__ import annotations

STRENGTH_NAMES = {
    "B": "Binding",
    "E": "Best endeavour",
    "H": "Hortatory",
    "P": "Permissive",
    "D": "Descriptive",
}


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
"""Count columns of ``agreements`` and the pillars of the ILO's Labour Provisions in Trade Agreements Hub they count."""
