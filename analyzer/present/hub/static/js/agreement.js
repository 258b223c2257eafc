// The page of one agreement: facts, outline, provisions in the order of the text, and instruments.

function showAgreement(view) {
  const one = AGREEMENT.get(state.id);
  if (!one) {
    fill(
      view,
      h("div.view-head", h("h1", "Agreement")),
      h(
        "div.empty",
        h("p", "There is no such agreement in this collection."),
        viewLink("agreements", {}, {}, "All agreements"),
      ),
    );
    return;
  }
  const rows = one.provisions;
  const sections = outline(rows);
  fill(
    view,
    h("p.crumbs", viewLink("agreements", {}, {}, "Agreements"), " / "),
    h(
      "div.view-head",
      h("h1", { dir: "auto" }, one.name),
      h(
        "div.tools",
        button(comparedIds().includes(one.id) ? "In the comparison" : "Compare", () =>
          go("compare", {
            with: [...new Set([...comparedIds(), one.id])].slice(-MOST_COMPARED).map(encodeComma).join(","),
          }),
        ),
        viewLink("provisions", { ...NO_FILTERS, agreement: [one.id] }, { className: "button" }, "As table"),
        button("Print or PDF", () => window.print()),
      ),
    ),
    agreementFacts(one, rows),
    one.warnings.length
      ? h(
          "div.warning",
          h("p", "Remarks on how the file was read:"),
          h(
            "ul",
            one.warnings.map((words) => h("li", words)),
          ),
        )
      : null,
    rows.length
      ? [
          h("div.two", categoryBars(rows), instrumentMatrix(one, rows)),
          h(
            "div.outline",
            h(
              "nav.contents",
              { "aria-label": "Outline" },
              h("h2", "Outline"),
              h(
                "ol",
                { role: "list" },
                sections.map((section) =>
                  h(
                    "li",
                    section.title ? h("span.contents-chapter", section.title) : null,
                    h(
                      "ol",
                      { role: "list" },
                      section.articles.map((article) =>
                        h(
                          "li",
                          button(
                            [article.title, h("span.count", article.rows.length)],
                            () => {
                              const target = document.getElementById(article.id);
                              target.scrollIntoView({ behavior: "smooth" });
                              target.focus({ preventScroll: true });
                            },
                            { className: "link" },
                          ),
                        ),
                      ),
                    ),
                  ),
                ),
              ),
            ),
            h("div.body", sections.map(sectionText)),
          ),
        ]
      : h(
          "div.empty",
          h("p", "No labour provision was found in this agreement."),
          h(
            "p",
            "The program searched only the text that it could read; annexes, side letters and protocols may be missing from it.",
          ),
        ),
  );
}

function agreementFacts(one, rows) {
  const share = bindingShare(rows);
  const facts = [
    ["Parties", one.sides.length ? allParties(one) : "not known"],
    ["Signed", one.date_signed ? longDate(one.date_signed) : "not known"],
    ["In force", one.date_in_force ? longDate(one.date_in_force) : "not known"],
    ["Language", LANGUAGES[one.language] ?? one.language],
    ["Labour provisions", rows.length.toLocaleString("en")],
    [STRENGTHS[BINDING], share === null ? "—" : percent(share)],
    ["Labour chapter", one.labour_chapter ? "yes" : "no"],
    ["Source", one.source_file],
  ];
  return h(
    "dl.facts-grid",
    facts.map(([name, value]) => h("div", h("dt", name), h("dd", value))),
  );
}

/** The sides of an agreement; if there are groups among them, the States in these too. */
function allParties(one) {
  const sides = one.sides.map(([code, ...members]) =>
    members.length ? `${countryName(code)} (${members.length} States)` : countryName(code),
  );
  if (one.sides.length === one.states.length) return sides.join(", ");
  return [
    sides.join(", "),
    h(
      "details",
      h("summary", `All ${one.states.length} States`),
      one.states
        .map(countryName)
        .sort((a, b) => a.localeCompare(b, "en"))
        .join(", "),
    ),
  ];
}

/** Chapters and articles with their provisions, in the order of the text. */
function outline(rows) {
  const sections = [];
  for (const row of [...rows].sort((a, b) => a.start - b.start)) {
    const title =
      row.location === "preamble" && !row.chapter
        ? "Preamble"
        : row.chapter || (row.location !== "body" ? row.location[0].toUpperCase() + row.location.slice(1) : "");
    let section = sections.at(-1);
    if (!section || section.title !== title) sections.push((section = { title, articles: [] }));
    const name =
      [row.article, row.heading].filter(Boolean).join(": ") ||
      (title === "Preamble" ? "Recitals" : "Text outside articles");
    let article = section.articles.at(-1);
    if (!article || article.title !== name)
      section.articles.push((article = { title: name, rows: [], id: `article-${row.place}` }));
    article.rows.push(row);
  }
  return sections;
}

