// The charts of the trends.

const MOST_INSTRUMENTS = 12;

function countChart(agreements, withRows, periods) {
  const kinds = { with: `with ${whatIsCounted()}`, without: "without" };
  const tally = new Map(periods.map((period) => [period, { with: 0, without: 0 }]));
  for (const one of agreements) tally.get(periodOf(one.year).label)[withRows.has(one) ? "with" : "without"] += 1;
  const data = [...tally].flatMap(([period, counts]) =>
    Object.keys(kinds).map((kind) => ({ period, kind, count: counts[kind] })),
  );
  const chart = plot(
    {
      y: { grid: true, label: "Agreements", tickFormat: "d", interval: 1 },
      color: { domain: Object.keys(kinds), range: ["var(--with)", "var(--without)"] },
      marks: [
        Plot.barY(data, {
          x: "period",
          y: "count",
          fill: "kind",
          order: Object.keys(kinds),
          inset: 0.5,
          title: (one) => `${one.period}: ${one.count} ${kinds[one.kind]}`,
        }),
        Plot.ruleY([0]),
      ],
    },
    periods,
  );
  const made = figure(
    `Agreements with and without ${whatIsCounted()}`,
    "Number of agreements by year of signature.",
    chart,
    ["Period", "With", "Without"],
    [...tally].map(([period, counts]) => [period, counts.with, counts.without]),
  );
  $("figcaption", made).append(
    legend([
      [kinds.with, "var(--with)"],
      ["without", "var(--without)"],
    ]),
  );
  return made;
}

function shareChart(agreements, withRows, periods) {
  const tally = new Map(periods.map((period) => [period, { with: 0, all: 0 }]));
  for (const one of agreements) {
    const counts = tally.get(periodOf(one.year).label);
    counts.all += 1;
    counts.with += withRows.has(one);
  }
  const data = [...tally]
    .filter(([, counts]) => counts.all)
    .map(([period, counts]) => ({ period, share: counts.with / counts.all, ...counts }));
  const chart = plot(
    {
      y: { grid: true, label: "Share", domain: [0, 1], tickFormat: "%" },
      marks: [
        Plot.ruleY([0]),
        Plot.lineY(data, { x: "period", y: "share", stroke: "var(--with)", strokeWidth: 2, curve: "linear" }),
        Plot.dot(data, {
          x: "period",
          y: "share",
          r: (one) => Math.sqrt(one.all),
          fill: "var(--with)",
          stroke: "var(--surface)",
          title: (one) => `${one.period}: ${one.with} of ${one.all} (${percent(one.share)})`,
        }),
      ],
      r: { type: "identity", transform: (value) => 2.5 + 0.9 * value },
    },
    periods,
  );
  return figure(
    `Share of agreements with ${whatIsCounted()}`,
    "A larger dot stands for more agreements of that period in the collection.",
    chart,
    ["Period", "With", "All", "Share"],
    data.map((one) => [one.period, one.with, one.all, percent(one.share)]),
  );
}

function strengthChart(rows, periods) {
  const tally = new Map(periods.map((period) => [period, Object.fromEntries(STRENGTH_ORDER.map((code) => [code, 0]))]));
  for (const row of rows) tally.get(periodOf(row.agreement.year).label)[row.strength] += 1;
  const total = (counts) => STRENGTH_ORDER.reduce((sum, code) => sum + counts[code], 0);
  const data = [...tally].flatMap(([period, counts]) =>
    STRENGTH_ORDER.map((code) => ({
      period,
      code,
      count: counts[code],
      share: total(counts) ? counts[code] / total(counts) : 0,
    })),
  );
  const colours = STRENGTH_ORDER.map((code) => `var(--strength-${code})`);
  const chart = plot(
    {
      y: { grid: true, label: "Share of provisions", tickFormat: "%", domain: [0, 1] },
      color: { domain: STRENGTH_ORDER, range: colours },
      marks: [
        Plot.barY(data, {
          x: "period",
          y: "share",
          fill: "code",
          order: STRENGTH_ORDER,
          inset: 0.5,
          title: (one) => `${one.period}: ${STRENGTHS[one.code]} ${percent(one.share)} (${one.count})`,
        }),
        Plot.ruleY([0]),
      ],
    },
    periods,
  );
  const made = figure(
    "How binding the provisions are",
    "Strength of the provisions in the agreements of each period.",
    chart,
    ["Period", ...STRENGTH_ORDER.map((code) => STRENGTHS[code])],
    [...tally].map(([period, counts]) => [period, ...STRENGTH_ORDER.map((code) => counts[code])]),
  );
  $("figcaption", made).append(legend(STRENGTH_ORDER.map((code, at) => [STRENGTHS[code], colours[at]])));
  return made;
}

