"""What the words of a clause refer to: levels with their numbers, lists, ranges, and the whole they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analyzer.knowledge.cross_references import REFERRED, ReferenceWords
from analyzer.knowledge.structure import Structure
from analyzer.segment.numbering import number_of, printed_keys
from analyzer.text.fold import fold

THIS, PRECEDING, FOLLOWING = "this", "preceding", "following"
RANK = {level: rank for rank, level in enumerate(REFERRED)}
BELOW = {
    "article": ("paragraph", "item"),
    "paragraph": ("item",),
    "annex": ("section", "article", "paragraph", "item"),
    "chapter": ("section", "article"),
}
"""Levels that may stand behind another as parts of it: "Article 5, paragraph 2"."""
ABOVE = {"item": ("paragraph", "article"), "paragraph": ("article",)}
"""Levels that may stand behind another as the whole it belongs to, without "of": "inciso b), párrafo 2"."""
NEIGHBOURS = 5
"""Greatest difference of two numbers behind a word in the singular: "paragraph 4 or 5", not "2 and 30 days"."""
MOST_LISTED = 60
"""Elements of a list that are read."""
_INNER = r"(?:\d{1,3}|[A-Za-z]{1,2}|[ivxl]{1,6})"
_BRACKETS = re.compile(rf"(?:[ \xa0]?\([ ]?{_INNER}[ ]?\))+")
_BRACKET = re.compile(r"[A-Za-z\d]+")
_SMALL = re.compile(
    rf"\([ ]?{_INNER}[ ]?\)|{_INNER}[ ]?\)|\d{{1,3}}(?!\w)|[a-zA-Z](?=[,.;:]|$|\s(?:of|del?|du|and|or|y|et|ou)\s)"
)
"""A number of an item: with a bracket, or a bare letter that is no word ("puntos *a* tratar")."""
_PARAGRAPH = re.compile(r"\d{1,3}(?:\.\d{1,3})*[a-z]?(?![\w])|\([ ]?\d{1,3}[ ]?\)|[IVX]{1,5}(?![\w])|[a-z]\)")
_RANGE = re.compile(r"(\d{1,4})[ ]\S{1,8}[ ]\d{1,4}")
_CAPTION = re.compile(r"[ ]?\(\s?[^\W\d_][^()]{4,}(?:\([^()]*\)[^()]*)*\)")
_BLANKS = re.compile(r"[\s\xa0]*")
_SEPARATE = re.compile(r"\s*,?\s*")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a list of numbers.

    Attributes:
        number: As printed; empty for brackets alone ("paragraph 2(a) and *(b)*").
        brackets: What stands in the brackets behind it, outermost first.
        ranged: Whether everything between the element before and this one is meant.
        caption: The heading that stands in brackets behind it, folded; empty if none does.
    """

    number: str
    brackets: tuple[str, ...] = ()
    ranged: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A level with its numbers.

    Attributes:
        level: One of ``REFERRED``.
        elements: The numbers; none where ``relation`` says which is meant.
        relation: ``this``, ``preceding`` or ``following``; empty for numbers.
        many: Whether all that precede or follow are meant ("the following paragraphs").
    """

    level: str
    elements: tuple[Element, ...] = ()
    relation: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A reference as the words have it.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        steps: Its levels, highest first.
    """

    start: int
    end: int
    steps: tuple[Step, ...]


