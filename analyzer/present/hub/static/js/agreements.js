// The list of agreements.

const AGREEMENT_COLUMNS = [
  { key: "name", title: t("column.agreement"), value: (one) => fold(one.name) },
  { key: "parties", title: t("column.parties"), value: (one) => fold(partyNames(one)) },
  { key: "year", title: t("column.year"), number: true, value: (one) => one.year ?? 0 },
  { key: "found", title: t("chart.provisions"), number: true, value: (one, tally) => tally.get(one)?.length ?? 0 },
  { key: "pillars", title: t("column.pillars"), value: (one, tally) => pillarCounts(tally.get(one) ?? [])[0] },
  { key: "principles", title: t("column.principles"), value: (one, tally) => principlesOf(tally.get(one) ?? []).length },
  {
    key: "binding",
    title: STRENGTHS[BINDING],
    number: true,
    value: (one, tally) => bindingShare(tally.get(one) ?? []) ?? -1,
  },
  {
    key: "review",
    title: t("column.to-review"),
    number: true,
    value: (one, tally) => (tally.get(one) ?? []).filter((row) => row.review).length,
  },
];

function pillarCounts(rows) {
  return PILLARS.map((pillar) => rows.filter((row) => row.pillars.includes(pillar)).length);
}

function principlesOf(rows) {
  const present = new Set(rows.flatMap((row) => row.principles));
  return CATEGORIES.filter((one) => present.has(one.code)).map((one) => one.code);
}

function bindingShare(rows) {
  return rows.length ? rows.filter((row) => row.strength === BINDING).length / rows.length : null;
}

function rowsByAgreement(rows) {
  const tally = new Map();
  for (const row of rows) {
    if (!tally.has(row.agreement)) tally.set(row.agreement, []);
    tally.get(row.agreement).push(row);
  }
  return tally;
}

function showAgreements(view) {
  const { rows } = results();
  // All versions are listed here; counted is one of them.
  const agreements = AGREEMENTS.filter((one) => results().agreements.some((other) => other.main === one.main));
  const tally = rowsByAgreement(rows);
  const [, key, down] = /^([a-z]+)(-?)$/.exec(state.sort || "found-") ?? [];
  const column = AGREEMENT_COLUMNS.find((one) => one.key === key) ?? AGREEMENT_COLUMNS[3];
  const { query, withRows } = results();
  // A search for a name also finds agreements without provisions.
  const fits = (one) => !filtersProvisions() || withRows.has(one) || (!query.empty && query.test(hayOf(`${one.name} ; ${one.agreement}`)));
  const listed = agreements.filter(fits).sort((a, b) => {
    const [left, right] = [column.value(a, tally), column.value(b, tally)];
    return (
      (down ? -1 : 1) * (typeof left === "string" ? inOrder(left, right) : left - right) || a.place - b.place
    );
  });
  const most = Math.max(1, ...[...tally.values()].map((list) => list.length));
  const head = (one) => {
    const sorted = one === column ? (down ? "descending" : "ascending") : "none";
    return sortHead(one, sorted, sorted === "descending" || (sorted === "none" && !one.number) ? one.key : `${one.key}-`);
  };
  const focused = document.activeElement?.dataset?.focus;
  fill(
    view,
    h("div.view-head", h("h1", VIEWS.agreements), h("div.tools", printButton())),
    listed.length
      ? scrollingTable(
          "table.provisions.agreements",
          t("agreements.label"),
          t("agreements.caption"),
          AGREEMENT_COLUMNS.map(head),
          h(
            "tbody",
            { role: "rowgroup" },
            listed.map((one) => agreementRow(one, tally.get(one) ?? [], most)),
          ),
        )
      : emptyResult(),
    ERRORS.length
      ? h(
          "p.note",
          `${tn("agreements.errors", ERRORS.length)} `,
          viewLink("about", {}, {}, VIEWS.about),
          ".",
        )
      : null,
  );
  if (focused) $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function agreementRow(one, rows, most) {
  const share = bindingShare(rows);
  const review = rows.filter((row) => row.review).length;
  const cells = {
    name: [viewLink("agreement", { id: one.id }, { className: "agreement-link", lang: one.language }, one.name),
      one === one.main ? null : h("span.full-name", t("agreement.version-of", { name: shortTitle(one.main) }))],
    parties: partyNames(one, 5),
    year: one.year ?? "",
    found: [
      h("span.bar", { "aria-hidden": "true" }, h("span.bar-with", { style: `width:${(60 * rows.length) / most}px` })),
      rows.length,
    ],
    pillars: rows.length ? h("ul.plain-list", { role: "list" }, pillarCounts(rows).map((count, at) => h("li", `${number(count)} ${pillarName(PILLARS[at])}`))) : "",
    principles: h(
      "div.chips",
      principlesOf(rows).map((code) => h("span.chip.group-principle", h("b", code), ` ${CATEGORY.get(code).name}`)),
    ),
    binding: share === null ? "" : percent(share),
    review: review || "",
  };
  return h(
    "tr",
    { role: "row", className: rows.length ? "" : "bare" },
    AGREEMENT_COLUMNS.map((column) =>
      h(column.number ? "td.number" : "td", { role: "cell", "data-title": column.title }, cells[column.key]),
    ),
  );
}
