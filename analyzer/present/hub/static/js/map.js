// The map: which countries have agreements with and without labour provisions, and with whom.

const COLOURINGS = {
  with: {
    name: () => t("map.with", { what: whatIsCounted() }),
    value: (one) => one.with,
  },
  share: {
    name: () => t("map.share", { what: whatIsCounted() }),
    value: (one) => one.with / (one.with + one.without),
  },
  provisions: {
    name: () => t("map.provisions"),
    value: (one) => one.provisions,
  },
};
const STEPS_OF_COLOUR = 5;
const MOST_ROWS = 12;

let zoomed = null;
let allCountries = false;

function countryTallies() {
  const { agreements, rows, withRows } = results();
  const tallies = new Map();
  const of = (code) => {
    if (!tallies.has(code)) tallies.set(code, { code, with: 0, without: 0, provisions: 0 });
    return tallies.get(code);
  };
  for (const agreement of agreements) {
    for (const code of partiesFor(agreement)) of(code)[withRows.has(agreement) ? "with" : "without"] += 1;
  }
  const counted = new Set(agreements);
  for (const row of rows)
    if (counted.has(row.agreement)) for (const code of partiesFor(row.agreement)) of(code).provisions += 1;
  return tallies;
}

function colourScale(tallies, measure) {
  const values = [...tallies.values()].filter((one) => one.with).map(measure.value);
  const most = Math.max(1, ...values);
  if (measure === COLOURINGS.share)
    return {
      step: (value) => Math.min(STEPS_OF_COLOUR, Math.floor(value * STEPS_OF_COLOUR) + 1),
      bounds: [0.2, 0.4, 0.6, 0.8, 1],
    };
  // Few countries have many agreements: each step is larger than the last by the same factor.
  const bounds = [
    ...new Set(
      Array.from({ length: STEPS_OF_COLOUR }, (_, step) =>
        Math.max(step + 1, Math.round(most ** ((step + 1) / STEPS_OF_COLOUR))),
      ),
    ),
  ];
  return { step: (value) => Math.max(1, bounds.findIndex((bound) => value <= bound) + 1 || bounds.length), bounds };
}

function showMap(view) {
  const tallies = countryTallies();
  const measure = COLOURINGS[state.map] ?? COLOURINGS.with;
  const scale = colourScale(tallies, measure);
  fill(
    view,
    h(
      "div.view-head",
      h("h1", VIEWS.map),
      h(
        "div.tools",
        h(
          "label",
          `${t("map.colour")} `,
          h(
            "select",
            {
              id: "measure",
              onchange: (event) => change({ map: event.target.value === "with" ? "" : event.target.value }),
            },
            Object.entries(COLOURINGS).map(([key, one]) =>
              h("option", { value: key, selected: one === measure }, one.name()),
            ),
          ),
        ),
        h(
          "label.inline",
          h("input", {
            type: "checkbox",
            id: "lines",
            checked: state.lines !== "no",
            onchange: (event) => change({ lines: event.target.checked ? "" : "no" }),
          }),
          ` ${t("map.lines")}`,
        ),
        printButton(),
      ),
    ),
    overview(),
    HAS_PARTIES ? drawMap(tallies, measure, scale) : null,
    partnerNetwork(),
    HAS_NETWORK ? countryTable(tallies) : h("div.empty", h("p", t("map.no-parties")), h("p", t("map.no-parties-advice"))),
  );
}

/** States with groups expanded; where a party is no State that is known, its name. */
function partiesFor(agreement) {
  return agreement.states.length ? agreement.states : agreement.named;
}

