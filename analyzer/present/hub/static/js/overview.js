// The figures that sum up what the filters leave, each with what it counts beside it.

function overview() {
  const { agreements, rows, withRows } = results();
  const binding = rows.filter((row) => row.strength === BINDING).length;
  const cited = new Set(rows.flatMap((row) => row.instruments));
  const fact = (value, words, more = null) => h("div.fact", h("strong", value), h("span", words), more);
  return h(
    "div.overview",
    fact(number(agreements.length), tn("overview.agreements", agreements.length)),
    fact(
      agreements.length ? percent(withRows.size / agreements.length) : "—",
      t("overview.with", { what: whatIsCounted(), n: number(withRows.size), all: number(agreements.length) }),
      h("span.definition", t(`measure.${measure()}-meaning`), " ", otherMeasure(agreements)),
    ),
    fact(number(rows.length), tn(filtersProvisions() ? "overview.matching" : "overview.provisions", rows.length)),
    fact(rows.length ? percent(binding / rows.length) : "—", t("overview.binding", { n: number(binding) })),
    fact(number(cited.size), tn("overview.instruments", cited.size)),
  );
}

/** The other measure with its figure: a switch, so that nobody takes one for the other. */
function otherMeasure(agreements) {
  const other = measure() === "any" ? "standards" : "any";
  const { rows } = results();
  const counted = filtersProvisions()
    ? agreementsOf(rows.filter((row) => other === "any" || row.standard), agreements).size
    : agreements.filter((one) => (other === "any" || one.standards === null ? one.provisions.length > 0 : one.standards > 0)).length;
  const share = agreements.length ? percent(counted / agreements.length) : "—";
  return button(t("measure.other", { what: t(`counted.${other}`), share }), () => change({ measure: other === "any" ? "any" : "" }), {
    className: "link",
    "data-focus": "measure",
  });
}
