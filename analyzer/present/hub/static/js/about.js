// About: the origin of the results, their limits and quality, the codebook, and how to cite.

function madeBy() {
  return `Made with ${ABOUT.made_by}.`;
}

function showAbout(view) {
  const notices = JSON.parse($("#lpa-notices").textContent);
  const words = `Labour provisions in trade agreements: ${plural(AGREEMENTS.length, "agreement")}, ${plural(PROVISIONS.length, "provision")}. Data set made with ${ABOUT.made_by}.`;
  const copy = button("Copy", () => copyText(words, copy));
  fill(
    view,
    h("div.view-head", h("h1", "About")),
    h(
      "div.prose",
      h(
        "p",
        "This file holds the labour provisions that a program found in a collection of trade agreements: the clauses that set, affirm or seek to improve standards on labour relations, workers’ rights or working conditions, and those that monitor, promote, cooperate on or enforce them. Its categories are those of the ILO’s Labour Provisions in Trade Agreements Hub, refined. It is not a publication of the ILO.",
      ),
      h(
        "p",
        "Everything is in this one file. It loads nothing and sends nothing. Every view, filter and comparison has its own address: copy the address of the page to return to it, or to share it with a colleague who has the same file.",
      ),
      h("h2", "How to cite"),
      h("blockquote.citation", words),
      copy,
      h(
        "p",
        "To cite a single clause, copy the citation from its details: agreement, article, page. Cite the agreement itself, and this collection as the place where you found it.",
      ),
      h("h2", "Limits"),
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
            h("h2", "Files that could not be read, or not fully"),
            h(
              "ul",
              ERRORS.map(([file, reason]) => h("li", h("code", file), `: ${reason}`)),
            ),
          ]
        : null,
      h("h2", "Strength"),
      h(
        "dl.meta",
        STRENGTH_ORDER.map((code) => [h("dt", strengthBadge(code)), h("dd", STRENGTH_MEANINGS[code])]),
      ),
    ),
    h("div.prose", h("h2", { id: "codebook" }, "Codebook")),
    h(
      "div.scroll",
      { tabIndex: 0, role: "region", "aria-label": "Codebook" },
      h(
        "table.plain.codebook",
        h(
          "thead",
          h(
            "tr",
            ["Code", "Name", "Pillar", "Used for", "Provisions"].map((title) => h("th", { scope: "col" }, title)),
          ),
        ),
        h(
          "tbody",
          CATEGORIES.map((one) =>
            h(
              "tr",
              h("th", { scope: "row" }, h(`span.chip.group-${one.group}`, one.code)),
              h("td", one.name),
              h("td", one.pillar),
              h("td", one.definition),
              h(
                "td.number",
                viewLink(
                  "provisions",
                  { ...NO_FILTERS, category: [one.code] },
                  { "aria-label": `Provisions of ${one.name}` },
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
      h("h2", "Columns of the downloads"),
      h(
        "dl.meta",
        EXPORTED.map(([name]) => [
          name,
          ABOUT.columns[name] ?? "How to cite the clause: agreement, article and page.",
        ]).map(([name, meaning]) => [h("dt", h("code", name)), h("dd", meaning)]),
      ),
      h("h2", "Made with"),
      h("p", madeBy()),
      h("p", "Libraries inside this file, with their licences:"),
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
    h("div.prose", h("h2", "Quality of the model"), h("p", summary)),
    lines.length ? figureTable("Evaluation", heads, lines, 2) : null,
    details.length ? h("div.prose", h("h3", "How the model was made"), details) : null,
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
  if (typeof value === "number") return value.toLocaleString("en", { maximumFractionDigits: 3 });
  if (Array.isArray(value))
    return value.map((one) => (typeof one === "object" ? JSON.stringify(one) : String(one))).join(", ");
  return value === undefined || value === null ? "" : String(value);
}
