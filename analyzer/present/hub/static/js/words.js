// The differences between the words of two clauses.

/** Most milliseconds that the comparison of two clauses may take. */
const LONGEST_DIFF = 1500;

function wordSet(row) {
  return new Set(fold(row.text).match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** Return the share of words that two clauses have in common, 0 to 1 (Jaccard). */
function likeness(left, right) {
  let shared = 0;
  for (const word of left) shared += right.has(word);
  return shared / (left.size + right.size - shared || 1);
}

/** Return text on one line: a line break in print is not a difference. */
function oneLine(text) {
  return text.replace(/\s+/g, " ");
}

/** Most letters between two changes that are shown as one: they are easier to read so. */
const GLUE = 8;

/** Return the parts with neighbouring changes joined, so that a replaced phrase reads as one change. */
function joined(parts) {
  const made = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed) made.push({ removed: true, value: removed });
    if (added) made.push({ added: true, value: added });
    removed = added = "";
  };
  parts.forEach((part, at) => {
    if (part.removed) removed += part.value;
    else if (part.added) added += part.value;
    else if (removed && added && at + 1 < parts.length && part.value.length <= GLUE) {
      removed += part.value;
      added += part.value;
    } else {
      flush();
      made.push(part);
    }
  });
  flush();
  return made;
}

function wordDifferences(a, b) {
  if (!a || !b) return h("p.note", t("words.select"));
  const parts = Diff.diffWordsWithSpace(oneLine(a.text), oneLine(b.text), { timeout: LONGEST_DIFF });
  const head = h(
    "div.diff-head",
    h("p", h("del", t("words.only")), " ", `${shortTitle(a.agreement)}, ${articleLabel(a)}`),
    h("p", h("ins", t("words.only")), " ", `${shortTitle(b.agreement)}, ${articleLabel(b)}`),
  );
  const body = parts
    ? h(
        "p.clause.diff",
        { dir: "auto", tabIndex: 0 },
        joined(parts).map((part) =>
          part.added ? h("ins", part.value) : part.removed ? h("del", part.value) : part.value,
        ),
      )
    : h("p.note", t("words.too-long"));
  return h(
    "section.card.differing",
    h("h2", t("words.title")),
    head,
    body,
    h("p.note", t("words.alike", { share: percent(likeness(wordSet(a), wordSet(b))) })),
  );
}
