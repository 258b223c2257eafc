// Trends over time. Every chart has its figures as a table below it.

const BINS = { 1: "Year", 5: "Five years", 10: "Decade" };
const MOST_INSTRUMENTS = 12;
const CHART_STYLE = { background: "transparent", color: "var(--ink)", fontSize: "12px", fontFamily: "var(--sans)" };

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

/** Labels of all periods from the first to the last agreement, those without agreements too. */
function allPeriods(agreements) {
  const years = agreements.map((one) => one.year);
  if (!years.length) return [];
  const labels = [];
  for (let { start } = periodOf(Math.min(...years)); start <= Math.max(...years); start += binSize()) labels.push(periodOf(start).label);
  return labels;
}

function showTrends(view) {
  const { agreements, rows, withRows } = results();
  const dated = agreements.filter((one) => one.year !== null);
  const datedRows = rows.filter((row) => row.agreement.year !== null);
  const head = h("div.view-head", h("h1", "Trends"),
    h("div.tools", h("label", "Group by ", h("select", { id: "bins", onchange: (event) => change({ by: event.target.value }) },
      Object.entries(BINS).map(([years, name]) => h("option", { value: years, selected: Number(years) === binSize() }, name))))));
  if (!dated.length) {
    fill(view, head, h("div.empty", h("p", agreements.length
      ? "The dates of these agreements are not known, so that nothing can be shown over time."
      : "No agreement fits these filters."), isFiltered() ? button("Clear all filters", clearFilters) : null));
    return;
  }
  const periods = allPeriods(dated);
  const undated = agreements.length - dated.length;
  fill(view, head,
    undated ? h("p.note", `${plural(undated, "agreement")} without a date ${undated === 1 ? "is" : "are"} left out.`) : null,
    h("div.charts",
      countChart(dated, withRows, periods),
      shareChart(dated, withRows, periods),
      strengthChart(datedRows, periods),
      principleChart(dated, datedRows, periods),
      categoryChart(dated, datedRows, periods),
      instrumentChart(dated, datedRows, periods)));
}

