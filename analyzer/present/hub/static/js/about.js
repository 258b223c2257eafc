// What this file is, what its words mean, how good it is, and how to cite it.

const LIMITS = [
  "It finds and sorts; it gives no legal advice. Read the clause before you rely on a row.",
  "It can only find what is in the files it was given: annexes, side letters and protocols may be missing.",
  "Scanned pages are read by a machine and may hold misread words; the page of the agreement says which they are.",
  "Spanish and French rest on fewer labelled clauses than English.",
  "It looks at one clause with its headings and its lead-in at a time: a duty that only another article makes binding is not traced.",
  "Counts depend on how an agreement numbers its clauses; compare shares rather than counts.",
  "The years are those of signature; where that is not known, of entry into force.",
];
const STRENGTH_MEANINGS = {
  B: "A duty: shall, shall not, must, undertake to.",
  E: "Best endeavour: shall strive, endeavour, seek, promote, encourage; should; as appropriate.",
  H: "Recognises, affirms, aims; recitals and objectives.",
  P: "May; has the right to.",
  D: "Definitions, facts of procedure without a duty of a Party.",
};

function madeBy() {
  return `Made with labour-provision-analyzer ${ABOUT.version}, knowledge ${ABOUT.knowledge}.`;
}

function showAbout(view) {
  const notices = JSON.parse($("#lpa-notices").textContent);
  const words = `Labour provisions in trade agreements: ${plural(AGREEMENTS.length, "agreement")}, ${plural(PROVISIONS.length, "provision")}. Data set made with labour-provision-analyzer ${ABOUT.version} (knowledge ${ABOUT.knowledge}).`;
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
        "Everything is in this one file. It loads nothing and sends nothing. Every view, filter and comparison is in the address of the page: copy the address to come back to it, or to point a colleague who has the same file at it.",
      ),
      h("h2", "How to cite"),
      h("blockquote.citation", words),
      copy,
      h(
        "p",
        "A single clause is cited from its details: agreement, article, page. Cite the agreement itself, and this collection as the way you found it.",
      ),
      h("h2", "Limits"),
      h(
        "ul",
        LIMITS.map((limit) => h("li", limit)),
      ),
      qualitySection(),
      ERRORS.length
        ? [
            h("h2", "Files not (fully) read"),
            h(
              "ul",
              ERRORS.map(([file, reason]) => h("li", h("code", file), `: ${reason}`)),
            ),
          ]
        : null,
      h("h2", "Strength"),
      h(
        "dl.meta",
        STRENGTH_ORDER.map((code) => [h("dt", strengthBadge(code)), h("dd", STRENGTH_MEANINGS[code] ?? "")]),
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

/** Figures of an evaluation by `lpa evaluate`: name of the column, and how it is read. */
const MEASURED = [
  ["Provisions found (F)", (part) => part.detection?.f],
  ["Principles (F)", (part) => part.principles?.f],
  ["Codes, micro (F)", (part) => part.codes_micro?.f],
  ["Codes, macro (F)", (part) => part.codes_macro_f],
  ["Instruments (F)", (part) => part.instruments?.f],
  ["Strength (share right)", (part) => part.strength],
];

/** What the model says about its quality and its making: a table of its evaluation, all else by the names it gives. */
function qualitySection() {
  const { figures: measured, ...making } = ABOUT.quality;
  const lines = isMapping(measured) ? evaluationLines(measured) : [];
  const told = figures(lines.length ? making : ABOUT.quality, "");
  return [
    h("h2", "How good it is"),
    lines.length
      ? [
          h(
            "p",
            "Measured on agreements that the classifier was not fitted on. F is the balance of what is found and what is right, from 0 to 1.",
          ),
          figureTable("Evaluation", ["Test", "Annotations", ...MEASURED.map(([name]) => name)], lines, 2),
        ]
      : null,
    told.length ? [lines.length ? h("h3", "What the model was fitted on") : null, told] : null,
    lines.length || told.length ? null : h("p", "The model that was used says nothing about its quality."),
  ];
}

function evaluationLines(tests) {
  return Object.entries(tests)
    .filter(([, test]) => isMapping(test))
    .flatMap(([name, test]) =>
      Object.entries(test)
        .filter(([, part]) => isMapping(part) && isMapping(part.detection))
        .map(([origin, part]) => [
          String(test.title ?? spoken(name)),
          spoken(origin),
          ...MEASURED.map(([, read]) => shownFigure(read(part))),
        ]),
    );
}

/** A table of figures whose first columns are words. */
function figureTable(title, columns, lines, words) {
  return h(
    "div.scroll",
    { tabIndex: 0, role: "region", "aria-label": title },
    h(
      "table.plain",
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
  // Entries of the same make (a category with its figures) are the lines of a table.
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
