"""Each rule by which a line is the name of a heading, asked alone and in its order, with an example of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analyzer.knowledge import load_knowledge
from analyzer.segment import name_rules as rules
from analyzer.segment.lines import split_lines
from analyzer.segment.name_rules import FirstLine
from analyzer.text.fold import fold

BODY = "\nEach Party shall keep its inspectors at work.\n"
EXAMPLES: dict[Callable[[FirstLine], bool], tuple[str, str, str | None]] = {
    # rule: where the name begins, the text from there on ("|": the next heading), and the last line of the name
    rules.begins_small: ("below", "of the Parties to this Agreement" + BODY, None),
    rules.is_too_long: ("below", "Workers of both Parties are free. " * 9 + BODY, None),
    rules.ends_on_semicolon: ("below", "Freedom of Association;" + BODY, None),
    rules.breaks_off_on_comma: ("below", "In this Agreement,\nthe Parties are free." + BODY, None),
    rules.is_in_capitals: ("below", "STANDARDS OF LABOUR\nAND OF REST" + BODY, "AND OF REST"),
    rules.is_enumerated: ("below", "1. The council meets once a year" + BODY, None),
    rules.stands_above_first_paragraph: (
        "below",
        "For whom the council works\n\n1. The council meets once a year.\n",
        "For whom the council works",
    ),
    rules.is_block_above_first_paragraph: (
        "beside",
        "Settlement of Matters of\nLabour Law\n\n1. A Party may ask for talks.\n",
        "Labour Law",
    ),
    rules.is_phrase_above_sentence: ("below", "No lowering of standards\n" + BODY, "No lowering of standards"),
    rules.runs_on_below: ("beside", "Before they enter the country, the workers\n\nshall be registered.\n", None),
    rules.opens_text: ("below", "The members of the council are\nthree in number." + BODY, None),
    rules.has_verb: ("below", "Workers shall be free" + BODY, None),
    rules.stops_like_sentence: ("below", "Exchange of information on workers." + BODY, None),
    rules.is_last: ("below", "Scope of the work\n|Article 6\n", "Scope of the work"),
    rules.ends_on_comma: ("below", "Wages, Hours,\nHealth and Safety" + BODY, "Health and Safety"),
    rules.has_second_line: (
        "below",
        "Rules of conduct for All Bodies\nLabour Inspection\n" + BODY,
        "Labour Inspection",
    ),
    rules.is_complete_above_text: ("below", "Labour Inspection" + BODY, "Labour Inspection"),
    rules.was_set_in_two_lines: (
        "below",
        "Cooperation, Consultation and Exchange of Views on Labour\nAmong Labour Inspectors" + BODY,
        "Among Labour Inspectors",
    ),
    rules.wraps: ("below", "Exchange of information on the\ninspection of labour" + BODY, "inspection of labour"),
    rules.looks_like_name: ("below", "Exchange of information" + BODY, "Exchange of information"),
}


def first_line(where: str, text: str) -> FirstLine:
    """Return the first line of ``text`` as what may be the name of a heading."""
    limit = text.index("|") if "|" in text else len(text)
    text = text.replace("|", "")
    lines = split_lines(load_knowledge().structure, text, fold(text))
    return FirstLine(lines, 0, 0, limit, beside=where == "beside")


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.applies.__name__)
def test_every_rule_decides_its_example(rule: rules.Rule) -> None:
    where, text, last = EXAMPLES[rule.applies]
    first = first_line(where, text)
    deciding = rules.deciding_rule(first)
    assert deciding is not None and deciding.applies.__name__ == rule.applies.__name__
    line = rules.last_line(first)
    assert (None if line is None else first.lines.words(line)) == last


def test_a_line_to_which_no_rule_applies_is_running_text() -> None:
    first = first_line("below", "Exchange of information between those who inspect the workshops " * 2 + BODY)
    assert rules.deciding_rule(first) is None
    assert rules.last_line(first) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Definitions:" + BODY, "Definitions:"),
        ("The members of the council" + BODY, "The members of the council"),
        ("Exchange of information on workers." + BODY, "Exchange of information on workers."),
    ],
)
def test_beside_its_number_a_name_may_look_like_a_sentence(text: str, name: str) -> None:
    first = first_line("beside", text)
    line = rules.last_line(first)
    assert line is not None and first.lines.words(line) == name
    below = first_line("below", text)
    assert rules.last_line(below) is None
