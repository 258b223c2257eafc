// The words of a clause with the evidence and the words searched for marked in them.

/** What is no letter at the edges of the words of an evidence: brackets of an enumeration and the like. */
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** Spans of the text, in order and apart: [{start, end, kind, note}]. */
function markSpans(row, patterns) {
  const { folded: text, places } = foldWithPlaces(row.text);
  const spans = [];
  const own = row.evidence.filter((entry) => entry.given && entry.source !== "inherited");
  // What the model looked at is often half a phrase; it is marked only where no rule and no instrument tells more.
  const told = new Set(own.filter((entry) => entry.source !== "model").map((entry) => entry.category));
  for (const entry of own) {
    const words = fold(entry.words).replace(EDGES, "");
    if (!words || (entry.source === "model" && told.has(entry.category))) continue;
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

/** Text with the ends of printed lines made spaces; empty lines stay. The length stays the same. */
function unwrap(text) {
  return text.replace(/\n+/g, (breaks) => (breaks.length === 1 ? " " : breaks));
}

/** Text nodes and marks for the text of a row. Overlapping spans are cut where they begin and end. */
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
    parts.push(
      h("mark", { className: isHit ? "hit" : "evidence", title: notes.join("\n") || "words searched for" }, words),
    );
  }
  return parts;
}

/** A clause as an element: its own language and direction, line breaks kept. */
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
