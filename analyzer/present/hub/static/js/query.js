// Search: words, "phrases", AND, OR, NOT (or -word), brackets, * for any letters. Accents and case are ignored.

/** Return text folded for searching: lower case, no accents, plain quotes and hyphens, single spaces. */
function fold(text) {
  return foldLetters(text).replace(/\s+/g, " ");
}

function foldLetters(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
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

function tokens(written) {
  const found = written.matchAll(/"([^"]*)"?|([()])|(-(?=[\p{L}\p{N}"(]))|([^\s()"]+)/gu);
  return [...found].map(([whole, phrase, bracket, minus, word]) => {
    if (phrase !== undefined) return { kind: "term", words: phrase };
    if (bracket) return { kind: bracket };
    if (minus || word === "NOT") return { kind: "NOT" };
    if (word === "AND" || word === "OR") return { kind: word };
    return { kind: "term", words: whole };
  });
}

/** Return a regular expression for the folded words of a term, or null if it holds no word. */
function termPattern(words) {
  const plain = fold(words).trim();
  if (!/[\p{L}\p{N}]/u.test(plain)) return null;
  const escaped = plain.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*+/g, "[\\p{L}\\p{N}]*");
  const begin = /^[\p{L}\p{N}*]/u.test(plain) ? "(?<![\\p{L}\\p{N}])" : "";
  const end = /[\p{L}\p{N}*]$/u.test(plain) ? "(?![\\p{L}\\p{N}])" : "";
  const literal = plain.split("*").reduce((longest, part) => (part.length > longest.length ? part : longest), "");
  return { literal, expression: new RegExp(begin + escaped + end, "u"), source: begin + escaped + end };
}

/**
 * Read a query. Returns {test(folded), patterns, problem, empty}; the patterns are those of the wanted terms, for marking
 * them in the text. An incomplete query is read as far as possible, since people search while they type.
 */
function parseQuery(written) {
  const list = tokens(written);
  const patterns = [];
  let at = 0;
  let problem = "";

  function either(wanted) {
    const parts = [both(wanted)];
    while (list[at]?.kind === "OR") {
      at += 1;
      parts.push(both(wanted));
    }
    const real = parts.filter(Boolean);
    return real.length > 1 ? (text) => real.some((test) => test(text)) : (real[0] ?? null);
  }

  function both(wanted) {
    const parts = [];
    while (at < list.length && list[at].kind !== "OR" && list[at].kind !== ")") {
      if (list[at].kind === "AND") {
        at += 1;
        continue;
      }
      const test = single(wanted);
      if (test) parts.push(test);
    }
    if (!parts.length) return null;
    return parts.length > 1 ? (text) => parts.every((test) => test(text)) : parts[0];
  }

  function single(wanted) {
    const token = list[at];
    at += 1;
    if (token.kind === "NOT") {
      if (at >= list.length || list[at].kind === "OR" || list[at].kind === ")") return null;
      const test = single(!wanted);
      return test && ((text) => !test(text));
    }
    if (token.kind === "(") {
      const test = either(wanted);
      if (list[at]?.kind === ")") at += 1;
      else problem = "An opening bracket has no closing one.";
      return test;
    }
    const pattern = termPattern(token.words);
    if (!pattern) return null;
    if (wanted) patterns.push(pattern);
    return (text) => text.includes(pattern.literal) && pattern.expression.test(text);
  }

  const parts = [];
  while (at < list.length) {
    const test = either(true);
    if (test) parts.push(test);
    if (list[at]?.kind === ")") {
      problem = "A closing bracket has no opening one.";
      at += 1;
    }
  }
  if ((written.match(/"/g) ?? []).length % 2) problem = "A quotation mark is not closed.";
  return { test: (text) => parts.every((test) => test(text)), patterns, problem, empty: parts.length === 0 };
}
