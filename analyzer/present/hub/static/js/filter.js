// Which agreements and provisions the filters leave, and how many each further choice would leave.

/** Filters with a list of choices: what values a row has, and how a value is called. */
const FACETS = [
  {
    key: "party",
    title: "Party",
    several: "All of them must be parties",
    ofAgreement: (one) => one.partyCodes,
    name: countryName,
  },
  { key: "region", title: "Region", ofAgreement: (one) => one.regions, name: (region) => region },
  {
    key: "principle",
    title: "Fundamental principle",
    ofRow: (row) => row.principles,
    name: (code) => CATEGORY.get(code)?.name ?? code,
  },
  {
    key: "category",
    title: "Category",
    several: "A provision must have all of them",
    ofRow: (row) => row.codes,
    name: (code) => CATEGORY.get(code)?.name ?? code,
  },
  { key: "pillar", title: "Pillar", ofRow: (row) => row.pillars, name: (pillar) => pillar },
  { key: "strength", title: "Strength", ofRow: (row) => [row.strength], name: (code) => STRENGTHS[code] ?? code },
  {
    key: "instrument",
    title: "Instrument",
    ofRow: (row) => row.instruments,
    name: (code) => `${code} ${instrumentTitle(code)}`,
  },
  { key: "language", title: "Language", ofAgreement: (one) => [one.language], name: (code) => LANGUAGES[code] ?? code },
  {
    key: "place",
    title: "Where it stands",
    ofRow: (row) => [row.location],
    name: (place) => place[0].toUpperCase() + place.slice(1),
  },
  { key: "agreement", title: "Agreement", ofAgreement: (one) => [one.id], name: (id) => AGREEMENT.get(id)?.name ?? id },
];
for (const facet of FACETS) {
  facet.ofRow ??= (row) => facet.ofAgreement(row.agreement);
}

/** Whether a filter is about provisions, so that fewer agreements count as having any. */
function filtersProvisions() {
  return state.q !== "" || state.review !== "" || FACETS.some((facet) => !facet.ofAgreement && state[facet.key].length);
}

/** What the provisions are that agreements are counted by. */
function whatIsCounted() {
  return filtersProvisions() ? "provisions that fit the filters" : "labour provisions";
}

let folded = null;
function foldedRows() {
  folded ??= PROVISIONS.map((row) => fold(`${row.text} \n ${row.heading} \n ${row.agreement.name}`));
  return folded;
}

let found = null;

/** What the filters leave: {agreements, rows, withRows, counts, query}; computed once for each set of filters. */
function results() {
  const key = JSON.stringify([...MANY, ...ONE].map((name) => state[name]));
  if (found?.key !== key) found = { key, ...search() };
  return found;
}

function search() {
  const query = parseQuery(state.q);
  const texts = query.empty ? null : foldedRows();
  const active = FACETS.filter((facet) => state[facet.key].length);
  const chosen = new Map(active.map((facet) => [facet.key, new Set(state[facet.key])]));
  const counts = Object.fromEntries(FACETS.map((facet) => [facet.key, new Map()]));

  const agreements = AGREEMENTS.filter((one) => isInPeriod(one) && agreementFacetsHold(one, active, chosen));
  const rows = [];
  for (const row of PROVISIONS) {
    if (!isInPeriod(row.agreement)) continue;
    if (state.review && row.review !== (state.review === "yes")) continue;
    let missed = null;
    let misses = 0;
    for (const facet of active) {
      const wanted = chosen.get(facet.key);
      if (!holds(facet, facet.ofRow(row), wanted)) {
        missed = facet;
        misses += 1;
        if (misses > 1) break;
      }
    }
    if (misses > 1 || (misses && state.all.includes(missed.key))) continue;
    if (texts && !query.test(texts[row.place])) continue;
    if (misses === 0) rows.push(row);
    // A choice in a list adds to what the same list has chosen: so its own misses do not count for it. Where all that
    // is chosen must hold, a further choice takes away, and only rows that fit count.
    for (const facet of misses ? [missed] : FACETS) {
      const tally = counts[facet.key];
      for (const value of facet.ofRow(row)) tally.set(value, (tally.get(value) ?? 0) + 1);
    }
  }
  const withRows = new Set(rows.map((row) => row.agreement));
  return { agreements, rows, withRows, counts, query };
}

function isInPeriod(agreement) {
  if (!state.from && !state.to) return true;
  if (agreement.year === null) return false;
  return (!state.from || agreement.year >= Number(state.from)) && (!state.to || agreement.year <= Number(state.to));
}

function agreementFacetsHold(agreement, active, chosen) {
  return active.every(
    (facet) => !facet.ofAgreement || holds(facet, facet.ofAgreement(agreement), chosen.get(facet.key)),
  );
}

/** Whether the values of a row or agreement fit what is chosen: one of it, or all of it where the reader wants that. */
function holds(facet, values, wanted) {
  return state.all.includes(facet.key)
    ? [...wanted].every((value) => values.includes(value))
    : values.some((value) => wanted.has(value));
}
