// The words of a clause with what leads into it; evidence, the deciding verb and search terms marked.

/** Characters other than letters at the edges of evidence, such as the brackets of an enumeration. */
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const MOST_SPANS = 2000;

/** Return the evidence that explains why a row has its categories. The classifier's words are often half a phrase: they
 * count only where no rule, instrument or lead-in gives the category, so that they carry the decision. */
function tellingEvidence(row) {
  const given = row.evidence.filter((entry) => entry.given);
  const explained = new Set(given.filter((entry) => entry.source !== "model").map((entry) => entry.category));
  return given.filter((entry) => entry.source !== "model" || !explained.has(entry.category));
}

/** Return the spans to mark in a text of a row (its own or its lead-in): [{start, end, kind, note}]. */
function markSpans(row, text, terms, evidence, verb) {
  const { folded, places } = foldWithPlaces(text);
  const spans = [];
  const add = (from, to, kind, note = "") => spans.push({ start: places[from], end: places[to], kind, note });
  for (const entry of evidence) {
    const words = fold(entry.words).replace(EDGES, "");
    const at = words ? folded.indexOf(words) : -1;
    const kind = entry.source === "model" ? "guessed" : "evidence";
    if (at >= 0) add(at, at + words.length, kind, codeAndName(entry.category.code));
  }
  const deciding = verb ? fold(verb).trim() : "";
  const at = deciding ? placeOfVerb(row, text, folded, places, deciding) : -1;
  if (at >= 0) add(at, at + deciding.length, "verb", t("mark.verb", { strength: STRENGTHS[row.strength] }));
  const hay = terms.length ? searchedRows()[row.place] : null;
  for (const term of terms.filter((one) => one.test(hay)))
    for (const [from, to] of term.spans(folded)) if (spans.length < MOST_SPANS) add(from, to, "hit", t("mark.hit"));
  return spans;
}

/** Where the deciding verb stands: at the offset that the tables give, else where its words are first found. */
function placeOfVerb(row, text, folded, places, verb) {
  const offset = text === row.text && row.strength_start !== null ? row.strength_start - row.start : -1;
  const given = offset >= 0 ? places.indexOf(offset) : -1;
  return given >= 0 && folded.startsWith(verb, given) ? given : placeOfWords(folded, verb);
}

function placeOfWords(folded, words) {
  const found = folded.matchAll(/[\p{L}\p{N}]+/gu);
  for (const word of found) if (folded.startsWith(words, word.index)) return word.index;
  return folded.indexOf(words);
}

/** Return text of the same length in which ends of printed lines are spaces; empty lines stay. */
function unwrap(text) {
  return text.replace(/\n+/g, (breaks) => (breaks.length === 1 ? " " : breaks));
}

/** Return a text on clean lines: without the line breaks of print and without white space at the edges. */
function cleanLines(text) {
  return unwrap(text.trim())
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n\s*/g, "\n");
}

/** Return text nodes and marks. Overlapping spans are cut where they begin and end. */
function marked(text, spans) {
  const edges = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const parts = [];
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const [start, end] = [edges[at], edges[at + 1]];
    const words = unwrap(text.slice(start, end));
    const covering = spans.filter((span) => span.start <= start && span.end >= end);
    if (!covering.length) {
      parts.push(words);
      continue;
    }
    const notes = [...new Set(covering.map((span) => span.note))].filter(Boolean);
    const kinds = [...new Set(covering.map((span) => span.kind))];
    parts.push(h("mark", { className: kinds.join(" "), title: notes.join("\n") }, words));
  }
  return parts;
}

/** Return a clause as an element with its own language and direction, line breaks kept. */
function clauseText(row, terms, properties = {}) {
  const evidence = tellingEvidence(row).filter((entry) => entry.source !== "inherited");
  const spans = markSpans(row, row.text, terms, evidence, verbIsOwn(row) ? row.strength_words : "");
  return h("p.clause", { lang: row.agreement.language, dir: "auto", ...properties }, marked(row.text, spans));
}

/** Return what leads into a clause, in grey; the words that come from there are marked there. */
function leadText(row, terms) {
  if (!row.lead_in) return null;
  const evidence = tellingEvidence(row).filter((entry) => entry.source === "inherited");
  const spans = markSpans(row, row.lead_in, terms, evidence, verbIsOwn(row) ? "" : row.strength_words);
  return h(
    "p.lead-in",
    { lang: row.agreement.language, dir: "auto" },
    h("span.hidden", `${t("lead-in")}: `),
    marked(row.lead_in, spans),
  );
}

function verbIsOwn(row) {
  if (typeof row.strength_start === "number") return row.strength_start >= row.start && row.strength_start < row.end;
  return !row.lead_in || placeOfWords(fold(row.text), fold(row.strength_words).trim()) >= 0;
}

/** The lead-in and the clause as plain words on clean lines. */
function wholeWords(row) {
  return [row.lead_in, row.text].filter(Boolean).map(cleanLines).join("\n");
}

function strengthBadge(code) {
  return h(
    `span.strength.strength-${code}`,
    { title: t("strength.title", { strength: STRENGTHS[code] }) },
    h("i", { "aria-hidden": "true" }),
    h("span", STRENGTHS[code]),
  );
}

/** Categories as chips, the name beside the code. */
function categoryChips(row) {
  return row.categories.map((one) =>
    h(`span.chip.group-${one.group}`, { title: one.definition }, h("b", one.code), ` ${one.name}`),
  );
}

function instrumentChips(row) {
  // Some instruments are categories of their own; they are not shown twice.
  return row.instruments.filter((code) => !row.codes.includes(code)).map((code) =>
    h("span.instrument", { title: instrumentTitle(code) }, h("b", code), ` ${instrumentTitle(code)}`),
  );
}

/** Why a person should look at a row, in words; nothing for other rows. */
function reviewReason(row) {
  return row.review ? row.review_reason || t("review.unsure") : "";
}
