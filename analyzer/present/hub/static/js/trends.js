// The trends over time. Every chart has its figures in a table below it, and leads to the clauses behind it.

const MOST_INSTRUMENTS = 12;

function showTrends(view) {
  const { agreements } = results();
  const dated = agreements.filter((one) => one.year !== null);
  const focused = document.activeElement?.dataset?.focus;
  const head = h(
    "div.view-head",
    h("h1", VIEWS.trends),
    h(
      "div.tools",
      h(
        "label",
        `${t("trends.by")} `,
        h(
          "select",
          { id: "bins", onchange: (event) => change({ by: event.target.value }) },
          Object.entries(BINS).map(([years, name]) =>
            h("option", { value: years, selected: Number(years) === binSize() }, name),
          ),
        ),
      ),
      printButton(),
    ),
  );
  if (!dated.length) {
    fill(
      view,
      head,
      h(
        "div.empty",
        h("p", t(agreements.length ? "trends.no-dates" : "trends.none")),
        isFiltered() ? button(t("clear-all-filters"), clearFilters) : null,
      ),
    );
    return;
  }
  const periods = periodsOf(dated);
  const undated = agreements.length - dated.length;
  fill(
    view,
    head,
    h("p.note", t(`measure.${measure()}-now`), undated ? ` ${tn("trends.undated", undated)}` : ""),
    h(
      "div.charts",
      countChart(dated, periods),
      shareChart(dated, periods),
      seriesChart(dated, periods),
      strengthChart(periods),
      categoryChart(periods),
      instrumentChart(periods),
    ),
  );
  if (focused) $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function inPeriod(period) {
  return { from: String(period.from), to: String(period.to) };
}

function countByPeriod(agreements, periods) {
  const { withRows } = results();
  return periods.map((period) => {
    const own = agreements.filter((one) => one.year >= period.from && one.year <= period.to);
    return { period, label: period.label, all: own.length, with: own.filter((one) => withRows.has(one)).length };
  });
}

function countChart(agreements, periods) {
  const tally = countByPeriod(agreements, periods);
  const kinds = { with: t("chart.with", { what: whatIsCounted() }), without: t("chart.without") };
  const data = tally.flatMap((one) => [
    { ...one, kind: "with", count: one.with },
    { ...one, kind: "without", count: one.all - one.with },
  ]);
  const chart = plot(
    {
      y: { grid: true, label: t("chart.agreements"), tickFormat: "d", interval: 1 },
      color: { domain: Object.keys(kinds), range: ["var(--with)", "var(--without)"] },
      marks: [
        Plot.barY(data, {
          x: "label",
          y: "count",
          fill: "kind",
          order: Object.keys(kinds),
          inset: 0.5,
          title: (one) => `${one.label}: ${one.count} ${kinds[one.kind]}`,
        }),
        Plot.ruleY([0]),
      ],
    },
    periods,
  );
  clickThrough(chart, "rect", data, (one) => (one.kind === "with" ? inPeriod(one.period) : null));
  return figure({
    title: t("trends.count-title", { what: whatIsCounted() }),
    lead: t("trends.count-lead"),
    chart,
    columns: [t("period"), capital(kinds.with), capital(kinds.without)],
    lines: tally.map((one) => [one.label, one.with, one.all - one.with]),
    legend: [
      [kinds.with, "var(--with)"],
      [kinds.without, "var(--without)"],
    ],
  });
}

function shareChart(agreements, periods) {
  const tally = countByPeriod(agreements, periods);
  const data = tally.map((one) => ({ ...one, share: one.all ? one.with / one.all : NaN }));
  const chart = plot(
    {
      y: shareScale(data.map((one) => one.share), t("chart.share")),
      marks: [
        Plot.ruleY([0]),
        Plot.lineY(data, { x: "label", y: "share", stroke: "var(--with)", strokeWidth: 2 }),
        Plot.dot(data, {
          x: "label",
          y: "share",
          r: (one) => Math.sqrt(one.all),
          fill: "var(--with)",
          stroke: "var(--surface)",
          title: (one) => t("trends.share-point", { period: one.label, n: one.with, all: one.all, share: percent(one.share) }),
        }),
      ],
      r: { type: "identity", transform: (value) => 2.5 + 0.9 * value },
    },
    periods,
  );
  clickThrough(chart, "circle", data, (one) => inPeriod(one.period));
  return figure({
    title: t("trends.share-title", { what: whatIsCounted() }),
    lead: t("trends.share-lead"),
    chart,
    columns: [t("period"), t("chart.with-short"), t("chart.all"), t("chart.share")],
    lines: data.map((one) => [one.label, one.with, one.all, one.all ? percent(one.share) : "—"]),
  });
}

function strengthChart(periods) {
  const aside = ["strength"];
  const rows = rowsLeavingAside(aside).filter((row) => row.agreement.year !== null);
  const tally = periods.map((period) => {
    const own = rows.filter((row) => row.agreement.year >= period.from && row.agreement.year <= period.to);
    return { period, all: own.length, of: (code) => own.filter((row) => row.strength === code).length };
  });
  const data = tally.flatMap(({ period, all, of }) =>
    STRENGTH_ORDER.map((code) => ({ period, label: period.label, code, count: of(code), share: all ? of(code) / all : 0 })),
  );
  const colours = STRENGTH_ORDER.map((code) => `var(--strength-${code})`);
  const chart = plot(
    {
      y: { ...shareScale([1], t("chart.share-of-provisions")) },
      color: { domain: STRENGTH_ORDER, range: colours },
      marks: [
        Plot.barY(data, {
          x: "label",
          y: "share",
          fill: "code",
          order: STRENGTH_ORDER,
          inset: 0.5,
          title: (one) => `${one.label}: ${STRENGTHS[one.code]} ${percent(one.share)} (${one.count})`,
        }),
        Plot.ruleY([0]),
      ],
    },
    periods,
  );
  clickThrough(chart, "rect", data, (one) => ({ ...inPeriod(one.period), strength: [one.code] }));
  return figure({
    title: t("trends.strength-title"),
    lead: t("trends.strength-lead"),
    aside,
    chart,
    columns: [t("period"), t("chart.provisions"), ...STRENGTH_ORDER.map((code) => STRENGTHS[code])],
    lines: tally.map(({ period, all, of }) => [period.label, all, ...STRENGTH_ORDER.map(of)]),
    legend: STRENGTH_ORDER.map((code, at) => [STRENGTHS[code], colours[at]]),
    wide: true,
  });
}

function categoryChart(periods) {
  const aside = ["category", "principle", "pillar"];
  const rows = rowsLeavingAside(aside);
  const present = new Set(rows.flatMap((row) => row.codes));
  const names = CATEGORIES.filter((one) => present.has(one.code)).map((one) => one.code);
  if (!names.length) return null;
  return heatMap({
    title: t("trends.categories-title"), lead: t("trends.categories-lead"), aside, names, rows, periods,
    label: codeAndName, valuesOf: (row) => row.codes, filterOf: (code) => ({ category: [code] }),
  }); // prettier-ignore
}

function instrumentChart(periods) {
  const aside = ["instrument"];
  const rows = rowsLeavingAside(aside);
  const having = new Map();
  for (const row of rows)
    for (const code of row.instruments) having.set(code, (having.get(code) ?? new Set()).add(row.agreement));
  const names = [...having]
    .sort((a, b) => b[1].size - a[1].size)
    .slice(0, MOST_INSTRUMENTS)
    .map(([code]) => code);
  if (!names.length) return null;
  const most = having.size > MOST_INSTRUMENTS ? ` ${t("trends.instruments-most", { n: MOST_INSTRUMENTS })}` : "";
  return heatMap({
    title: t("trends.instruments-title"), lead: `${t("trends.instruments-lead")}${most}`, aside, names, rows, periods,
    label: (code) => `${code} ${instrumentTitle(code)}`, valuesOf: (row) => row.instruments,
    filterOf: (code) => ({ instrument: [code] }),
  }); // prettier-ignore
}

/** A heat map of names by period: the number and share of the agreements of the period in which each name occurs. */
function heatMap({ title, lead, aside, names, rows, periods, label, valuesOf, filterOf }) {
  const count = agreementsHaving(rows, valuesOf);
  const data = names.flatMap((name) =>
    periods
      .filter((period) => period.all)
      .map((period) => {
        const having = count(name, period);
        return { name, period, label: period.label, count: having, all: period.all, share: having / period.all };
      }),
  );
  const narrow = chartWidth(periods.length, true) < 560;
  const cut = (name) => {
    const words = narrow ? name : label(name);
    const most = narrow ? 11 : 40;
    return words.length > most ? `${words.slice(0, most - 1)}…` : words;
  };
  const cells = data.filter((one) => one.count);
  const chart = plot(
    {
      height: 112 + 22 * names.length,
      marginTop: 54,
      marginRight: 30,
      marginLeft: narrow ? 84 : 300,
      x: { axis: "both" },
      y: { domain: names, label: null, tickFormat: cut, tickSize: 0 },
      marks: [
        Plot.cell(data, {
          x: "label", y: "name", fill: "var(--with)", inset: 0.75, rx: 2,
          fillOpacity: (one) => (one.count ? 0.12 + 0.88 * one.share : 0.03),
          title: (one) => t("series.point", { name: label(one.name), period: one.label, n: one.count, all: one.all, share: percent(one.share) }),
        }),
        Plot.text(cells, {
          x: "label", y: "name", text: (one) => String(one.count), fontSize: 10, pointerEvents: "none",
          fill: (one) => (one.share > 0.72 ? "var(--on-with)" : "var(--ink)"),
        }),
      ],
      opacity: { type: "identity" },
      color: { type: "identity" },
    },
    periods,
    true,
  ); // prettier-ignore
  clickThrough(chart, "rect", data, (one) => one.count && { ...inPeriod(one.period), ...filterOf(one.name) });
  return figure({
    title, lead, aside, chart, wide: true,
    columns: ["", ...periods.map((period) => `${period.label} (n = ${period.all})`)],
    lines: names.map((name) => [label(name), ...periods.map((period) => (period.all ? count(name, period) : "—"))]),
  }); // prettier-ignore
}
