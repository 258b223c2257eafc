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


LANGUAGE_NAMES = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "ga": "Irish",
    "gl": "Galician",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mg": "Malagasy",
    "mk": "Macedonian",
    "mn": "Mongolian",
    "ms": "Malay",
    "mt": "Maltese",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "rw": "Kinyarwanda",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "tg": "Tajik",
    "th": "Thai",
    "tk": "Turkmen",
    "tl": "Filipino",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""The languages that are told apart (ISO 639-1): ours first, then those that are only recognised."""


def name_of_language(code: str) -> str:
    """Return the English name of a language; its code if it has none here."""
    return LANGUAGE_NAMES.get(code, code)
