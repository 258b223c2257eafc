"""The words of ``knowledge/metadata.toml``, checked and compiled; all patterns match folded text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.errors import KnowledgeError
from analyzer.lexicon import fold
from analyzer.segment.structure import load_structure

FILE = Path(__file__).parents[1] / "knowledge" / "metadata.toml"
_KEYS = {
    "parties": ("agreed", "not_recitals", "between", "signed_for", "members", "false_names"),
    "signature": ("done", "said", "witness", "place_ends"),
    "force": ("phrases", "on_signature"),
    "dates": ("months",),
    "numbers": (),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled words.

    Attributes:
        agreed: What ends the list of parties of a preamble.
        recital: A first recital, which ends it too.
        between: What stands before the parties in a title.
        signed_for: What stands before a party in the block of signatures.
        members: How a group's members are called.
        false_names: Phrases that hold the name of a State without naming it.
        said: Words with place and day of signature within a sentence.
        done: First words of the sentence with place and day of signature.
        witness: The sentence before it.
        place_ends: What ends the name of the place.
        force: What stands before the day of entry into force.
        on_signature: Entry into force on the day of signature.
        months: Number of a month, by name.
        numbers: Value of a number word.
    """

    agreed: re.Pattern[str]
    recital: re.Pattern[str]
    between: re.Pattern[str]
    signed_for: re.Pattern[str]
    members: re.Pattern[str]
    false_names: tuple[str, ...]
    said: re.Pattern[str]
    done: re.Pattern[str]
    witness: re.Pattern[str]
    place_ends: re.Pattern[str]
    force: re.Pattern[str]
    on_signature: re.Pattern[str]
    months: Mapping[str, int]
    numbers: Mapping[str, int]


@cache
def load_words(file: Path = FILE) -> Words:
    """Read and check the words.

    Args:
        file: A file like ``knowledge/metadata.toml``.

    Raises:
        KnowledgeError: The file is missing or wrong; the message names the key.
    """
    data = _read(file)
    parties, signature, force = data["parties"], data["signature"], data["force"]
    no_recital = _any(parties["not_recitals"])
    return Words(
        agreed=re.compile(rf"\b(?:{_any(parties['agreed'])})"),
        # A recital stands at the head of a line, after a mark or a blank line.
        recital=re.compile(
            rf"(?:(?<=[,;:.)?\"'])|(?<=\n))\s*\n\s*(?!(?:{no_recital})\b)(?:[-–*•]\s*|\(?[\da-z]{{1,3}}[.)]\s*)?(?:{load_structure().recital.pattern})"
        ),
        between=re.compile(rf"\b(?:{_any(parties['between'])})\b"),
        signed_for=re.compile(rf"(?:^|\n|[.:_]\s*)\s*(?:{_any(parties['signed_for'])})\b"),
        members=re.compile(rf"\b(?:{_any(parties['members'])})"),
        false_names=tuple(parties["false_names"]),
        said=re.compile(rf"\b(?:{_any(signature['said'])})"),
        done=re.compile(rf"(?<![a-z])(?:{_any(signature['done'])})(?=[\s:,.\d?]|at|this)"),
        witness=re.compile(rf"(?:{_any(signature['witness'])})"),
        place_ends=re.compile(rf"[,;.:(_?*\d\n]|\s(?:{_any(signature['place_ends'])})\b"),
        force=re.compile(rf"\b(?:{_any(force['phrases'])})\b"),
        on_signature=re.compile(rf"\b(?:{_any(force['on_signature'])})\b"),
        months={fold(name): number for number, names in enumerate(data["dates"]["months"], 1) for name in names},
        numbers={fold(word): int(value) for value, words in data["numbers"].items() for word in words},
    )


def _any(words: Iterable[str]) -> str:
    """Return an alternation of folded words, longest first, any white space for a blank."""
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _read(file: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(str(error), file=file) from error
    for table, keys in _KEYS.items():
        if not isinstance(data.get(table), dict):
            raise KnowledgeError(f"lacks the table [{table}]", file=file)
        for key in keys or data[table]:
            words = data[table].get(key)
            flat = [word for part in words for word in (part if isinstance(part, list) else [part])] if words else []
            if not flat or not all(isinstance(word, str) and word.strip() for word in flat):
                raise KnowledgeError(f"[{table}] {key} must be a list of words", file=file)
        unknown = set(data[table]) - set(keys) if keys else {key for key in data[table] if not key.isdigit()}
        if unknown:
            raise KnowledgeError(f"[{table}] has the unknown key {', '.join(sorted(unknown))}", file=file)
    if len(data["dates"]["months"]) != 12:
        raise KnowledgeError("[dates] months must be twelve lists", file=file)
    return data