function figure(title, lead, chart, columns, lines, properties = {}) {
  chart.setAttribute("role", "img");
  // As a picture it has one label; those of its groups are no valid ARIA.
  for (const group of chart.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
  chart.setAttribute("aria-label", `${title}. The figures are in the table below.`);
  return h("figure.chart", properties,
    h("figcaption", h("h2", title), h("p", lead)),
    h("div.chart-scroll", { tabIndex: 0, role: "region", "aria-label": `Chart: ${title}` }, chart),
    h("details.figures", h("summary", "Figures"), h("div.scroll", { tabIndex: 0, role: "region", "aria-label": `Figures: ${title}` },
      h("table.plain", h("thead", h("tr", columns.map((name, at) => h(at ? "th.number" : "th", { scope: "col" }, name)))),
        h("tbody", lines.map((line) => h("tr", line.map((value, at) => (at ? h("td.number", value) : h("th", { scope: "row" }, value))))))))));
}

/** Width of a chart: that of its column, and never so narrow that labels collide. */
function chartWidth(periods, wide) {
  const room = $("#view").clientWidth - 40;
  const column = wide || room < 900 ? room : room / 2 - 24;
  return Math.max(300, Math.min(wide ? 1180 : 640, column), periods.length * (wide ? 26 : 16));
}

function plot(options, periods, wide = false) {
  const width = chartWidth(periods, wide);
  const room = (width - (options.marginLeft ?? 46)) / Math.max(1, periods.length);
  const chart = Plot.plot({
    width,
    height: 260,
    marginLeft: 46,
    marginBottom: 58,
    style: CHART_STYLE,
    ...options,
    x: {
      domain: periods,
      label: null,
      tickRotate: room < 62 ? -45 : 0,
      tickSize: 0,
      // Of many labels every second (third …) is shown.
      ticks: periods.filter((_, place) => place % Math.ceil(15 / room) === 0),
      ...options.x,
    },
  });
  return chart;
}

function legend(entries) {
  return h("ul.legend.inline-legend", { role: "list" }, entries.map(([name, colour]) => h("li", h("i.swatch", { style: `background:${colour}` }), name)));
}

function countChart(agreements, withRows, periods) {
  const kinds = { with: `with ${whatIsCounted()}`, without: "without" };
  const tally = new Map(periods.map((period) => [period, { with: 0, without: 0 }]));
  for (const one of agreements) tally.get(periodOf(one.year).label)[withRows.has(one) ? "with" : "without"] += 1;
  const data = [...tally].flatMap(([period, counts]) => Object.keys(kinds).map((kind) => ({ period, kind, count: counts[kind] })));
  const chart = plot({
    y: { grid: true, label: "Agreements", tickFormat: "d", interval: 1 },
    color: { domain: Object.keys(kinds), range: ["var(--with)", "var(--without)"] },
    marks: [Plot.barY(data, { x: "period", y: "count", fill: "kind", order: Object.keys(kinds), inset: 0.5, title: (one) => `${one.period}: ${one.count} ${kinds[one.kind]}` }), Plot.ruleY([0])],
  }, periods);
  const made = figure(`Agreements with and without ${whatIsCounted()}`, "Number of agreements by year of signature.", chart,
    ["Period", "With", "Without"], [...tally].map(([period, counts]) => [period, counts.with, counts.without]));
  $("figcaption", made).append(legend([[kinds.with, "var(--with)"], ["without", "var(--without)"]]));
  return made;
}

function shareChart(agreements, withRows, periods) {
  const tally = new Map(periods.map((period) => [period, { with: 0, all: 0 }]));
  for (const one of agreements) {
    const counts = tally.get(periodOf(one.year).label);
    counts.all += 1;
    counts.with += withRows.has(one);
  }
  const data = [...tally].filter(([, counts]) => counts.all).map(([period, counts]) => ({ period, share: counts.with / counts.all, ...counts }));
  const chart = plot({
    y: { grid: true, label: "Share", domain: [0, 1], tickFormat: "%" },
    marks: [
      Plot.ruleY([0]),
      Plot.lineY(data, { x: "period", y: "share", stroke: "var(--with)", strokeWidth: 2, curve: "linear" }),
      Plot.dot(data, { x: "period", y: "share", r: (one) => Math.sqrt(one.all), fill: "var(--with)", stroke: "var(--surface)", title: (one) => `${one.period}: ${one.with} of ${one.all} (${percent(one.share)})` }),
    ],
    r: { type: "identity", transform: (value) => 2.5 + 0.9 * value },
  }, periods);
  return figure(`Share of agreements with ${whatIsCounted()}`, "The larger a dot, the more agreements of that time are in the collection.", chart,
    ["Period", "With", "All", "Share"], data.map((one) => [one.period, one.with, one.all, percent(one.share)]));
}

function strengthChart(rows, periods) {
  const tally = new Map(periods.map((period) => [period, Object.fromEntries(STRENGTH_ORDER.map((code) => [code, 0]))]));
  for (const row of rows) tally.get(periodOf(row.agreement.year).label)[row.strength] += 1;
  const total = (counts) => STRENGTH_ORDER.reduce((sum, code) => sum + counts[code], 0);
  const data = [...tally].flatMap(([period, counts]) => STRENGTH_ORDER.map((code) => ({ period, code, count: counts[code], share: total(counts) ? counts[code] / total(counts) : 0 })));
  const colours = STRENGTH_ORDER.map((code) => `var(--strength-${code})`);
  const chart = plot({
    y: { grid: true, label: "Share of provisions", tickFormat: "%", domain: [0, 1] },
    color: { domain: STRENGTH_ORDER, range: colours },
    marks: [Plot.barY(data, { x: "period", y: "share", fill: "code", order: STRENGTH_ORDER, inset: 0.5, title: (one) => `${one.period}: ${STRENGTHS[one.code]} ${percent(one.share)} (${one.count})` }), Plot.ruleY([0])],
  }, periods);
  const made = figure("How binding the provisions are", "Strength of the provisions in agreements of each time.", chart,
    ["Period", ...STRENGTH_ORDER.map((code) => STRENGTHS[code])], [...tally].map(([period, counts]) => [period, ...STRENGTH_ORDER.map((code) => counts[code])]));
  $("figcaption", made).append(legend(STRENGTH_ORDER.map((code, at) => [STRENGTHS[code], colours[at]])));
  return made;
}

/** Lines: in what share of the agreements of a time each fundamental principle comes. */
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
  const data = codes.flatMap((code) => periods.filter((period) => size.get(period)).map((period) => ({ code, period, count: count(code, period), share: count(code, period) / size.get(period) })));
  const title = (one) => `${CATEGORY.get(one.code).name}, ${one.period}: ${one.count} of ${size.get(one.period)} agreements (${percent(one.share)})`;
  const chart = plot({
    y: { grid: true, label: "Share of agreements", tickFormat: "%", domain: [0, 1] },
    color: { domain: codes, range: colours },
    marks: [Plot.ruleY([0]), Plot.lineY(data, { x: "period", y: "share", z: "code", stroke: "code", strokeWidth: 2 }), Plot.dot(data, { x: "period", y: "share", fill: "code", r: 3, title })],
  }, periods);
  const made = figure("Fundamental principles", "Share of the agreements of each time that speak of each principle.", chart,
    ["Period", ...codes], periods.map((period) => [period, ...codes.map((code) => count(code, period))]));
  $("figcaption", made).append(legend(codes.map((code, at) => [`${code}`, colours[at]])));
  return made;
}

