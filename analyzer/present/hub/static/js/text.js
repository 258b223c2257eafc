// The words of a clause, with the evidence and the search terms marked.

/** Characters other than letters at the edges of evidence, such as the brackets of an enumeration. */
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** Return the spans to mark in the text of a row: [{start, end, kind, note}]. */
function markSpans(row, patterns) {
  const { folded: text, places } = foldWithPlaces(row.text);
  const spans = [];
  const own = row.evidence.filter((entry) => entry.given && entry.source !== "inherited");
  // The words of the model are often half a phrase; they are marked only where no rule or instrument gives others.
  const explained = new Set(own.filter((entry) => entry.source !== "model").map((entry) => entry.category));
  for (const entry of own) {
    const words = fold(entry.words).replace(EDGES, "");
    if (!words || (entry.source === "model" && explained.has(entry.category))) continue;
    const at = text.indexOf(words);
    if (at >= 0)
      spans.push({ start: places[at], end: places[at + words.length], kind: "evidence", note: entry.category });
  }
  for (const pattern of patterns) {
    for (const hit of text.matchAll(new RegExp(pattern.source, "gu"))) {
      if (!hit[0]) continue;
      spans.push({ start: places[hit.index], end: places[hit.index + hit[0].length], kind: "hit" });
      if (spans.length > 2000) break;
    }
  }
  return spans;
}

/** Return text of the same length in which ends of printed lines are spaces; empty lines stay. */
function unwrap(text) {
  return text.replace(/\n+/g, (breaks) => (breaks.length === 1 ? " " : breaks));
}

/** Return text nodes and marks for the text of a row. Overlapping spans are cut where they begin and end. */
function markedText(row, patterns = []) {
  const spans = markSpans(row, patterns);
  const edges = [...new Set([0, row.text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort(
    (a, b) => a - b,
  );
  const parts = [];
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const [start, end] = [edges[at], edges[at + 1]];
    const words = unwrap(row.text.slice(start, end));
    const covering = spans.filter((span) => span.start <= start && span.end >= end);
    if (!covering.length) {
      parts.push(words);
      continue;
    }
    const notes = [
      ...new Set(covering.filter((span) => span.note).map((span) => `${span.note.code}: ${span.note.name}`)),
    ];
    const isHit = covering.some((span) => span.kind === "hit");
    parts.push(h("mark", { className: isHit ? "hit" : "evidence", title: notes.join("\n") || "search term" }, words));
  }
  return parts;
}

/** Return a clause as an element with its own language and direction, line breaks kept. */
function clauseText(row, patterns, properties = {}) {
  return h("p.clause", { lang: row.agreement.language, dir: "auto", ...properties }, markedText(row, patterns));
}

function strengthBadge(code) {
  return h(
    `span.strength.strength-${code}`,
    { title: `Strength: ${STRENGTHS[code]}` },
    h("i", { "aria-hidden": "true" }),
    h("span", STRENGTHS[code]),
  );
}

function categoryChips(row, most = Infinity) {
  const chips = row.categories
    .slice(0, most)
    .map((one) => h(`span.chip.group-${one.group}`, { title: `${one.name}. ${one.definition}` }, one.code));
  return chips.length < row.categories.length
    ? [...chips, h("span.chip", `+${row.categories.length - chips.length}`)]
    : chips;
}
