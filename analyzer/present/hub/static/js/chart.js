// What all charts share: frame, size, the figures below, the steps to the clauses, and their downloads.

const CHART_STYLE = { background: "transparent", color: "var(--ink)", fontSize: "12px", fontFamily: "var(--sans)" };
const SERIES_COLOURS = 6;

/**
 * Return a chart with its title, figures and downloads.
 *
 * about: {title, lead, aside, chart, columns, lines, legend, wide}; the title gets the filters in words.
 */
function figure(about) {
  const filters = filtersFor(about.aside);
  const title = filters ? `${about.title} (${filters})` : about.title;
  const note = asideNote(about.aside ?? []);
  about.chart.setAttribute("role", "img");
  // As a picture it has one label; labels of its groups are not valid ARIA.
  for (const group of about.chart.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
  about.chart.setAttribute("aria-label", t("chart.label", { title }));
  const whole = { ...about, title };
  return h(
    "figure.chart",
    { className: `chart${about.wide ? " wide" : ""}` },
    h(
      "figcaption",
      h("h2", title),
      h("p", [about.lead, note].filter(Boolean).join(" ")),
      about.legend ? legend(about.legend) : null,
    ),
    h("div.chart-scroll", { tabIndex: 0, role: "region", "aria-label": t("chart.region", { title }) }, about.chart),
    h(
      "div.chart-foot",
      figuresTable(whole),
      h(
        "div.tools.downloads",
        button("SVG", () => saveChart(whole, "svg"), { className: "link", "aria-label": t("chart.save", { format: "SVG", title }) }),
        button("PNG", () => saveChart(whole, "png"), { className: "link", "aria-label": t("chart.save", { format: "PNG", title }) }),
        button("CSV", () => saveChart(whole, "csv"), { className: "link", "aria-label": t("chart.save", { format: "CSV", title }) }),
      ),
    ),
  );
}

function figuresTable({ title, columns, lines }) {
  return h(
    "details.figures",
    h("summary", t("chart.figures")),
    h(
      "div.scroll",
      { tabIndex: 0, role: "region", "aria-label": t("chart.figures-of", { title }) },
      h(
        "table.plain",
        h("thead", h("tr", columns.map((name, at) => h(at ? "th.number" : "th", { scope: "col" }, name)))),
        h(
          "tbody",
          lines.map((line) => h("tr", line.map((value, at) => (at ? h("td.number", value) : h("th", { scope: "row" }, value))))),
        ),
      ),
    ),
  );
}

/** Return the width of a chart: that of its column, but wide enough to keep labels apart. */
function chartWidth(count, wide) {
  const room = $("#view").clientWidth - 40;
  const column = wide || room < 900 ? room : room / 2 - 24;
  return Math.max(280, Math.min(wide ? 1180 : 640, column), count * (wide ? 26 : 16));
}

function plot(options, periods, wide = false) {
  const width = chartWidth(periods.length, wide);
  const room = (width - (options.marginLeft ?? 52)) / Math.max(1, periods.length);
  return Plot.plot({
    width,
    height: 260,
    marginLeft: 52,
    marginBottom: 58,
    style: CHART_STYLE,
    ...options,
    x: {
      domain: periods.map((one) => one.label),
      label: null,
      tickRotate: room < 62 ? -45 : 0,
      tickSize: 0,
      // If there are many labels, only every second (third …) is shown.
      ticks: periods.filter((_, place) => place % Math.ceil(15 / room) === 0).map((one) => one.label),
      ...options.x,
    },
  });
}

/** The scale of shares: from 0 to a round number, with round ticks. */
function shareScale(shares, label) {
  const most = Math.max(0.05, ...shares.filter(Number.isFinite));
  const step = most > 0.5 ? 0.2 : most > 0.2 ? 0.1 : most > 0.1 ? 0.05 : 0.02;
  const top = Math.min(1, Math.ceil(most / step - 1e-9) * step);
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, place) => place * step);
  return { grid: true, label, domain: [0, top], ticks, tickFormat: (value) => percent(value) };
}

/** Make every mark of a chart lead to the clauses behind it; `changesOf` gives the filters for a datum. */
function clickThrough(chart, selector, data, changesOf) {
  for (const mark of chart.querySelectorAll(selector)) {
    const one = data[mark.__data__];
    const changes = one && changesOf(one);
    if (!changes) continue;
    mark.classList.add("clickable");
    mark.addEventListener("click", () => change({ ...ownCleared(), view: "provisions", ...changes }));
  }
}

function legend(entries) {
  return h(
    "ul.legend.inline-legend",
    { role: "list" },
    entries.map(([name, colour]) => h("li", h("i.swatch", { style: `background:${colour}` }), name)),
  );
}