/** A heat map of names by period: the share of the agreements of that time in which the name comes. */
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
  const data = names.flatMap((name) => periods.filter((period) => size.get(period)).map((period) => ({ name, period, count: count(name, period), all: size.get(period), share: count(name, period) / size.get(period) })));
  const width = chartWidth(periods, true);
  const narrow = width < 560;
  const cut = (name) => {
    const words = narrow ? name : label(name);
    const most = narrow ? 11 : 38;
    return words.length > most ? `${words.slice(0, most - 1)}…` : words;
  };
  const chart = plot({
    height: 112 + 22 * names.length,
    marginTop: 54,
    marginRight: 30,
    marginLeft: narrow ? 84 : 290,
    x: { axis: "both" },
    y: { domain: names, label: null, tickFormat: cut, tickSize: 0 },
    marks: [
      Plot.cell(data, { x: "period", y: "name", fill: "var(--with)", fillOpacity: (one) => (one.count ? 0.12 + 0.88 * one.share : 0.03), inset: 0.75, rx: 2, title: (one) => `${label(one.name)}, ${one.period}: ${one.count} of ${one.all} agreements (${percent(one.share)})` }),
      Plot.text(data.filter((one) => one.count), { x: "period", y: "name", text: (one) => String(one.count), fill: (one) => (one.share > 0.72 ? "var(--on-with)" : "var(--ink)"), fontSize: 10, pointerEvents: "none" }),
    ],
    opacity: { type: "identity" },
    color: { type: "identity" },
  }, periods, true);
  return figure(title, lead, chart, ["", ...periods], names.map((name) => [label(name), ...periods.map((period) => count(name, period))]), { className: "chart wide" });
}

function categoryChart(agreements, rows, periods) {
  const present = new Set(rows.flatMap((row) => row.codes));
  const names = CATEGORIES.filter((one) => present.has(one.code)).map((one) => one.code);
  if (!names.length) return null;
  return heatMap("Categories over time", "Number of agreements with each category; the darker, the larger their share of the agreements of that time.",
    names, (code) => `${CATEGORY.get(code).name}`, (row) => row.codes, agreements, rows, periods);
}

function instrumentChart(agreements, rows, periods) {
  const having = new Map();
  for (const row of rows) for (const code of row.instruments) having.set(code, (having.get(code) ?? new Set()).add(row.agreement));
  const names = [...having].sort((a, b) => b[1].size - a[1].size).slice(0, MOST_INSTRUMENTS).map(([code]) => code);
  if (!names.length) return null;
  return heatMap("Instruments over time", `Number of agreements that name each instrument${having.size > MOST_INSTRUMENTS ? ` (the ${MOST_INSTRUMENTS} named most)` : ""}.`,
    names, (code) => `${code} ${raw.instruments[code]?.[0] ?? ""}`, (row) => row.instruments, agreements, rows, periods);
}
