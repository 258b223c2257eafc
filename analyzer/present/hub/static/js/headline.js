// Headline figures: the shares of this collection by both measures, beside those that others have published.

function showHeadline(view) {
  const { rows, differences } = raw.headline;
  const all = rows.find((row) => row.period === "");
  const share = (value) => (value === null ? "—" : percent(value));
  fill(
    view,
    h("div.view-head", h("h1", VIEWS.headline), h("div.tools", printButton())),
    h(
      "div.overview.two-measures",
      ["standards", "any"].map((one) =>
        h(
          "div.fact",
          h("strong", share(all[`${one}_share`])),
          h("span", t("overview.with", { what: t(`counted.${one}`), n: number(all[one]), all: number(all.agreements) })),
          h("span.definition", t(`measure.${one}-meaning`)),
        ),
      ),
    ),
    h(
      "div.scroll",
      { tabIndex: 0, role: "region", "aria-label": VIEWS.headline },
      h(
        "table.plain",
        h("caption.hidden", VIEWS.headline),
        h(
          "thead",
          h(
            "tr",
            h("th", { scope: "col" }, t("period")),
            h("th.number", { scope: "col" }, t("chart.agreements")),
            h("th.number", { scope: "col" }, t("measure.standards")),
            h("th.number", { scope: "col" }, t("measure.any")),
            h("th.number", { scope: "col" }, t("headline.published")),
            h("th", { scope: "col" }, t("headline.where")),
          ),
        ),
        h(
          "tbody",
          rows.map((row) =>
            h(
              "tr",
              h("th", { scope: "row" }, row.period || t("headline.all"), row.years ? h("span.full-name", t("headline.years", { years: row.years })) : null),
              h("td.number", number(row.agreements)),
              h("td.number", `${share(row.standards_share)} (${number(row.standards)})`),
              h("td.number", `${share(row.any_share)} (${number(row.any)})`),
              h("td.number", row.published || "—"),
              h("td", row.link ? h("a", { href: row.link, rel: "noopener noreferrer", target: "_blank" }, row.source) : row.source || ""),
            ),
          ),
        ),
      ),
    ),
    h("div.prose", h("h2", t("headline.why")), h("ul", (differences[LANG] ?? differences.en).map((words) => h("li", words)))),
  );
}
