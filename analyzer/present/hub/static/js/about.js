// About: the origin of the results, their limits and quality, the codebook, and how to cite.

function madeBy() {
  return t("about.made-with", { made: ABOUT.made_by });
}

function showAbout(view) {
  const notices = JSON.parse($("#lpa-notices").textContent);
  const words = t("about.citation", {
    agreements: tn("count.agreement", AGREEMENTS.length),
    provisions: tn("count.provision", PROVISIONS.length),
    made: ABOUT.made_by,
  });
  const copy = button(t("copy"), () => copyText(words, copy));
  fill(
    view,
    h("div.view-head", h("h1", VIEWS.about)),
    h(
      "div.prose",
      h(
        "p",
        t("about.what"),
      ),
      h(
        "p",
        t("about.file"),
      ),
      h("h2", t("about.cite")),
      h("blockquote.citation", words),
      copy,
      h(
        "p",
        t("about.cite-clause"),
      ),
      h("h2", t("about.measures")),
      h("dl.meta", ["standards", "any"].map((one) => [h("dt", t(`measure.${one}`)), h("dd", t(`measure.${one}-meaning`))])),
      h("h2", t("about.limits")),
      h(
        "ul",
        ABOUT.limits.map((limit) => h("li", limit)),
      ),
    ),
    qualitySection(),
    h(
      "div.prose",
      ERRORS.length
        ? [
            h("h2", t("about.errors")),
            h(
              "ul",
              ERRORS.map(([file, reason]) => h("li", h("code", file), `: ${reason}`)),
            ),
          ]
        : null,
      h("h2", t("facet.strength")),
      h(
        "dl.meta",
        STRENGTH_ORDER.map((code) => [h("dt", strengthBadge(code)), h("dd", STRENGTH_MEANINGS[code])]),
      ),
    ),
    h("div.prose", h("h2", { id: "codebook" }, t("about.codebook"))),
    h(
      "div.scroll",
      { tabIndex: 0, role: "region", "aria-label": t("about.codebook") },
      h(
        "table.plain.codebook",
        h(
          "thead",
          h(
            "tr",
            ["code", "name", "pillar", "used", "provisions"].map((key) => t(`codebook.${key}`)).map((title) => h("th", { scope: "col" }, title)),
          ),
        ),
        h(
          "tbody",
          CATEGORIES.map((one) =>
            h(
              "tr",
              h("th", { scope: "row" }, h(`span.chip.group-${one.group}`, one.code)),
              h("td", one.name),
              h("td", pillarName(one.pillar)),
              h("td", one.definition),
              h(
                "td.number",
                viewLink(
                  "provisions",
                  { ...NO_FILTERS, category: [one.code] },
                  { "aria-label": t("about.provisions-of", { name: one.name }) },
                  PROVISIONS.filter((row) => row.codes.includes(one.code)).length,
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    h(
      "div.prose",
      h("h2", t("about.columns")),
      h(
        "dl.meta",
        EXPORTED.map(([name]) => [
          name,
          ABOUT.columns[name] ?? t("about.column-citation"),
        ]).map(([name, meaning]) => [h("dt", h("code", name)), h("dd", meaning)]),
      ),
      h("h2", t("about.made")),
      h("p", madeBy()),
      h("p", t("about.libraries")),
      Object.entries(notices).map(([name, notice]) =>
        h("details.notice", h("summary", name), h("pre", { tabIndex: 0 }, notice)),
      ),
    ),
  );
}

/** What is known of the model that made the results: its evaluation as a table, and what else it says about itself. */
function qualitySection() {
  const { summary, heads, lines, making } = ABOUT.quality;
  const details = figures(making, "");
  return [
    h("div.prose", h("h2", t("about.quality")), h("p", summary)),
    lines.length ? figureTable(t("about.evaluation"), heads, lines, 2) : null,
    details.length ? h("div.prose", h("h3", t("about.making")), details) : null,
  ];
}

/** A table of figures; its first columns hold words, as many as `words` says. */
function figureTable(title, columns, lines, words) {
  return h(
    "div.scroll",
    { tabIndex: 0, role: "region", "aria-label": title },
    h(
      "table.plain.figure-table",
      h(
        "thead",
        h(
          "tr",
          columns.map((name, at) => h(at < words ? "th" : "th.number", { scope: "col" }, name)),
        ),
      ),
      h(
        "tbody",
        lines.map((line) =>
          h(
            "tr",
            line.map((value, at) =>
              at === 0
                ? h("th", { scope: "row", title: CATEGORY.get(value)?.name ?? "" }, value)
                : h(at < words ? "td" : "td.number", value),
            ),
          ),
        ),
      ),
    ),
  );
}

function figures(values, title) {
  const entries = Object.entries(values);
  const single = entries.filter(([, value]) => !isMapping(value));
  const nested = entries.filter(([, value]) => isMapping(value));
  const heading = title ? [h("h3", capital(title))] : [];
  // Entries of the same form (a category with its figures) become the lines of a table.
  if (nested.length > 1 && !single.length && nested.every(([, value]) => !Object.values(value).some(isMapping))) {
    const columns = [...new Set(nested.flatMap(([, value]) => Object.keys(value)))];
    const lines = nested.map(([name, value]) => [
      CATEGORY.has(name) ? name : spoken(name),
      ...columns.map((column) => shownFigure(value[column])),
    ]);
    return [...heading, figureTable(capital(title || "figures"), ["", ...columns.map(spoken)], lines, 1)];
  }
  return [
    ...(single.length
      ? [
          ...heading,
          h(
            "dl.meta",
            single.map(([name, value]) => [h("dt", spoken(name)), h("dd", shownFigure(value))]),
          ),
        ]
      : []),
    ...nested.flatMap(([name, value]) => figures(value, [title, spoken(name)].filter(Boolean).join(", "))),
  ];
}

function isMapping(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function spoken(name) {
  return name.replaceAll("_", " ");
}

function shownFigure(value) {
  if (typeof value === "number") return value.toLocaleString(LOCALE, { maximumFractionDigits: 3 });
  if (Array.isArray(value))
    return value.map((one) => (typeof one === "object" ? JSON.stringify(one) : String(one))).join(", ");
  return value === undefined || value === null ? "" : String(value);
}