/** Lines that show in what share of the agreements of a period each fundamental principle occurs. */
function principleChart(agreements, rows, periods) {
  const codes = CATEGORIES.filter((one) => one.principle).map((one) => one.code);
  const colours = codes.map((_, at) => `var(--series-${at + 1})`);
  const size = new Map(periods.map((period) => [period, 0]));
  for (const one of agreements) size.set(periodOf(one.year).label, size.get(periodOf(one.year).label) + 1);
  const having = new Map();
  for (const row of rows) {
    for (const code of row.principles) {
      const key = `${code}|${periodOf(row.agreement.year).label}`;
      having.set(key, (having.get(key) ?? new Set()).add(row.agreement));
    }
  }
  const count = (code, period) => having.get(`${code}|${period}`)?.size ?? 0;
  const data = codes.flatMap((code) =>
    periods
      .filter((period) => size.get(period))
      .map((period) => ({ code, period, count: count(code, period), share: count(code, period) / size.get(period) })),
  );
  const title = (one) =>
    `${CATEGORY.get(one.code).name}, ${one.period}: ${one.count} of ${size.get(one.period)} agreements (${percent(one.share)})`;
  const chart = plot(
    {
      y: { grid: true, label: "Share of agreements", tickFormat: "%", domain: [0, 1] },
      color: { domain: codes, range: colours },
      marks: [
        Plot.ruleY([0]),
        Plot.lineY(data, { x: "period", y: "share", z: "code", stroke: "code", strokeWidth: 2 }),
        Plot.dot(data, { x: "period", y: "share", fill: "code", r: 3, title }),
      ],
    },
    periods,
  );
  const made = figure(
    GROUPS.principle,
    "Share of the agreements of each period that deal with each principle.",
    chart,
    ["Period", ...codes],
    periods.map((period) => [period, ...codes.map((code) => count(code, period))]),
  );
  $("figcaption", made).append(legend(codes.map((code, at) => [`${code}`, colours[at]])));
  return made;
}

/** A heat map of names by period: the share of the agreements of the period in which each name occurs. */
function heatMap(title, lead, names, label, valuesOf, agreements, rows, periods) {
  const size = new Map(periods.map((period) => [period, 0]));
  for (const one of agreements) size.set(periodOf(one.year).label, size.get(periodOf(one.year).label) + 1);
  const having = new Map();
  for (const row of rows) {
    const { label: period } = periodOf(row.agreement.year);
    for (const value of valuesOf(row)) {
      const key = `${value}|${period}`;
      if (!having.has(key)) having.set(key, new Set());
      having.get(key).add(row.agreement);
    }
  }
  const count = (name, period) => having.get(`${name}|${period}`)?.size ?? 0;
  const data = names.flatMap((name) =>
    periods
      .filter((period) => size.get(period))
      .map((period) => ({
        name,
        period,
        count: count(name, period),
        all: size.get(period),
        share: count(name, period) / size.get(period),
      })),
  );
  const width = chartWidth(periods, true);
  const narrow = width < 560;
  const cut = (name) => {
    const words = narrow ? name : label(name);
    const most = narrow ? 11 : 38;
    return words.length > most ? `${words.slice(0, most - 1)}…` : words;
  };
  const chart = plot(
    {
      height: 112 + 22 * names.length,
      marginTop: 54,
      marginRight: 30,
      marginLeft: narrow ? 84 : 290,
      x: { axis: "both" },
      y: { domain: names, label: null, tickFormat: cut, tickSize: 0 },
      marks: [
        Plot.cell(data, {
          x: "period",
          y: "name",
          fill: "var(--with)",
          fillOpacity: (one) => (one.count ? 0.12 + 0.88 * one.share : 0.03),
          inset: 0.75,
          rx: 2,
          title: (one) =>
            `${label(one.name)}, ${one.period}: ${one.count} of ${one.all} agreements (${percent(one.share)})`,
        }),
        Plot.text(
          data.filter((one) => one.count),
          {
            x: "period",
            y: "name",
            text: (one) => String(one.count),
            fill: (one) => (one.share > 0.72 ? "var(--on-with)" : "var(--ink)"),
            fontSize: 10,
            pointerEvents: "none",
          },
        ),
      ],
      opacity: { type: "identity" },
      color: { type: "identity" },
    },
    periods,
    true,
  );
  return figure(
    title,
    lead,
    chart,
    ["", ...periods],
    names.map((name) => [label(name), ...periods.map((period) => count(name, period))]),
    { className: "chart wide" },
  );
}

function categoryChart(agreements, rows, periods) {
  const present = new Set(rows.flatMap((row) => row.codes));
  const names = CATEGORIES.filter((one) => present.has(one.code)).map((one) => one.code);
  if (!names.length) return null;
  return heatMap(
    "Categories over time",
    "Number of agreements with each category; a darker cell is a larger share of the agreements of that period.",
    names,
    (code) => `${CATEGORY.get(code).name}`,
    (row) => row.codes,
    agreements,
    rows,
    periods,
  );
}

function instrumentChart(agreements, rows, periods) {
  const having = new Map();
  for (const row of rows)
    for (const code of row.instruments) having.set(code, (having.get(code) ?? new Set()).add(row.agreement));
  const names = [...having]
    .sort((a, b) => b[1].size - a[1].size)
    .slice(0, MOST_INSTRUMENTS)
    .map(([code]) => code);
  if (!names.length) return null;
  return heatMap(
    "Instruments over time",
    `Number of agreements that name each instrument${having.size > MOST_INSTRUMENTS ? ` (the ${MOST_INSTRUMENTS} most frequent)` : ""}.`,
    names,
    (code) => `${code} ${raw.instruments[code]?.[0] ?? ""}`,
    (row) => row.instruments,
    agreements,
    rows,
    periods,
  );
}
