// The trends over time. Every chart has its figures in a table below it.

const BINS = { 1: "Year", 5: "Five years", 10: "Decade" };
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

/** Return the labels of all periods from the first to the last agreement, including those without agreements. */
function allPeriods(agreements) {
  const years = agreements.map((one) => one.year);
  if (!years.length) return [];
  const labels = [];
  for (let { start } = periodOf(Math.min(...years)); start <= Math.max(...years); start += binSize())
    labels.push(periodOf(start).label);
  return labels;
}

function showTrends(view) {
  const { agreements, rows, withRows } = results();
  const dated = agreements.filter((one) => one.year !== null);
  const datedRows = rows.filter((row) => row.agreement.year !== null);
  const head = h(
    "div.view-head",
    h("h1", "Trends"),
    h(
      "div.tools",
      h(
        "label",
        "Group by ",
        h(
          "select",
          { id: "bins", onchange: (event) => change({ by: event.target.value }) },
          Object.entries(BINS).map(([years, name]) =>
            h("option", { value: years, selected: Number(years) === binSize() }, name),
          ),
        ),
      ),
    ),
  );
  if (!dated.length) {
    fill(
      view,
      head,
      h(
        "div.empty",
        h(
          "p",
          agreements.length
            ? "The dates of these agreements are not known, so there is nothing to show over time."
            : "No agreement matches these filters.",
        ),
        isFiltered() ? button("Clear all filters", clearFilters) : null,
      ),
    );
    return;
  }
  const periods = allPeriods(dated);
  const undated = agreements.length - dated.length;
  fill(
    view,
    head,
    undated
      ? h("p.note", `${plural(undated, "agreement")} without a date ${undated === 1 ? "is" : "are"} left out.`)
      : null,
    h(
      "div.charts",
      countChart(dated, withRows, periods),
      shareChart(dated, withRows, periods),
      strengthChart(datedRows, periods),
      principleChart(dated, datedRows, periods),
      categoryChart(dated, datedRows, periods),
      instrumentChart(dated, datedRows, periods),
    ),
  );
}

function figure(title, lead, chart, columns, lines, properties = {}) {
  chart.setAttribute("role", "img");
  // As a picture it has one label; labels of its groups are not valid ARIA.
  for (const group of chart.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
  chart.setAttribute("aria-label", `${title}. The figures are in the table below.`);
  return h(
    "figure.chart",
    properties,
    h("figcaption", h("h2", title), h("p", lead)),
    h("div.chart-scroll", { tabIndex: 0, role: "region", "aria-label": `Chart: ${title}` }, chart),
    h(
      "details.figures",
      h("summary", "Figures"),
      h(
        "div.scroll",
        { tabIndex: 0, role: "region", "aria-label": `Figures: ${title}` },
        h(
          "table.plain",
          h(
            "thead",
            h(
              "tr",
              columns.map((name, at) => h(at ? "th.number" : "th", { scope: "col" }, name)),
            ),
          ),
          h(
            "tbody",
            lines.map((line) =>
              h(
                "tr",
                line.map((value, at) => (at ? h("td.number", value) : h("th", { scope: "row" }, value))),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Return the width of a chart: that of its column, but wide enough to keep labels apart. */
function chartWidth(periods, wide) {
  const room = $("#view").clientWidth - 40;
  const column = wide || room < 900 ? room : room / 2 - 24;
  return Math.max(300, Math.min(wide ? 1180 : 640, column), periods.length * (wide ? 26 : 16));
}

function plot(options, periods, wide = false) {
  const width = chartWidth(periods, wide);
  const room = (width - (options.marginLeft ?? 52)) / Math.max(1, periods.length);
  const chart = Plot.plot({
    width,
    height: 260,
    marginLeft: 52,
    marginBottom: 58,
    style: CHART_STYLE,
    ...options,
    x: {
      domain: periods,
      label: null,
      tickRotate: room < 62 ? -45 : 0,
      tickSize: 0,
      // If there are many labels, only every second (third …) is shown.
      ticks: periods.filter((_, place) => place % Math.ceil(15 / room) === 0),
      ...options.x,
    },
  });
  return chart;
}

function legend(entries) {
  return h(
    "ul.legend.inline-legend",
    { role: "list" },
    entries.map(([name, colour]) => h("li", h("i.swatch", { style: `background:${colour}` }), name)),
  );
}
