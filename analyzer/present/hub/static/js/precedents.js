// Precedents: schools of drafting on a map, and families of clauses with their variants, spread and share over time.

const SCHOOLS = raw.precedents.schools.map(([parties, language, members], place) => ({
  parties,
  language,
  place,
  members: members.map(([at, x, y]) => ({ agreement: AGREEMENTS[at], x, y })),
}));
const FAMILIES = raw.precedents.families.map(([id, variants, steps]) => ({
  id,
  variants: variants.map((clauses) => clauses.map((at) => PROVISIONS[at])),
  steps: steps.map(([to, from, through]) => ({ to: AGREEMENTS[to], from: AGREEMENTS[from], through })),
}));
/** Most families that are listed at once; the filters narrow them. */
const MOST_FAMILIES = 100;

function showPrecedents(view) {
  const { rows, agreements } = results();
  const kept = new Set(rows);
  const listed = FAMILIES.map((family) => ({ family, clauses: family.variants.flat() })).filter(({ clauses }) =>
    clauses.some((row) => kept.has(row)),
  );
  fill(
    view,
    h("div.view-head", h("h1", VIEWS.precedents)),
    h("p.note", t("precedents.lead")),
    SCHOOLS.length ? h("div.charts", schoolMap(new Set(agreements))) : null,
    h("h2", t("precedents.families", { n: number(listed.length) })),
    listed.length ? null : h("p.empty", t("precedents.none")),
    listed.slice(0, MOST_FAMILIES).map(({ family, clauses }) => familyBox(family, clauses)),
    listed.length > MOST_FAMILIES ? h("p.note", t("precedents.more", { n: number(listed.length - MOST_FAMILIES) })) : null,
  );
}

/** The name of a school: the parties that many of its agreements have. */
function schoolName(school) {
  const other = school.members.length > 1 ? t("precedents.mixed") : t("precedents.alone");
  return `${school.parties.map(countryName).join(", ") || other} (${languageName(school.language)})`;
}

function schoolMap(shown) {
  const points = SCHOOLS.flatMap((school) => school.members.map((one) => ({ ...one, school }))).filter((one) =>
    shown.has(one.agreement),
  );
  const colour = (one) => (one.school.place < SERIES_COLOURS ? `var(--series-${one.school.place + 1})` : "var(--without)");
  const chart = Plot.plot({
    width: chartWidth(30, true),
    height: 420,
    axis: null,
    inset: 16,
    style: CHART_STYLE,
    x: { domain: [-1, 1] },
    y: { domain: [-1, 1] },
    marks: [
      Plot.dot(points, {
        x: "x",
        y: "y",
        r: 6,
        fill: colour,
        stroke: "var(--surface)",
        title: (one) => `${titleWithYear(one.agreement)}\n${schoolName(one.school)}`,
      }),
    ],
  });
  clickThrough(chart, "circle", points, (one) => ({ agreement: [one.agreement.id] }));
  const named = SCHOOLS.slice(0, SERIES_COLOURS).filter((school) => points.some((one) => one.school === school));
  return figure({
    title: t("precedents.map"),
    lead: t("precedents.map-lead"),
    chart,
    wide: true,
    columns: [t("column.agreement"), t("precedents.school"), t("column.year")],
    lines: points.map((one) => [one.agreement.name, `${one.school.place + 1}. ${schoolName(one.school)}`, one.agreement.year ?? ""]),
    legend: [
      ...named.map((school) => [`${school.place + 1}. ${schoolName(school)}`, `var(--series-${school.place + 1})`]),
      ...(points.some((one) => one.school.place >= SERIES_COLOURS) ? [[t("precedents.others"), "var(--without)"]] : []),
    ],
  });
}

function familyBox(family, clauses) {
  const typical = family.variants[0][0];
  const first = [...clauses].sort(byAge)[0];
  const having = new Set(clauses.map((row) => row.agreement));
  const box = h(
    "details.family",
    h(
      "summary",
      h("span.family-text", shortened(cleanLines(typical.text), 220)),
      h(
        "span.family-about",
        [
          tn("count.agreement", having.size),
          t("precedents.first", { agreement: shortTitle(first.agreement) }),
          t("precedents.variants", { n: number(family.variants.length) }),
        ].join(" · "),
      ),
    ),
  );
  // Most boxes stay closed: what is in them is made when they are opened.
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) put(box, [familyDetails(family, having)]);
  });
  return box;
}

function byAge(one, other) {
  const date = (row) => row.agreement.date_signed || row.agreement.date_in_force || "~";
  return date(one) < date(other) ? -1 : date(one) > date(other) ? 1 : one.place - other.place;
}

function familyDetails(family, having) {
  const dated = AGREEMENTS.filter((one) => one.year !== null);
  const periods = periodsOf(dated);
  const count = (period) => [...having].filter((one) => one.year !== null && one.year >= period.from && one.year <= period.to).length;
  const data = periods.filter((period) => period.all).map((period) => ({ ...period, count: count(period), share: count(period) / period.all }));
  return h(
    "div.family-details",
    h(
      "ul.variants",
      family.variants.map((variant) =>
        h(
          "li",
          h("p", strengthBadge(variant[0].strength), " ", tn("count.clause", variant.length)),
          h("p", cleanLines(variant[0].text)),
          h(
            "p.family-about",
            variant.map((row, at) => [
              at ? ", " : "",
              button(`${shortTitle(row.agreement)}, ${articleLabel(row)}`, () => change({ open: row.key }), { className: "link" }),
            ]),
          ),
        ),
      ),
    ),
    family.steps.length
      ? [
          h("h3", t("precedents.spread")),
          h(
            "ul",
            family.steps.map((step) =>
              h("li", t("precedents.step", { to: shortTitle(step.to), from: shortTitle(step.from), through: countryName(step.through) })),
            ),
          ),
        ]
      : null,
    data.length
      ? figure({
          title: t("precedents.share"),
          lead: t("precedents.share-lead"),
          chart: plot(
            {
              height: 180,
              y: shareScale(data.map((one) => one.share), t("precedents.share")),
              marks: [
                Plot.barY(data, { x: "label", y: "share", fill: "var(--with)", inset: 0.5, title: (one) => `${one.label}: ${one.count} / ${one.all}` }),
                Plot.ruleY([0]),
              ],
            },
            periods,
          ),
          columns: [t("period"), t("chart.agreements"), t("precedents.having")],
          lines: data.map((one) => [one.label, one.all, one.count]),
        })
      : null,
  );
}

function shortened(words, most) {
  return words.length > most ? `${words.slice(0, most - 1)}…` : words;
}
