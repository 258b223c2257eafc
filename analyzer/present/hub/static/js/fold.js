// The form in which words are searched: without capitals, accents, plurals and the spellings of a country. The rules are
// those of `lpa search` (analyzer/collection/forms.py), so that both find the same.

const WORD = /[\p{L}\p{N}]+/gu;
/** Longest word whose ending stays. */
const SHORTEST = 3;
const IRREGULAR = { children: "child", women: "woman", men: "man" };
const SPELLINGS = [
  [/^(labo|behavio|favo|harbo|hono|neighbo)u(r)/, "$1$2"],
  [/is(e[ds]?|ing|ations?|ers?)$/, "iz$1"],
  [/^(program)me(s?)$/, "$1$2"],
  [/^(licen)c(e[ds]?|ing)$/, "$1s$2"],
  [/^(defen)c(es?)$/, "$1s$2"],
  [/^(fulfil|instal|enrol)(ment|s?$)/, "$1l$2"],
];
const FORMS = new Map();

/** Return text in small letters without accents, with plain quotes and hyphens and single spaces. */
function fold(text) {
  return foldLetters(text).replace(/\s+/g, " ");
}

function foldLetters(text) {
  const small = text.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(small)) return small;
  return small
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐‑‒–—]/g, "-");
}

/** Return folded text and, for each of its characters, the offset in the text that it came from. */
function foldWithPlaces(text) {
  let folded = "";
  const places = [];
  let at = 0;
  for (const letter of text) {
    for (const made of foldLetters(letter).replace(/\s/g, " ")) {
      if (made === " " && folded.endsWith(" ")) continue;
      folded += made;
      for (let unit = 0; unit < made.length; unit += 1) places.push(at);
    }
    at += letter.length;
  }
  places.push(text.length);
  return { folded, places };
}

/** Return the form of a folded word: "labours" and "labour" have the same, and so have "trabajadores" and "trabajador". */
function form(word) {
  let made = FORMS.get(word);
  if (made === undefined) FORMS.set(word, (made = makeForm(word)));
  return made;
}

function makeForm(folded) {
  let word = IRREGULAR[folded] ?? folded;
  if (folded.length <= SHORTEST && word === folded) return word;
  for (const [pattern, other] of SPELLINGS) word = word.replace(pattern, other);
  if (word.endsWith("eaux")) word = word.slice(0, -1);
  else if (word.endsWith("aux")) word = `${word.slice(0, -3)}al`;
  else if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us")) word = word.slice(0, -1);
  if (word.endsWith("ail")) word = `${word.slice(0, -3)}al`;
  if (word.endsWith("e") && word.length > SHORTEST) word = word.slice(0, -1);
  return word.endsWith("y") ? `${word.slice(0, -1)}i` : word;
}

/** Return the forms of the words of a text, each between spaces. */
function formText(text) {
  const words = fold(text).match(WORD);
  return words ? ` ${words.map(form).join(" ")} ` : " ";
}

/**
 * Return what a term looks for: {test(hay), spans(folded)}, or null if it holds no word. A word with * is looked for as it
 * is written, * standing for any letters; other words in all their forms, one behind the other.
 */
function termOf(words) {
  const plain = fold(words).trim();
  const parts = plain.match(/[\p{L}\p{N}*]+/gu) ?? [];
  if (!parts.some((part) => /[\p{L}\p{N}]/u.test(part))) return null;
  const wild = plain.includes("*");
  const fits = parts.map((part) => {
    if (!part.includes("*")) {
      const wanted = form(part);
      return (word) => form(word) === wanted;
    }
    const pattern = new RegExp(`^${part.replace(/\*+/g, "[\\p{L}\\p{N}]*")}$`, "u");
    return (word) => pattern.test(word);
  });
  const wordForms = parts.map(form);
  const wanted = ` ${wordForms.join(" ")} `;
  let rows = null;
  const hasForms = (hay) => {
    if (hay.place === undefined) return hay.forms.includes(wanted);
    rows ??= rowsWithForms(wordForms);
    return rows[hay.place] === 1;
  };
  const source = parts.map((part) => part.replace(/\*+/g, "[\\p{L}\\p{N}]*")).join("[^\\p{L}\\p{N}]+");
  const expression = wild ? new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, "u") : null;
  return {
    test: wild ? (hay) => expression.test(hay.folded) : hasForms,
    spans: (folded) => runsOf(folded, fits),
  };
}

/** Return [start, end] of every run of words in folded text that fit one behind the other. */
function runsOf(folded, fits) {
  const words = [...folded.matchAll(WORD)];
  const found = [];
  for (let at = 0; at + fits.length <= words.length && found.length < 500; at += 1) {
    if (!fits.every((fit, more) => fit(words[at + more][0]))) continue;
    const last = words[at + fits.length - 1];
    found.push([words[at].index, last.index + last[0].length]);
  }
  return found;
}