function sectionText(section) {
  return h(
    "section.chapter-block",
    section.title ? h("h2", section.title) : null,
    section.articles.map((article) =>
      h(
        "article",
        { id: article.id, tabIndex: -1 },
        h("h3", article.title),
        article.rows.map((row) =>
          h(
            "div.in-place",
            { className: `in-place${row.review ? " review" : ""}` },
            clauseText(row, []),
            h(
              "div.chips",
              strengthBadge(row.strength),
              categoryChips(row),
              row.instruments.map((code) => h("abbr.instrument", { title: instrumentTitle(code) }, code)),
              button("Details", () => change({ open: row.key }), {
                className: "link",
                "aria-label": `Details of ${articleLabel(row)}`,
                "data-focus": `row-${row.place}`,
              }),
            ),
          ),
        ),
      ),
    ),
  );
}

function categoryBars(rows) {
  const tally = new Map();
  for (const row of rows) for (const code of row.codes) tally.set(code, (tally.get(code) ?? 0) + 1);
  const listed = CATEGORIES.filter((one) => tally.has(one.code));
  const most = Math.max(...tally.values());
  return h(
    "section.card",
    h("h2", "Categories"),
    h(
      "ul.bars",
      { role: "list" },
      listed.map((one) =>
        h(
          "li",
          h("span.bars-name", h("b.code", one.code), " ", one.name),
          h(
            "span.bars-bar",
            { "aria-hidden": "true" },
            h(`span.group-${one.group}`, { style: `width:${(100 * tally.get(one.code)) / most}%` }),
          ),
          h("span.count", tally.get(one.code)),
        ),
      ),
    ),
  );
}

/** What stands in a cell of the ratifications that has no year. */
const STANDING_MARKS = { [NOT_KNOWN]: "·", [NOT_RATIFIED]: "–" };

/** The instruments that the agreement invokes, and whether its parties are bound by them. */
function instrumentMatrix(one, rows) {
  const tally = new Map();
  for (const row of rows) for (const code of row.instruments) tally.set(code, (tally.get(code) ?? 0) + 1);
  const matrix = new Set(one.invoked.map(([code]) => code));
  const others = [...tally.keys()].filter((code) => !matrix.has(code)).sort();
  return h(
    "section.card",
    h("h2", "Instruments"),
    one.invoked.length && one.states.length ? ratificationTable(one) : null,
    others.length
      ? h(
          "ul.instruments",
          { role: "list" },
          others.map((code) =>
            h("li", h("b.code", code), " ", instrumentTitle(code), h("span.count", plural(tally.get(code), "clause"))),
          ),
        )
      : null,
    tally.size || one.invoked.length ? null : h("p.note", "Its labour provisions name no individual instrument."),
  );
}

function howInvoked(how) {
  return how === "named" ? "named" : `a member of the set “${raw.sets[how] ?? how}”`;
}

function ratificationTable(one) {
  const cell = (place, at) => {
    const standing = Number(one.ratified[place * one.invoked.length + at]);
    const name = raw.standings[standing];
    const year = raw.years[one.states[place]]?.[one.invoked[at][0]];
    return h(
      `td.standing-${standing}`,
      { title: `${countryName(one.states[place])}, ${one.invoked[at][0]}: ${name}` },
      STANDING_MARKS[standing] ?? year ?? "",
      h("span.hidden", ` ${name}`),
    );
  };
  const head = ([code, how, mentions]) =>
    h(
      "th",
      {
        scope: "col",
        title: `${instrumentTitle(code)}: ${how.map(howInvoked).join("; ")}, ${plural(mentions, "mention")}`,
      },
      h("abbr.code", { title: instrumentTitle(code) }, code),
      how.includes("named") ? null : h("span.in-set", { "aria-label": "as a member of a set" }, "*"),
    );
  return [
    h(
      "div.scroll.matrix-scroll",
      { tabIndex: 0, role: "region", "aria-label": "Ratifications by party" },
      h(
        "table.ratifications",
        h("thead", h("tr", h("th", { scope: "col" }, "Party"), one.invoked.map(head))),
        h(
          "tbody",
          one.states.map((code, place) =>
            h(
              "tr",
              h("th", { scope: "row" }, countryName(code)),
              one.invoked.map((_, at) => cell(place, at)),
            ),
          ),
        ),
      ),
    ),
    h(
      "ul.legend",
      { role: "list" },
      [RATIFIED_AT_SIGNATURE, RATIFIED_LATER, NOT_RATIFIED, DENOUNCED].map((standing) =>
        h("li", h(`i.swatch.standing-${standing}`), raw.standings[standing]),
      ),
    ),
    h(
      "p.note",
      `Year of ratification${ABOUT.ratifications_as_of ? `, as of ${longDate(ABOUT.ratifications_as_of)}` : ""}. * Invoked as a member of a set of Conventions, not by name.`,
    ),
  ];
}