function drawMap(tallies, measure, scale) {
  const { shapes, path, centres, projection } = worldShapes();
  const svg = d3
    .create("svg")
    .attr("viewBox", `0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`)
    .attr("class", "world")
    .attr("role", "img")
    .attr(
      "aria-label",
      t("map.label", { measure: measure.name() }),
    );
  const pattern = svg
    .append("defs")
    .append("pattern")
    .attr("id", "hatch")
    .attr("width", 5)
    .attr("height", 5)
    .attr("patternUnits", "userSpaceOnUse")
    .attr("patternTransform", "rotate(45)");
  pattern.append("rect").attr("width", 5).attr("height", 5).attr("class", "hatch-ground");
  pattern.append("line").attr("x1", 0).attr("y1", 0).attr("x2", 0).attr("y2", 5).attr("class", "hatch-line");
  const all = svg.append("g");
  all
    .append("path")
    .attr("class", "sphere")
    .attr("d", path({ type: "Sphere" }));
  const level = (shape) => {
    const one = tallies.get(shape.code) ?? (shape.code === "XKX" ? tallies.get("RKS") : null);
    if (!one) return "none";
    return one.with ? `step-${scale.step(measure.value(one))}` : "without";
  };
  const classes = (shape) => `country ${level(shape)}${state.party.includes(shape.code) ? " chosen" : ""}`;
  all
    .append("g")
    .selectAll("path")
    .data(shapes)
    .join("path")
    .attr("class", classes)
    .attr("d", (shape) => shape.drawn);
  const dots = shapes.filter((shape) => shape.small && level(shape) !== "none");
  all
    .append("g")
    .selectAll("circle")
    .data(dots)
    .join("circle")
    .attr("class", (shape) => `${classes(shape)} dot`)
    .attr("r", 3)
    .attr("cx", (shape) => projection(centres.get(shape.code))[0])
    .attr("cy", (shape) => projection(centres.get(shape.code))[1]);
  if (state.lines !== "no") {
    all
      .append("g")
      .attr("class", "lines")
      .selectAll("path")
      .data(partnerLines())
      .join("path")
      .attr("class", (line) => (line.labour ? "line labour" : "line"))
      .attr("stroke-width", (line) => Math.min(3, 0.5 + 0.4 * Math.sqrt(line.count)))
      .attr("d", (line) => arc(line.ends));
  }
  const tip = h("div.tip", { hidden: true });
  const frame = h("div.map-frame", svg.node(), tip, zoomButtons(svg, all), mapLegend(measure, scale));
  all
    .selectAll(".country")
    .on("pointermove", (event, shape) => showTip(tip, frame, event, shape, tallies))
    .on("pointerleave", () => {
      tip.hidden = true;
    })
    .on("click", (event, shape) => {
      if (shape.code && tallies.has(shape.code)) change(toggled("party", shape.code));
    });
  return h(
    "figure.map",
    frame,
    h(
      "figcaption",
      t("map.caption"),
    ),
  );
}

function zoomButtons(svg, all) {
  const zoom = d3
    .zoom()
    .scaleExtent([1, 12])
    .translateExtent([
      [0, 0],
      [MAP_WIDTH, MAP_HEIGHT],
    ])
    // The wheel scrolls the page unless Ctrl is held; one finger scrolls, two zoom.
    .filter((event) =>
      event.type === "wheel" ? event.ctrlKey : event.type === "touchstart" ? event.touches.length > 1 : !event.button,
    )
    .on("zoom", ({ transform }) => {
      zoomed = transform;
      all.attr("transform", transform);
      all.selectAll("circle").attr("r", 3 / Math.sqrt(transform.k));
    });
  svg.call(zoom).on("dblclick.zoom", null);
  if (zoomed) svg.call(zoom.transform, zoomed);
  return h(
    "div.zoom",
    button("+", () => svg.call(zoom.scaleBy, 1.6), { "aria-label": t("map.zoom-in") }),
    button("−", () => svg.call(zoom.scaleBy, 1 / 1.6), { "aria-label": t("map.zoom-out") }),
    button("⟲", () => svg.call(zoom.transform, d3.zoomIdentity), { "aria-label": t("map.zoom-reset") }),
  );
}

