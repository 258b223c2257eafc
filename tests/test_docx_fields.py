"""Numbers that fields of a Word document show: computed where it is known how Word shows them, told where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import docx, levels, num, p, r

from analyzer.read.file import read

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/></w:style>' for level in (1, 2)
)
COMPUTED = "numbers of fields (LISTNUM, AUTONUM), not held by the file, were computed"
MISSING = "numbers of fields (LISTNUM, AUTONUM) are missing: the file does not hold them"


def field(instruction: str, result: str = "") -> str:
    """Return a field of a Word document, with its result if it has one."""
    separate = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}' if result else ""
    half = len(instruction) // 2  # Word cuts instructions anywhere
    texts = "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>'
                    for part in (instruction[:half], instruction[half:]))  # fmt: skip
    ends = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return ends.format("begin") + texts + separate + ends.format("end")


def simple(instruction: str) -> str:
    return f'<w:fldSimple w:instr="{instruction}"/>'


def got(folder: Path, body: str, **parts: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a Word document, and the sentences of the warnings."""
    path = folder / "a.docx"
    path.write_bytes(docx(body, **parts))
    document = read(path)
    return document.text.split("\n\n"), [str(notice) for notice in document.warnings]


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        ("LISTNUM", "1) 2)"), (" LISTNUM NumberDefault \\l 2 ", "a) b)"), ("LISTNUM NumberDefault \\l 5", "(a) (b)"),
        ('LISTNUM "NumberDefault" \\l 6 \\* MERGEFORMAT', "(i) (ii)"), ("listnum outlinedefault \\l 1", "I. II."),
        ("LISTNUM OutlineDefault \\l 5", "(1) (2)"), ("LISTNUM LegalDefault \\l 2", "1.1. 1.2."),
        ("LISTNUM LegalDefault \\l 4", "1.1.1.1. 1.1.1.2."),
        ("LISTNUM NumberDefault \\l 7 \\s 4", "4. 4."), ("AUTONUM", "1. 2."), ("AUTONUM \\* Arabic", "1. 2."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("made", [field, simple])
def test_lists_that_word_brings_along(tmp_path: Path, made: object, instruction: str, shown: str) -> None:
    assert callable(made)
    first, second = shown.split()
    written = made(instruction if made is field else instruction.replace('"', "&quot;"))
    body = f"<w:p>{r('They shall ')}{written}{r(' meet; and ')}{written}{r(' talk.')}</w:p>"
    assert got(tmp_path, body) == ([f"They shall {first} meet; and {second} talk."], [f"2 {COMPUTED}"])


@pytest.mark.parametrize("instruction", ["LISTNUM LegalDefault \\l 10", "LISTNUM NoSuchList", "LISTNUM \\l 12"])
def test_a_number_that_cannot_be_known_is_told(tmp_path: Path, instruction: str) -> None:
    body = f"<w:p>{r('They shall ')}{field(instruction)}{r(' meet.')}</w:p>"
    assert got(tmp_path, body) == (["They shall meet."], [f"1 {MISSING}"])


def test_levels_begin_again_below_a_higher_number(tmp_path: Path) -> None:
    upper, lower = (field(f"LISTNUM NumberDefault \\l {level}") for level in (4, 5))
    body = f"<w:p>{r('Shall ')}{upper}{lower}{r('a')}{lower}{r('b')}{upper}{lower}{r('c')}</w:p>"
    assert got(tmp_path, body)[0] == ["Shall (1)(a)a(b)b(2)(a)c"]


def test_fields_count_in_the_lists_of_the_document(tmp_path: Path) -> None:
    numbering = levels(0, [("decimal", "%1."), ("lowerLetter", "(%2)")]) + num(1, 0)
    numbering = numbering.replace("<w:lvl ", '<w:name w:val="Points"/><w:lvl ', 1)
    body = p("They shall ", num=1, extra=field("LISTNUM") + r(" meet; ") + field("LISTNUM") + r(" talk."))
    body += p("They act ", num=1, extra=field("LISTNUM") + r(" soon.")) + p(
        "", extra=field("LISTNUM Points") + r(" end")
    )
    assert got(tmp_path, body, numbering=numbering)[0] == [
        "1. They shall (a) meet; (b) talk.", "2. They act (a) soon.", "3. end",
    ]  # fmt: skip


def test_automatic_numbers_follow_the_headings(tmp_path: Path) -> None:
    legal, plain = field("AUTONUMLGL \\e"), field("AUTONUM")
    body = p("", style="H1", extra=legal + r(" One")) + p("", style="H2", extra=legal + r(" Aims"))
    body += p("", extra=legal + r(" They meet.")) + p("", extra=legal + r(" They talk."))
    body += p("", style="H1", extra=field("AUTONUMOUT") + r(" Part")) + p("", extra=plain + r(" x"))
    assert got(tmp_path, body, styles=STYLES)[0] == [
        "1 One", "1.1 Aims", "1.1.1 They meet.", "1.1.2 They talk.", "I. Part", "1. x",
    ]  # fmt: skip


def test_fields_with_a_result_and_other_fields_show_what_the_file_holds(tmp_path: Path) -> None:
    body = f"<w:p>{r('See page ')}{field('PAGEREF x', '7')}{field('PAGE')}{field('AUTONUM', '9.')}{r(' end')}</w:p>"
    assert got(tmp_path, body) == (["See page 79. end"], [])