class MentionReader:
    """Reads what the words of a clause refer to.

    Args:
        text: The words.
        folded: The same, folded, with plain blanks.
        words: The words of references.
        structure: The lay-out words.
    """

    def __init__(self, text: str, folded: str, words: ReferenceWords, structure: Structure) -> None:
        self._text = text
        self._folded = folded
        self._words = words
        self._structure = structure
        self._number = number_of(structure)

    def mentions(self) -> Iterator[Mentioned]:
        """Yield the references, in order."""
        start = 0
        while match := self._words.mention.search(self._folded, start):
            found = None if self._is_heading(match) else self._read(match.start(), self._step(match))
            start = found.end if found else match.end()
            while found:
                yield found
                found = self._go_on(found, match["level"])
                start = found.end if found else start

    def _is_heading(self, match: re.Match[str]) -> bool:
        """Return whether a word opens a heading that was left in a clause: in capitals, at the start of a line."""
        word = self._text[match.start() : match.end()]
        return len(word) > 2 and word.isupper() and not self._text[: match.start()].rpartition("\n")[2].strip()

    def _read(self, start: int, read: tuple[Step, int] | None) -> Mentioned | None:
        """Return the reference that begins with a step, with the wholes it belongs to; ``None`` if there is no step."""
        if read is None:
            return None
        step, end = read
        steps = [step]
        while following := self._next(end, steps[-1]):
            step, end = following
            steps.append(step)
        steps.sort(key=lambda one: RANK[one.level])
        return Mentioned(start, end, tuple(steps))

    def _go_on(self, before: Mentioned, printed: str) -> Mentioned | None:
        """Return the next reference of a list whose elements have parts: "Articles 7, paragraph 2, *and 9*"."""
        word, level = " ".join(printed.split()), before.steps[0].level
        joint = self._words.joining.match(self._folded, before.end)
        if (
            joint is None
            or len(before.steps) < 2
            or word not in self._words.plurals
            or self._words.levels[word] != level
        ):
            return None
        listed = self._list(joint.end() - 1, level, word)
        return self._read(joint.end(), (Step(level, listed[0]), listed[1])) if listed else None

    def _next(self, end: int, last: Step) -> tuple[Step, int] | None:
        """Return the next level of the same reference: the whole it belongs to, or a part of it."""
        whole = self._words.of.match(self._folded, end)
        for start, joined in ((whole.end() if whole else -1, True), (_skip(_SEPARATE, self._folded, end), False)):
            match = self._words.mention.match(self._folded, start) if start >= 0 else None
            if match is None:
                continue
            level = self._words.levels[" ".join(match["level"].split())]
            upwards = RANK[level] < RANK[last.level] and (joined or level in ABOVE.get(last.level, ()))
            if upwards or (not joined and level in BELOW.get(last.level, ()) and last.elements):
                step = self._step(match)
                return step if step and (upwards or step[0].elements) else None
        return None

    def _step(self, match: re.Match[str]) -> tuple[Step, int] | None:
        word = " ".join(match["level"].split())
        level = self._words.levels[word]
        if listed := self._list(match.end(), level, word):
            return Step(level, listed[0]), listed[1]
        if match["near"]:
            return Step(level, (), self._relation(match["near"]), word in self._words.plurals), match.end()
        if behind := self._words.behind.match(self._folded, match.end()):
            return Step(level, (), self._relation(behind[1]), word in self._words.plurals), behind.end()
        return (Step(level, relation=THIS), match.end()) if match["this"] else None

    def _relation(self, word: str) -> str:
        return PRECEDING if " ".join(word.split()) in self._words.preceding else FOLLOWING

    def _list(self, offset: int, level: str, word: str) -> tuple[tuple[Element, ...], int] | None:
        """Return the numbers behind a word and where they end."""
        start = _skip(_BLANKS, self._text, offset)
        if start == offset:
            return None
        first = self._element(start, level)
        if first is None:
            return None
        element, end = self._captioned(*first)
        elements, ending = [element], False
        while len(elements) < MOST_LISTED and (joint := self._words.joining.match(self._folded, end)):
            read = self._element(joint.end(), level)
            worded = joint["range"] is None and joint[0].strip(" ,") != ""
            if read and ending and worded and not (read[0].brackets or elements[-1].brackets):
                break  # "paragraphs 2 and 3 and 9": 9 belongs to the list around
            ending = ending or worded
            if read is None or not (word in self._words.plurals or self._goes_on(elements[-1], read[0])):
                break
            element, end = self._captioned(*read)
            elements.append(replace(element, ranged=joint["range"] is not None))
        return tuple(elements), end

    def _captioned(self, element: Element, end: int) -> tuple[Element, int]:
        """Return an element with the heading in brackets behind it, and where that ends."""
        caption = _CAPTION.match(self._text, end)
        if caption is None:
            return element, end
        return replace(element, caption=fold(" ".join(caption[0].strip(" ()").split()))), caption.end()

    def _goes_on(self, before: Element, element: Element) -> bool:
        """Return whether a list goes on behind a word in the singular: "Article 18.1 or 18.2", "2(a) and (b)"."""
        if not element.number:
            return bool(before.brackets)
        if before.number.isdigit() and element.number.isdigit():
            return 0 < int(element.number) - int(before.number) <= NEIGHBOURS
        if len(before.number) > 2 and before.number.isalpha() and element.number.isalpha():  # "Chapter Nine or Ten"
            return bool(printed_keys(element.number, self._structure))
        return ("." in element.number and "." in before.number) or (bool(before.brackets) and bool(element.brackets))

    def _element(self, start: int, level: str) -> tuple[Element, int] | None:
        """Return the number at an offset, with its brackets, and where it ends."""
        if level == "item":
            match = _SMALL.match(self._text, start)
        elif level == "paragraph":
            match = _PARAGRAPH.match(self._text, start)
        else:
            match = self._number.match(self._text, start) or self._structure.ordinal.match(self._folded, start)
        if match and not self._is_number(match[0], level):
            return None
        if match and (ranged := _RANGE.fullmatch(match[0])):
            return Element(ranged[1]), match.start() + ranged.end(1)
        brackets = _BRACKETS.match(self._text, match.end() if match else start)
        if match is None and (brackets is None or level in ("chapter", "part", "title", "section")):
            return None
        end = brackets.end() if brackets else match.end() if match else start
        inner = tuple(_BRACKET.findall(brackets[0])) if brackets else ()
        number = self._text[match.start() : match.end()].strip("() ") if match else ""
        return Element(number, inner), end

    def _is_number(self, printed: str, level: str) -> bool:
        """Return whether what stands behind a word is a number: "il" after "articles 60 et 61," is none."""
        return level in ("item", "paragraph") or not printed.islower() or bool(printed_keys(printed, self._structure))


def _skip(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return match.end() if match else offset
