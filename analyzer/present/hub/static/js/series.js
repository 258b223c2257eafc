// Any categories, principles, indicators or instruments as lines over time: in what share of the agreements each occurs.

/** What is shown at first: the fundamental principles. */
function chosenSeries() {
  const keys = state.series.split(",").filter(Boolean).map(decodeComma).filter((key) => seriesOf(key));
  return keys.length ? keys.slice(0, SERIES_COLOURS) : CATEGORIES.filter((one) => one.principle).map((one) => `c:${one.code}`);
}

/** Return {key, name, filter} of a series: c: a category, i: an indicator, n: an instrument. */
function seriesOf(key) {
  const [kind, code] = [key.slice(0, 1), key.slice(2)];
  if (kind === "c" && CATEGORY.has(code)) return { key, kind, code, name: codeAndName(code), filter: { category: [code] } };
  if (kind === "i" && INDICATOR.has(code)) return { key, kind, code, name: INDICATOR.get(code).name, filter: null };
  if (kind === "n" && raw.instruments[code])
    return { key, kind, code, name: `${code} ${instrumentTitle(code)}`, filter: { instrument: [code] } };
  return null;
}

/** Return how many agreements of a period have a series. */
function seriesCounter(agreements, rows) {
  const categories = agreementsHaving(rows, (row) => row.codes);
  const instruments = agreementsHaving(rows, (row) => row.instruments);
  const indicators = new Map();
  return (one, period) => {
    if (one.kind === "c") return categories(one.code, period);
    if (one.kind === "n") return instruments(one.code, period);
    if (!indicators.has(one.code)) {
      const place = INDICATOR.get(one.code).place;
      indicators.set(one.code, agreements.filter((agreement) => (agreement.indicators?.[place] ?? 0) > 0));
    }
    return indicators.get(one.code).filter((agreement) => agreement.year >= period.from && agreement.year <= period.to).length;
  };
}

const SERIES_ASIDE = ["category", "principle", "pillar", "instrument"];

function seriesChart(agreements, periods) {
  const series = chosenSeries().map(seriesOf);
  const count = seriesCounter(agreements, rowsLeavingAside(SERIES_ASIDE));
  const colours = series.map((_, at) => `var(--series-${at + 1})`);
  // A period without agreements has no share: the line has a gap there.
  const data = series.flatMap((one) =>
    periods.map((period) => {
      const having = period.all ? count(one, period) : 0;
      return { one, key: one.key, period, label: period.label, having, share: period.all ? having / period.all : NaN };
    }),
  );
  const title = (point) =>
    t("series.point", { name: point.one.name, period: point.label, n: point.having, all: point.period.all, share: percent(point.share) });
  const chart = plot(
    {
      height: 320,
      y: shareScale(data.map((point) => point.share), t("chart.share-of-agreements")),
      color: { domain: series.map((one) => one.key), range: colours },
      marks: [
        Plot.ruleY([0]),
        Plot.lineY(data, { x: "label", y: "share", z: "key", stroke: "key", strokeWidth: 2 }),
        Plot.dot(data, { x: "label", y: "share", fill: "key", r: 4, title, className: "point" }),
      ],
    },
    periods,
    true,
  );
  clickThrough(chart, "circle", data, (point) =>
    point.one.filter && { ...NO_FILTERS, ...agreementFilters(), ...point.one.filter, from: String(point.period.from), to: String(point.period.to) });
  return h(
    "section.series",
    seriesPicker(series),
    figure({
      title: series.length === 1 ? t("series.title-one", { name: series[0].name }) : t("series.title"),
      lead: t("series.lead"),
      aside: SERIES_ASIDE,
      chart,
      columns: [t("period"), t("chart.agreements"), ...series.flatMap((one) => [one.name, t("chart.share-of", { name: one.kind === "i" ? one.name : one.code })])],
      lines: periods.map((period) => [
        period.label,
        period.all,
        ...series.flatMap((one) => (period.all ? [count(one, period), percent(count(one, period) / period.all)] : ["", ""])),
      ]),
      legend: series.map((one, at) => [one.name, colours[at]]),
      wide: true,
    }),
  );
}

/** The filters on agreements, which hold for every chart. */
function agreementFilters() {
  return Object.fromEntries(FACETS.filter((facet) => facet.ofAgreement).map((facet) => [facet.key, state[facet.key]]));
}

function setSeries(keys) {
  change({ series: keys.map(encodeComma).join(",") });
}

function seriesPicker(series) {
  const keys = series.map((one) => one.key);
  const present = new Set(PROVISIONS.flatMap((row) => row.codes));
  const cited = [...new Set(PROVISIONS.flatMap((row) => row.instruments))].sort();
  const option = (key, name) => h("option", { value: key, disabled: keys.includes(key) }, name);
  const inGroups = (groups, list, nameOf, keyOf) =>
    Object.keys(groups).map((group) => {
      const own = list.filter((one) => one.group === group);
      return own.length ? h("optgroup", { label: nameOf(group) }, own.map((one) => option(keyOf(one), keyOf(one)[0] === "c" ? codeAndName(one.code) : one.name))) : null;
    });
  const full = series.length >= SERIES_COLOURS;
  return h(
    "div.picker",
    h(
      "select",
      {
        "data-focus": "add-series",
        "aria-label": t("series.add"),
        onchange: (event) => event.target.value && setSeries([...(full ? [] : keys), event.target.value]),
      },
      h("option", { value: "" }, full ? t("series.instead") : t("series.add")),
      inGroups(GROUPS, CATEGORIES.filter((one) => present.has(one.code)), groupName, (one) => `c:${one.code}`),
      inGroups(raw.indicator_groups, INDICATORS, (group) => t("series.indicators", { group: indicatorGroupName(group) }), (one) => `i:${one.id}`),
      cited.length ? h("optgroup", { label: t("facet.instrument") }, cited.map((code) => option(`n:${code}`, `${code} ${instrumentTitle(code)}`))) : null,
    ),
    series.map((one) =>
      button([one.name, h("span", { "aria-hidden": "true" }, " ×")], () => setSeries(keys.filter((key) => key !== one.key)), {
        className: "removable",
        disabled: series.length === 1,
        "aria-label": t("series.remove", { name: one.name }),
      }),
    ),
  );
}
