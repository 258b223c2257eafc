// The query of a reader: words, "phrases", AND, OR, NOT (or -word), brackets, * for any letters; terms of the thesaurus
// find their synonyms in all languages, and instruments are known by their number and by their code.

/** The thesaurus: the forms of every phrase with all phrases for the same thing. */
const THESAURUS = new Map();
for (const phrases of raw.thesaurus)
  for (const phrase of phrases) if (!THESAURUS.has(formText(phrase))) THESAURUS.set(formText(phrase), phrases);
const LONGEST_PHRASE = 6;

/** "Convention No. 182" in any language, by the letter of its code. */
const NUMBERED = Object.entries(raw.instrument_words).map(([letter, words]) => [
  letter,
  new RegExp(`(?:${words.join("|")})s?\\s+(?:n[.ºo°uúm]*s?[.º°]*\\s*)?(\\d{1,3})(?!\\d)`, "giu"),
]);

function withCodes(written) {
  let made = written.replace(/\b([cpr])[ -]?0*(\d{1,3})\b/gi, (_, letter, digits) => codeOf(letter.toUpperCase(), digits));
  for (const [letter, pattern] of NUMBERED) made = made.replace(pattern, (_, digits) => codeOf(letter, digits));
  return made;
}

function codeOf(letter, digits) {
  return `${letter}${digits.padStart(3, "0")}`;
}

function tokens(written) {
  const found = withCodes(written).matchAll(/"([^"]*)"?|([()])|(-(?=[\p{L}\p{N}"(]))|([^\s()"]+)/gu);
  const list = [...found].map(([whole, phrase, bracket, minus, word]) => {
    if (phrase !== undefined) return { kind: "term", words: phrase, exact: true };
    if (bracket) return { kind: bracket };
    if (minus || word === "NOT") return { kind: "NOT" };
    if (word === "AND" || word === "OR") return { kind: word };
    return { kind: "term", words: whole, bare: true };
  });
  return state.synonyms === "no" ? list : withPhrases(list);
}

/** Join neighbouring words that are a phrase of the thesaurus, so that they find its synonyms. */
function withPhrases(list) {
  const made = [];
  for (let at = 0; at < list.length; at += 1) {
    let length = 1;
    for (let most = Math.min(LONGEST_PHRASE, list.length - at); most > 1; most -= 1) {
      const run = list.slice(at, at + most);
      if (run.every((one) => one.bare) && THESAURUS.has(formText(run.map((one) => one.words).join(" ")))) {
        length = most;
        break;
      }
    }
    if (length === 1) made.push(list[at]);
    else {
      const words = list.slice(at, at + length).map((one) => one.words);
      made.push({ kind: "term", words: words.join(" "), each: words });
      at += length - 1;
    }
  }
  return made;
}

/** What stands for a code in a text that is searched; no text holds it by itself. */
function markOf(code) {
  return ` #${code.toUpperCase()} `;
}

function synonymsOf(words) {
  if (state.synonyms === "no") return [];
  const own = formText(words);
  return (THESAURUS.get(own) ?? []).filter((one) => formText(one) !== own);
}

/**
 * Read a query. Returns {test(hay), terms, synonyms, problem, empty}; the terms are those that are wanted, for marking them in
 * the text. An incomplete query is read as far as possible, since people search while they type.
 */
function parseQuery(written) {
  const list = tokens(written);
  const terms = [];
  const synonyms = [];
  let at = 0;
  let problem = "";

  function either(wanted) {
    const parts = [both(wanted)];
    while (list[at]?.kind === "OR") {
      at += 1;
      parts.push(both(wanted));
    }
    const real = parts.filter(Boolean);
    return real.length > 1 ? (hay) => real.some((test) => test(hay)) : (real[0] ?? null);
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
    return parts.length > 1 ? (hay) => parts.every((test) => test(hay)) : parts[0];
  }

  function single(wanted) {
    const token = list[at];
    at += 1;
    if (token.kind === "NOT") {
      if (at >= list.length || list[at].kind === "OR" || list[at].kind === ")") return null;
      const test = single(!wanted);
      return test && ((hay) => !test(hay));
    }
    if (token.kind === "(") {
      const test = either(wanted);
      if (list[at]?.kind === ")") at += 1;
      else problem = t("search.open-bracket");
      return test;
    }
    return termTest(token, wanted);
  }

  function termTest(token, wanted) {
    const own = (token.each ?? [token.words]).map(termOf).filter(Boolean);
    if (!own.length) return null;
    const others = token.exact ? [] : synonymsOf(token.words);
    if (others.length && wanted) synonyms.push({ words: token.words, others });
    const alike = others.map(termOf);
    if (wanted) terms.push(...own, ...alike);
    const mark = markOf(token.words);
    return (hay) =>
      own.every((term) => term.test(hay)) || alike.some((term) => term.test(hay)) || (mark && hay.marks.includes(mark));
  }

  const parts = [];
  while (at < list.length) {
    const test = either(true);
    if (test) parts.push(test);
    if (list[at]?.kind === ")") {
      problem = t("search.closing-bracket");
      at += 1;
    }
  }
  if ((written.match(/"/g) ?? []).length % 2) problem = t("search.open-quote");
  return { test: (hay) => parts.every((test) => test(hay)), terms, synonyms, problem, empty: parts.length === 0 };
}
