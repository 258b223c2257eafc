// The outline of an agreement: its chapters and articles with their provisions, in the order of the text.

/** Chapters and articles with their provisions, in the order of the text. */
function outline(rows) {
  const sections = [];
  for (const row of [...rows, ...(rows[0]?.agreement.passages ?? [])].sort((a, b) => a.start - b.start)) {
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
      section.articles.push((article = { title: name, rows: [], id: `article-${row.start}` }));
    article.rows.push(row);
  }
  return sections;
}

function sectionText(section) {
  const shown = new Set();
  return h(
    "section.chapter-block",
    section.title ? h("h2", section.title) : null,
    section.articles.map((article) =>
      h(
        "article",
        { id: article.id, tabIndex: -1 },
        h("h3", article.title),
        article.rows.map((row) => {
          const part = row.passage ? passageText(row) : provisionInPlace(row, shown);
          shown.add(cleanLines(row.text));
          return part;
        }),
      ),
    ),
  );
}

/** A clause of the chapter that is no labour provision: grey, so that the provisions stand out. */
function passageText(passage) {
  return h("p.clause.passage", { lang: passage.agreement.language, dir: "auto" }, unwrap(passage.text));
}

function provisionInPlace(row, shown) {
  // Where its lead-in was just read, it is not said again.
  const isRead = row.lead_in && row.lead_in.split("\n").every((line) => shown.has(cleanLines(line)));
  return h(
    "div.in-place",
    { className: `in-place${row.review ? " review" : ""}` },
    isRead ? null : leadText(row, []),
    clauseText(row, []),
    row.review ? h("p.note", h("b", `${t("review")}: `), reviewReason(row)) : null,
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
  );
}
