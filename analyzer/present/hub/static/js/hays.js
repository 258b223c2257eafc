// What is searched: the forms and letters of all that belongs to a provision, and an index of the forms.

let hays = null;

/** What is searched for each row: forms and letters of all that belongs to it, and the codes that it has. */
function searchedRows() {
  hays ??= PROVISIONS.map((row, place) => {
    const titles = row.instruments.map((code) => `${code} ${instrumentTitle(code)}`).join(" ; ");
    const words = [row.lead_in, row.text, row.heading].join(" ; ");
    const marks = [...row.codes, ...row.instruments].map((code) => ` #${code} `).join("");
    return Object.assign(partsOfHay(words, row.agreement, titles), { place, marks });
  });
  return hays;
}

/** Names of agreement and parties are the same for all its rows, so their forms are made once. */
const namedForms = new Map();

function partsOfHay(words, agreement, titles) {
  if (!namedForms.has(agreement)) {
    const names = [agreement.agreement, agreement.short, ...agreement.partyCodes.map(countryName)].join(" ; ");
    namedForms.set(agreement, hayOf(names));
  }
  const named = namedForms.get(agreement);
  const own = hayOf(`${words} ; ${titles}`);
  return {
    forms: `${own.forms};${named.forms}`,
    get folded() {
      return `${own.folded} ; ${named.folded}`;
    },
  };
}

function hayOf(words) {
  // The letters themselves are needed for * only.
  return {
    forms: formText(words),
    marks: "",
    get folded() {
      return fold(words);
    },
  };
}

let postings = null;

/** Return the rows that hold a form, by their places; made at the first search. */
function rowsWith(wordForm) {
  if (!postings) {
    postings = new Map();
    for (const hay of searchedRows())
      for (const word of new Set(hay.forms.split(" "))) {
        const list = postings.get(word);
        if (list) list.push(hay.place);
        else postings.set(word, [hay.place]);
      }
  }
  return postings.get(wordForm) ?? [];
}

/** Return one byte for each row, 1 where the forms stand one behind the other. */
function rowsWithForms(wordForms) {
  const found = new Uint8Array(PROVISIONS.length);
  const lists = wordForms.map(rowsWith);
  const shortest = lists.reduce((best, list) => (list.length < best.length ? list : best));
  const wanted = ` ${wordForms.join(" ")} `;
  for (const place of shortest) if (wordForms.length === 1 || searchedRows()[place].forms.includes(wanted)) found[place] = 1;
  return found;
}
