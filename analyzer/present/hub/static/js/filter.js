// The agreements and provisions that the filters leave, and the number that each further choice would leave.

/** Filters with a list of choices: the values of a row, and the name of a value. */
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
    title: "Part of the agreement",
    ofRow: (row) => [row.location],
    name: (place) => place[0].toUpperCase() + place.slice(1),
  },
  { key: "agreement", title: "Agreement", ofAgreement: (one) => [one.id], name: (id) => AGREEMENT.get(id)?.name ?? id },
];
for (const facet of FACETS) {
  facet.ofRow ??= (row) => facet.ofAgreement(row.agreement);
}

/** Return whether a filter concerns provisions, so that fewer agreements count as having any. */
function filtersProvisions() {
  return state.q !== "" || state.review !== "" || FACETS.some((facet) => !facet.ofAgreement && state[facet.key].length);
}

/** The provisions by which agreements are counted, in words. */
function whatIsCounted() {
  return filtersProvisions() ? "provisions that match the filters" : "labour provisions";
}

let folded = null;
function foldedRows() {
  folded ??= PROVISIONS.map((row) => fold(`${row.text} \n ${row.heading} \n ${row.agreement.name}`));
  return folded;
}

let found = null;

/** Return what the filters leave: {agreements, rows, withRows, counts, query}; computed once per set of filters. */
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
    // A further choice in a list adds rows, so a row that fails only this list still counts for its other choices. Where
    // all choices must hold, a further choice removes rows, and only rows that pass every filter count.
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

/** Return whether the values of a row or agreement hold one of the choices, or all where the reader asks for that. */
function holds(facet, values, wanted) {
  return state.all.includes(facet.key)
    ? [...wanted].every((value) => values.includes(value))
    : values.some((value) => wanted.has(value));
}
