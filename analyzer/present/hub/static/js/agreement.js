// The page of one agreement: facts, outline, provisions in the order of the text, and instruments.

function showAgreement(view) {
  const one = AGREEMENT.get(state.id);
  if (!one) {
    fill(
      view,
      h("div.view-head", h("h1", t("column.agreement"))),
      h(
        "div.empty",
        h("p", t("agreement.unknown")),
        viewLink("agreements", {}, {}, VIEWS.agreements),
      ),
    );
    return;
  }
  const rows = one.provisions;
  const sections = outline(rows);
  fill(
    view,
    h("p.crumbs", viewLink("agreements", {}, {}, VIEWS.agreements), " / "),
    h(
      "div.view-head",
      h("h1", { dir: "auto", lang: one.language }, one.name),
      h(
        "div.tools",
        button(t(comparedIds().includes(one.id) ? "agreement.compared" : "agreement.compare"), () =>
          go("compare", {
            with: [...new Set([...comparedIds(), one.id])].slice(-MOST_COMPARED).map(encodeComma).join(","),
          }),
        ),
        viewLink("provisions", { ...NO_FILTERS, agreement: [one.id] }, { className: "button" }, t("agreement.table")),
        printButton(),
      ),
    ),
    agreementFacts(one, rows),
    one.warnings.length
      ? h(
          "div.warning",
          h("p", t("agreement.warnings")),
          h(
            "ul",
            one.warnings.map((words) => h("li", words)),
          ),
        )
      : null,
    rows.length
      ? [
          plainWords(one),
          h("div.two", categoryBars(rows), instrumentMatrix(one, rows)),
          one.passages.length ? h("p.note", t("agreement.in-context")) : null,
          h(
            "div.outline",
            h(
              "nav.contents",
              { "aria-label": t("agreement.outline") },
              h("h2", t("agreement.outline")),
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
                            [article.title, h("span.count", article.rows.filter((row) => !row.passage).length || null)],
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
          h("p", t("agreement.none")),
          h(
            "p",
            t("agreement.none-note"),
          ),
        ),
  );
}

function agreementFacts(one, rows) {
  const share = bindingShare(rows);
  const facts = [
    [t("column.parties"), one.sides.length ? allParties(one) : t("unknown")],
    [t("agreement.signed"), one.date_signed ? longDate(one.date_signed) : t("unknown")],
    [t("agreement.in-force"), one.date_in_force ? longDate(one.date_in_force) : t("unknown")],
    [t("facet.language"), languageName(one.language)],
    [t("chart.provisions"), number(rows.length)],
    [STRENGTHS[BINDING], share === null ? "—" : percent(share)],
    [t("agreement.chapter"), t(one.labour_chapter ? "yes" : "no")],
    [t("agreement.source"), sourceLink(one)],
    ...(one.versions.length ? [[t("agreement.versions"), one.versions.map((other, at) => [at ? ", " : "", viewLink("agreement", { id: other.id }, {}, `${shortTitle(other)} – ${languageName(other.language)}`)])]] : []),
  ];
  return h(
    "dl.facts-grid",
    facts.map(([name, value]) => h("div", h("dt", name), h("dd", value))),
  );
}

/** The sides of an agreement; if there are groups among them, the States in these too. */
function allParties(one) {
  const sides = one.sides.map(([code, ...members]) =>
    members.length ? t("parties.group", { name: countryName(code), n: members.length }) : countryName(code),
  );
  if (one.sides.length >= one.states.length) return sides.join(", ");
  return [
    sides.join(", "),
    h(
      "details",
      h("summary", t("parties.all", { n: one.states.length })),
      one.states
        .map(countryName)
        .sort((a, b) => inOrder(a, b))
        .join(", "),
    ),
  ];
}

function categoryBars(rows) {
  const tally = new Map();
  for (const row of rows) for (const code of row.codes) tally.set(code, (tally.get(code) ?? 0) + 1);
  const listed = CATEGORIES.filter((one) => tally.has(one.code));
  const most = Math.max(...tally.values());
  return h(
    "section.card",
    h("h2", t("facet.category")),
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

/** Where the text comes from: a link where the source says it, and the file that was read. */
function sourceLink(one) {
  const isWeb = /^https?:\/\//.test(one.source_url ?? "");
  const link = isWeb ? h("a", { href: one.source_url, rel: "noopener noreferrer", target: "_blank" }, t("agreement.link")) : null;
  return [link, link ? " · " : null, one.source_file];
}

/** What the agreement provides, in words made from its indicators: scope first, disputes last. */
function plainWords(one) {
  if (!one.indicators) return null;
  const groups = Object.keys(raw.indicator_groups).map((group) => {
    const own = INDICATORS.filter((indicator) => indicator.group === group);
    const has = own.filter((indicator) => (one.indicators[indicator.place] ?? 0) > 0);
    return { group, has, lacks: own.filter((indicator) => !has.includes(indicator)) };
  });
  const names = (list) => list.map((indicator, at) => [at ? "; " : "", h("span", { title: indicator.definition }, indicator.name)]);
  return h(
    "section.card.plain-words",
    h("h2", t("agreement.provides")),
    h(
      "dl",
      groups.map(({ group, has, lacks }) =>
        h(
          "div",
          h("dt", indicatorGroupName(group)),
          h("dd", has.length ? names(has) : h("span.note", t("agreement.nothing-of-this"))),
          has.length && lacks.length ? h("dd.lacks", h("details", h("summary", t("agreement.lacks")), names(lacks))) : null,
        ),
      ),
    ),
  );
}
