// The outline of an agreement: its chapters and articles with their provisions, in the order of the text.

/** Chapters and articles with their provisions, in the order of the text. */
function outline(rows) {
  const sections = [];
  for (const row of [...rows].sort((a, b) => a.start - b.start)) {
    const title =
      row.location === "preamble" && !row.chapter
        ? placeName("preamble")
        : row.chapter || (row.location !== "body" ? placeName(row.location) : "");
    let section = sections.at(-1);
    if (!section || section.title !== title) sections.push((section = { title, articles: [] }));
    const name =
      [row.article, row.heading].filter(Boolean).join(": ") ||
      t(row.location === "preamble" ? "agreement.recitals" : "agreement.outside");
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
            leadText(row, []),
            clauseText(row, []),
            h(
              "div.chips",
              strengthBadge(row.strength),
              categoryChips(row),
              instrumentChips(row),
              button(t("details"), () => change({ open: row.key }), {
                className: "link",
                "aria-label": t("details.of", { address: articleLabel(row) }),
                "data-focus": `row-${row.place}`,
              }),
            ),
          ),
        ),
      ),
    ),
  );
}
