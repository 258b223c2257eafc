// The query of a reader: words, "phrases", AND, OR, NOT (or -word), brackets, * for any letters; terms of the thesaurus
// find their synonyms in all languages, and instruments are known by their number and by their code.

/** The thesaurus: the forms of every phrase with all phrases for the same thing. */
const THESAURUS = new Map();
for (const phrases of raw.thesaurus)
  for (const phrase of phrases) if (!THESAURUS.has(formText(phrase))) THESAURUS.set(formText(phrase), phrases);
const LONGEST_PHRASE = 6;
/** Most words between the terms of NEAR: where no number is given, and where a larger one is. */
const NEAR_WORDS = 10;
const FARTHEST = 100;

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

function tokens(written, widened) {
  const signs = /NEAR\(([^()]*)\)|"([^"]*)"?(\*?)|([()])|(-(?=[\p{L}\p{N}"(]))|([^\s()"]+)/gu;
  const list = [...withCodes(written).matchAll(signs)].map(([whole, near, phrase, star, bracket, minus, word]) => {
    if (near !== undefined) return nearToken(near);
    if (phrase !== undefined) return { kind: "term", words: `${phrase}${star}` };
    if (bracket) return { kind: bracket };
    if (minus || word === "NOT") return { kind: "NOT" };
    if (word === "AND" || word === "OR") return { kind: word };
    return { kind: "term", words: whole, bare: true };
  });
  return widened ? withPhrases(list) : list;
}

/** "NEAR(wages hours, 5)": words or phrases with at most so many words between, in any order. */
function nearToken(inside) {
  const [, words, most] = /^(.*?)(?:,\s*(\d+)\s*)?$/s.exec(inside);
  const parts = [...words.matchAll(/"([^"]*)"?\*?|([^\s,"]+)/g)].map(([, phrase, word]) => phrase ?? word);
  return { kind: "near", parts, within: Math.min(FARTHEST, most === undefined ? NEAR_WORDS : Number(most)) };
}

/** Return whether the terms occur with at most so many words between the first and the last, in any order. */
function areNear(hay, phrases, within) {
  const words = hay.forms.trim().split(" ");
  const places = phrases.map((phrase) => {
    const starts = [];
    words.forEach((_, at) => phrase.every((one, more) => words[at + more] === one) && starts.push([at, at + phrase.length]));
    return starts;
  });
  const fits = (chosen, place) => {
    if (place === places.length) {
      const inOrder = [...chosen].sort((a, b) => a[0] - b[0]);
      const between = inOrder.slice(1).reduce((sum, one, at) => sum + one[0] - inOrder[at][1], 0);
      return between <= within;
    }
    return places[place].some((one) => fits([...chosen, one], place + 1));
  };
  return places.every((starts) => starts.length) && fits([], 0);
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
  const own = formText(words);
  return (THESAURUS.get(own) ?? []).filter((one) => formText(one) !== own);
}

/**
 * Read a query. Returns {test(hay), terms, synonyms, problem, empty}; the terms are those that are wanted, for marking them in
 * the text. An incomplete query is read as far as possible, since people search while they type.
 */
function parseQuery(written, widened = state.synonyms !== "no") {
  const list = tokens(written, widened);
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
    return token.kind === "near" ? nearTest(token, wanted) : termTest(token, wanted);
  }

  function nearTest(token, wanted) {
    const own = token.parts.map(termOf).filter(Boolean);
    if (!own.length) return null;
    if (wanted) terms.push(...own);
    const phrases = token.parts.map((part) => formText(part).trim().split(" ")).filter(([first]) => first);
    return (hay) => own.every((term) => term.test(hay)) && areNear(hay, phrases, token.within);
  }

  function termTest(token, wanted) {
    const own = (token.each ?? [token.words]).map(termOf).filter(Boolean);
    if (!own.length) return null;
    const others = widened && !token.words.includes("*") ? synonymsOf(token.words) : [];
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