function showTip(tip, frame, event, shape, tallies) {
  const one = tallies.get(shape.code);
  const name = shape.code ? countryName(shape.code) : shape.properties.name;
  fill(
    tip,
    h("strong", name),
    one
      ? [
          h("span", tn("map.tip-with", one.with, { what: whatIsCounted() })),
          h("span", t("map.tip-without", { n: number(one.without) })),
          h("span", tn("count.provision", one.provisions)),
        ]
      : h("span", t("map.tip-none")),
  );
  tip.hidden = false;
  const box = frame.getBoundingClientRect();
  const left = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4);
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, event.clientY - box.top + 16)}px`;
}

function mapLegend(measure, scale) {
  const label = (bound, place) => {
    const lower = place ? scale.bounds[place - 1] : 0;
    if (measure === COLOURINGS.share) return `${percent(lower)}–${percent(bound)}`;
    return bound === lower + 1 ? String(bound) : `${lower + 1}–${bound}`;
  };
  return h(
    "ul.legend",
    { role: "list", "aria-label": t("map.legend", { measure: measure.name() }) },
    h("li.legend-title", measure.name()),
    h("li", h("i.swatch.without"), t("map.none")),
    scale.bounds.map((bound, place) => h("li", h(`i.swatch.step-${place + 1}`), label(bound, place))),
    h("li", h("i.swatch.absent"), t("map.absent")),
    state.lines === "no"
      ? null
      : [h("li", h("i.dash.labour"), t("map.partners-with", { what: whatIsCounted() })), h("li", h("i.dash"), t("map.partners-without"))],
  );
}

function countryTable(tallies) {
  const list = [...tallies.values()].sort(
    (a, b) => b.with - a.with || b.provisions - a.provisions || a.code.localeCompare(b.code),
  );
  const shown = allCountries ? list : list.slice(0, MOST_ROWS);
  const missing = list.filter((one) => HAS_PARTIES && !COUNTRY.get(one.code)?.named && !worldShapes().centres.has(one.code)).map((one) => countryName(one.code));
  const most = Math.max(1, ...list.map((one) => one.with + one.without));
  return h(
    "section.countries",
    h("h2", t("map.parties")),
    h(
      "div.scroll",
      { tabIndex: 0, role: "region", "aria-label": t("map.parties") },
      h(
        "table.plain",
        h(
          "thead",
          h(
            "tr",
            h("th", { scope: "col" }, t("map.party")),
            [t("chart.agreements"), capital(t("chart.with", { what: whatIsCounted() })), capital(t("chart.without")), t("chart.share"), t("chart.provisions")].map((title) =>
              h("th.number", { scope: "col" }, title),
            ),
          ),
        ),
        h(
          "tbody",
          shown.map((one) =>
            h(
              "tr",
              h(
                "th",
                { scope: "row" },
                button(countryName(one.code), () => change(toggled("party", one.code)), {
                  className: "link",
                  "aria-pressed": String(state.party.includes(one.code)),
                  "data-focus": `country-${one.code}`,
                }),
              ),
              h(
                "td.number",
                h(
                  "span.bar",
                  { "aria-hidden": "true" },
                  h("span.bar-with", { style: `width:${(90 * one.with) / most}px` }),
                  h("span.bar-without", { style: `width:${(90 * one.without) / most}px` }),
                ),
                one.with + one.without,
              ),
              h("td.number", one.with),
              h("td.number", one.without),
              h("td.number", percent(one.with / (one.with + one.without))),
              h("td.number", number(one.provisions)),
            ),
          ),
        ),
      ),
    ),
    list.length > MOST_ROWS
      ? button(
          allCountries ? t("show-less") : t("map.all", { n: list.length }),
          () => {
            allCountries = !allCountries;
            showView();
          },
          { "data-focus": "all-countries" },
        )
      : null,
    missing.length ? h("p.note", t("map.missing", { names: missing.join(", ") })) : null,
  );
}
