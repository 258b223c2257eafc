// The agreements and provisions that the filters leave, and the number that each further choice would leave.

/** Filters with a list of choices: the values of a row, and the name of a value. */
const FACETS = [
  {
    key: "party",
    title: t("facet.party"),
    several: t("facet.party-all"),
    ofAgreement: (one) => one.partyCodes,
    name: countryName,
  },
  { key: "region", title: t("facet.region"), ofAgreement: (one) => one.regions, name: regionName },
  {
    key: "principle",
    title: t("facet.principle"),
    ofRow: (row) => row.principles,
    name: (code) => CATEGORY.get(code)?.name ?? code,
  },
  {
    key: "category",
    title: t("facet.category"),
    several: t("facet.category-all"),
    ofRow: (row) => row.codes,
    name: (code) => CATEGORY.get(code)?.name ?? code,
  },
  { key: "pillar", title: t("facet.pillar"), ofRow: (row) => row.pillars, name: pillarName },
  { key: "strength", title: t("facet.strength"), ofRow: (row) => [row.strength], name: (code) => STRENGTHS[code] ?? code },
  {
    key: "instrument",
    title: t("facet.instrument"),
    ofRow: (row) => row.instruments,
    name: (code) => `${code} ${instrumentTitle(code)}`,
  },
  { key: "language", title: t("facet.language"), ofAgreement: (one) => [one.language], name: languageName },
  {
    key: "place",
    title: t("facet.place"),
    ofRow: (row) => [row.location],
    name: placeName,
  },
  { key: "agreement", title: t("facet.agreement"), ofAgreement: (one) => [one.id], name: (id) => (AGREEMENT.has(id) ? shortTitle(AGREEMENT.get(id)) : id) },
];
for (const facet of FACETS) {
  facet.ofRow ??= (row) => facet.ofAgreement(row.agreement);
}

/** Return whether a filter concerns provisions, so that fewer agreements count as having any. */
function filtersProvisions() {
  return state.q !== "" || state.review !== "" || FACETS.some((facet) => !facet.ofAgreement && state[facet.key].length);
}

/** Two honest measures: agreements with labour standards (more than an aim or a recital), or with any mention. */
function measure() {
  return state.measure === "any" ? "any" : "standards";
}

function countsForMeasure(row) {
  return measure() === "any" || row.standard;
}

/** What agreements are counted for, in words. */
function whatIsCounted() {
  return t(filtersProvisions() ? `counted.matching-${measure()}` : `counted.${measure()}`);
}

let found = null;

/**
 * Return what the filters leave, computed once per set of filters:
 * agreements  those that the filters on agreements leave; rows  the provisions that all filters leave;
 * withRows    the agreements that count by the measure; counts  for each list, what a further choice would leave;
 * taken       for each filter, the number of provisions that it alone took away; query  what was searched for.
 */
function results() {
  const key = JSON.stringify([...MANY, ...ONE, "measure", "synonyms"].map((name) => state[name]));
  if (found?.key !== key) found = { key, ...search() };
  return found;
}

function search() {
  const query = parseQuery(state.q);
  // The words themselves come before other words for the same thing.
  query.own = query.synonyms.length ? parseQuery(state.q, false) : null;
  const texts = query.empty ? null : searchedRows();
  const active = FACETS.filter((facet) => state[facet.key].length);
  const chosen = new Map(active.map((facet) => [facet.key, new Set(state[facet.key])]));
  const counts = Object.fromEntries(FACETS.map((facet) => [facet.key, new Map()]));
  const taken = {};
  const agreements = countedOnce(AGREEMENTS.filter((one) => isInPeriod(one) && agreementFacetsHold(one, active, chosen)));
  const rows = [];
  for (const row of PROVISIONS) {
    const missed = active.filter((facet) => !holds(facet, facet.ofRow(row), chosen.get(facet.key)));
    const others = missed.length > 1 ? [] : otherMisses(row, missed.length, texts, query);
    if (missed.length + others.length > 1) continue;
    const only = missed[0]?.key ?? others[0];
    if (only) taken[only] = (taken[only] ?? 0) + 1;
    else rows.push(row);
    if (others.length || (missed.length && state.all.includes(only))) continue;
    // A further choice in a list adds rows, so a row that fails only this list still counts for its other choices. Where
    // all choices must hold, a further choice removes rows, and only rows that pass every filter count.
    for (const facet of missed.length ? missed : FACETS) {
      const tally = counts[facet.key];
      for (const value of facet.ofRow(row)) tally.set(value, (tally.get(value) ?? 0) + 1);
    }
  }
  return { agreements, rows, withRows: counting(agreements, rows), counts, taken, query };
}

/** Return one of the versions of every agreement: the one that is counted, if the filters leave it. */
function countedOnce(agreements) {
  const left = new Set(agreements);
  const seen = new Set();
  return agreements.filter((one) => {
    if (one !== one.main && left.has(one.main)) return false;
    return !seen.has(one.main) && seen.add(one.main);
  });
}

/** Return the agreements that rows are of, of several versions the one that stands in `agreements`. */
function agreementsOf(rows, agreements) {
  const counted = new Map(agreements.map((one) => [one.main, one]));
  return new Set(rows.map((row) => counted.get(row.agreement.main) ?? row.agreement));
}

/** Return which of period, review and search a row fails; the search, which costs most, is asked last. */
function otherMisses(row, before, texts, query) {
  const missed = [];
  if (!isInPeriod(row.agreement)) missed.push("period");
  if (state.review && row.review !== (state.review === "yes")) missed.push("review");
  if (before + missed.length < 2 && texts && !query.test(texts[row.place])) missed.push("q");
  return missed;
}

/** Return the agreements that count by the measure: by the rows that the filters leave, or by the agreement itself. */
function counting(agreements, rows) {
  if (filtersProvisions()) return agreementsOf(rows.filter(countsForMeasure), agreements);
  return new Set(agreements.filter(hasMeasure));
}

function hasMeasure(agreement) {
  if (measure() === "any" || agreement.standards === null) return agreement.provisions.length > 0;
  return agreement.standards > 0;
}

/** Return the provisions, by the measure, of the agreements that are left; filters on provisions do not touch them. */
function baseRows() {
  const now = results();
  now.base ??= now.agreements.flatMap((one) => one.provisions.filter(countsForMeasure));
  return now.base;
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
