// Periods of time and what is counted in them.

const BINS = { 1: t("bins.1"), 5: t("bins.5"), 10: t("bins.10") };

function periodOf(year) {
  const bin = binSize();
  const start = Math.floor(year / bin) * bin;
  return { start, label: bin === 1 ? String(start) : `${start}–${String((start + bin - 1) % 100).padStart(2, "0")}` };
}

function binSize() {
  if (state.by in BINS) return Number(state.by);
  // A phone has no room for many columns.
  const span = YEARS.length ? Math.max(...YEARS) - Math.min(...YEARS) : 0;
  return span > 35 && $("#view").clientWidth < 560 ? 10 : 5;
}

/** Return all periods from the first to the last agreement, {label, from, to, all}, also those without agreements. */
function periodsOf(agreements) {
  const years = agreements.map((one) => one.year);
  const periods = [];
  if (!years.length) return periods;
  const last = Math.max(...years);
  for (let { start } = periodOf(Math.min(...years)); start <= last; start += binSize())
    periods.push({ label: periodOf(start).label, from: start, to: start + binSize() - 1, all: 0 });
  const byLabel = new Map(periods.map((one) => [one.label, one]));
  for (const one of agreements) byLabel.get(periodOf(one.year).label).all += 1;
  return periods;
}

/**
 * Return the provisions that the filters leave when those of some lists are left aside. A chart of shares by category
 * must not be touched by a filter on a category: every other category would seem to be missing.
 */
function rowsLeavingAside(keys) {
  const { agreements, query } = results();
  const active = FACETS.filter((facet) => !facet.ofAgreement && state[facet.key].length && !keys.includes(facet.key));
  const texts = query.empty ? null : searchedRows();
  const kept = active.map((facet) => [facet, new Set(state[facet.key])]);
  return agreements
    .flatMap((one) => one.provisions)
    .filter(
      (row) =>
        countsForMeasure(row) &&
        kept.every(([facet, wanted]) => holds(facet, facet.ofRow(row), wanted)) &&
        (!state.review || row.review === (state.review === "yes")) &&
        (!texts || query.test(texts[row.place])),
    );
}

/** The filters that hold for a chart, in words, for its title; those on the lists `aside` do not. */
function filtersFor(aside = []) {
  return filtersInWords()
    .filter(([key]) => !aside.includes(key))
    .map(([, words]) => words)
    .join("; ");
}

function asideNote(aside) {
  const words = filtersInWords()
    .filter(([key]) => aside.includes(key))
    .map(([, name]) => name);
  return words.length ? t("chart.aside", { filters: words.join("; ") }) : "";
}

/** Return for each value and period the agreements that have it: get(value, period) is a set. */
function agreementsHaving(rows, valuesOf) {
  const having = new Map();
  for (const row of rows) {
    if (row.agreement.year === null) continue;
    const { label } = periodOf(row.agreement.year);
    for (const value of valuesOf(row)) {
      const key = `${value}|${label}`;
      if (!having.has(key)) having.set(key, new Set());
      having.get(key).add(row.agreement);
    }
  }
  return (value, period) => having.get(`${value}|${period.label}`)?.size ?? 0;
}
