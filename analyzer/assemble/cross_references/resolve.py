"""The clauses that references mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from analyzer.assemble.cross_references.index import KIND_OF, Index
from analyzer.assemble.cross_references.mentions import (
    PRECEDING,
    THIS,
    Element,
    Mentioned,
    MentionReader,
    Step,
)
from analyzer.knowledge import Knowledge
from analyzer.text.fold import fold
from analyzer.text.numerals import roman_value
from analyzer.text.patterns import flat
from analyzer.types import CONTAINERS, Clause, CrossReference, Document, ReferenceStatus, subject_path

NEAR = 70
"""Characters behind a reference within which the instrument that it belongs to is named."""
BEFORE = 70
"""Characters before it within which the same may be."""
LONGEST = 50_000
"""Characters of a clause in which references are looked for; a longer one is a table."""
MOST_BETWEEN = 4
"""Words between a reference and the name of the instrument: "of the *1994 Marrakesh* Agreement"."""
_STOP = re.compile(r"[,;.()]")
_CITED_ACT = re.compile(r"\d[^()]{0,20}\)\s*,?\s*$")
_NAME_GOES_ON = re.compile(r"\s+[A-ZÀ-Þ]")
_SECTION = re.compile(r"\W*(?:§|sec)", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z]{3,}(?![a-z])")
_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ]\w*")


class References:
    """Finds and resolves the references of the clauses of one agreement.

    Args:
        document: The agreement.
        clauses: Its clauses.
        knowledge: The words of references and of the lay-out.
    """

    def __init__(self, document: Document, clauses: Sequence[Clause], knowledge: Knowledge) -> None:
        self._document = document
        self._clauses = clauses
        self._words = knowledge.cross_references
        self._structure = knowledge.structure
        self._index = Index(clauses, knowledge.structure)
        self._found: dict[int, tuple[CrossReference, ...]] = {}

    def of(self, index: int) -> tuple[CrossReference, ...]:
        """Return the references in the own words of a clause, in order."""
        if index not in self._found:
            clause = self._clauses[index]
            words = self._document.text[clause.start : min(clause.own_end, clause.start + LONGEST)]
            folded = flat(words)
            reader = MentionReader(words, folded, self._words, self._structure)
            found = [
                self._reference(index, mention, words, folded)
                for mention in reader.mentions()
                if not self._is_itself(index, mention)
            ]
            self._found[index] = tuple(self._shared(found, folded, clause.start))
        return self._found[index]

    def _shared(self, found: Sequence[CrossReference], folded: str, offset: int) -> Iterator[CrossReference]:
        """Yield references; one that leads nowhere belongs to the instrument that stands behind the next of its list.

        So does one whose words stand with that instrument elsewhere in the clause: "chapter 23 or chapter 31 of the
        Northern Accord ... such chapter 23".
        """

        def said(reference: CrossReference) -> str:
            return folded[reference.start - offset : reference.end - offset]

        abroad = {said(one) for one in found if one.status == "external"}
        for reference, following in reversed(list(pairwise(found))):
            between = folded[reference.end - offset : following.start - offset]
            if said(following) in abroad and self._words.joining.fullmatch(f"{between.rstrip()} "):
                abroad.add(said(reference))
        for reference in found:
            lost = reference.status == "dangling" and said(reference) in abroad
            yield replace(reference, targets=(), status="external") if lost else reference

    def level_of(self, reference: CrossReference) -> str:
        """Return the level that the first word of a reference names (``paragraph``), whether the text has it or not."""
        word = self._words.mention.match(flat(self._document.text[reference.start : reference.end]))
        return self._words.levels[" ".join(word["level"].split())] if word else ""

    def _is_itself(self, index: int, mention: Mentioned) -> bool:
        """Return whether "this Protocol" is the whole document."""
        (step, *others) = mention.steps
        return step.level == "annex" and step.relation == THIS and not others and self._around(index, "annex") is None

    def _reference(self, index: int, mention: Mentioned, words: str, folded: str) -> CrossReference:
        offset = self._clauses[index].start
        start, end = offset + mention.start, offset + mention.end
        whole = self._whole(mention, words, folded)
        if whole == "another":
            return CrossReference(index, start, end, (), "external")
        in_body = self._in_body(index, mention.steps) if whole == "itself" else None
        targets, complete = in_body or self._targets(index, mention.steps)
        if not complete:
            targets, complete = self._in_body(index, mention.steps) or (targets, complete)
        status: ReferenceStatus = "resolved" if complete and targets else "dangling"
        return CrossReference(index, start, end, tuple(sorted(set(targets))), status)

    def _whole(self, mention: Mentioned, words: str, folded: str) -> Literal["another", "itself", ""]:
        """Return what a reference says that its clauses belong to: another instrument or this agreement."""
        if mention.steps[0].relation:
            return ""
        before = folded[max(0, mention.start - BEFORE) : mention.start]
        named = list(self._words.external.finditer(before))
        # "GATT Article XX", "the Wages Act (Law No. 5 of 2003), Article 7"
        if named and (not before[named[-1].end() :].strip("0123456789 '") or _CITED_ACT.search(before)):
            return "another"
        own = self._words.own.match(folded, mention.end)
        if own and self._words.holds_itself.search(own["name"]):
            return "itself"
        whole = self._words.of.match(folded, mention.end)
        if whole and self._is_acronym_of_another(words, whole.end()):
            return "another"
        near = folded[whole.end() if whole else mention.end :][:NEAR]
        match = self._words.external.search(_STOP.split(near, maxsplit=1)[0])
        if match and whole and not match.start() and self._is_called(match[0], near[match.end() :]):
            return "itself"
        if match and len(near[: match.start()].split()) <= (MOST_BETWEEN if whole else 0):
            return "another"
        if own is None:
            return ""
        # "the Agreement": another one in a protocol, and where its name goes on
        goes_on = _NAME_GOES_ON.match(words, own.end()) is not None
        return "another" if goes_on or self._document.metadata.document_kind != "agreement" else "itself"

    def _is_acronym_of_another(self, words: str, offset: int) -> bool:
        """Return whether an acronym stands at an offset that neither stands in the title nor shortens it."""
        acronym = _ACRONYM.match(words, offset)
        if acronym is None or roman_value(acronym[0]):
            return False
        named = _CAPITALISED.findall(self._document.metadata.title)
        return acronym[0] not in named and acronym[0] not in "".join(word[0] for word in named)

    def _is_called(self, noun: str, behind: str) -> bool:
        """Return whether an agreement is meant by a noun of its own title alone: "del Convenio"."""
        title = fold(self._document.metadata.title).split()
        return noun in title and (not behind or behind[0] in ",.;:)")

    def _targets(self, origin: int, steps: Sequence[Step]) -> tuple[list[int], bool]:
        """Return the clauses that steps lead to, and whether all of them exist."""
        scopes: list[int] | None = None
        complete, passed_over = True, False
        for place, step in enumerate(steps):
            reached: list[int] = []
            for scope in [None] if scopes is None else scopes:
                found, whole = self._reach(origin, step, scope)
                reached += found
                complete = complete and whole
            below = steps[place + 1].level if place + 1 < len(steps) else ""
            if not reached and below in KIND_OF:
                # A title or chapter that the text does not have, or not around what is meant, is passed over.
                complete, passed_over = True, True
                continue
            if not reached or (
                passed_over and any(self._index.repeats(step.level, one.number, one.caption) for one in step.elements)
            ):
                return scopes or [], False
            scopes = reached
        return scopes or [], complete

    def _in_body(self, origin: int, steps: Sequence[Step]) -> tuple[list[int], bool] | None:
        """Return what steps lead to from the body; ``None`` if not all of it exists, or they stand there.

        An annex may have an Article 4 too, without the item that is meant.
        """
        body = self._index.body()
        if body is None or self._clauses[origin].location == "body" or any(step.relation for step in steps):
            return None
        targets, complete = self._targets(body, steps)
        return (targets, complete) if complete and targets else None

    def _reach(self, origin: int, step: Step, scope: int | None) -> tuple[list[int], bool]:
        if step.relation:
            related = self._related(origin, step)
            return related, bool(related)
        find = self._container if step.level in KIND_OF else self._part
        return self._listed(step.elements, lambda element: find(origin, step.level, element, scope))

    def _listed(
        self, elements: Iterable[Element], find: Callable[[Element], tuple[int | None, bool]]
    ) -> tuple[list[int], bool]:
        """Return the clauses of a list of numbers, and whether all of them exist."""
        targets: list[int] = []
        complete = True
        before: Element | None = None
        last: int | None = None
        for element in elements:
            if not element.number and before is not None and before.brackets:  # "paragraph 2(a) and (b)"
                kept = before.brackets[: -len(element.brackets)]
                element = Element(before.number, (*kept, *element.brackets), element.ranged)
            target, whole = find(element)
            complete = complete and whole
            if target is not None:
                ranged = element.ranged and last is not None and last < target
                targets += self._index.between(last, target) if ranged and last is not None else [target]
            before, last = element, target
        return targets, complete

    def _related(self, origin: int, step: Step) -> list[int]:
        """Return the clauses that "this Chapter", "the preceding paragraph" or "the following paragraphs" mean."""
        at = self._around(origin, step.level)
        if step.relation == THIS or at is None:
            return [] if at is None else [at]
        before, after = self._index.siblings(at)
        if step.relation == PRECEDING:
            return before if step.many else before[-1:]
        return after if step.many else after[:1]

    def _around(self, origin: int, level: str) -> int | None:
        """Return the clause of a level that holds another, or the chapter that its annex serves."""
        if level in KIND_OF:
            kind = KIND_OF[level]
            within = (origin, *subject_path(self._clauses, origin))
            return next((index for index in within if self._clauses[index].kind == kind), None)
        kinds = ("paragraph", "text") if level == "paragraph" else ("item", "subitem")
        at: int | None = origin
        while at is not None and self._clauses[at].kind not in kinds:
            at = self._clauses[at].parent
        return at

    def _container(self, origin: int, level: str, element: Element, scope: int | None) -> tuple[int | None, bool]:
        """Return the container with a number, down to the paragraph or item in its brackets, and whether all exist."""
        target, rest = None, list(element.brackets)
        for key in self._index.keys(element.number):
            target = self._index.numbered(level, key, origin, scope, element.caption)
            if target is None and len(key) > 2 and level == "article":  # Article 18.6.2: paragraph 2 of Article 18.6
                target = self._index.numbered(level, key[:-1], origin, scope, element.caption)
                rest = [str(key[-1]), *rest] if target is not None else rest
            if target is not None:
                return self._down(target, rest)
        if level == "section":
            return self._article_called_section(origin, element, scope)
        # "Article 406 of Chapter 14": chapters are cut, or counted, otherwise than the reference has them.
        outside = level == "article" and scope is not None
        return self._container(origin, level, element, None) if outside else (None, False)

    def _article_called_section(self, origin: int, element: Element, scope: int | None) -> tuple[int | None, bool]:
        """Return the article of a statute that is called "Section 5" or "§ 5", and whether all of it exists."""
        target, whole = self._container(origin, "article", element, scope)
        article = self._index.above(target, "article") if target is not None else None
        printed = self._document.text[self._clauses[article].start :][:12] if article is not None else ""
        return (target, whole) if _SECTION.match(printed) else (None, False)

    def _part(self, origin: int, level: str, element: Element, scope: int | None) -> tuple[int | None, bool]:
        """Return a paragraph or item by its number, in the narrowest clause around the reference that has it."""
        path = [element.number, *element.brackets] if element.number else list(element.brackets)
        if scope is not None:
            return self._down(scope, path)
        for holder in self._holders(origin, level):
            target = self._index.part(holder, path[0])
            if target is not None:
                return self._down(target, path[1:])
        return None, False

    def _holders(self, origin: int, level: str) -> Iterable[int]:
        """Yield the clauses in which an unaddressed paragraph or item is looked for, narrowest first."""
        at: int | None = origin
        while at is not None:
            clause = self._clauses[at]
            if level == "item" or clause.kind in CONTAINERS:
                yield at
            if clause.kind in ("article", "annex", "chapter"):
                return
            at = clause.parent

    def _down(self, target: int, path: Iterable[str]) -> tuple[int | None, bool]:
        for number in path:
            below = self._index.part(target, number)
            if below is None:
                return target, False
            target = below
        return target, True
