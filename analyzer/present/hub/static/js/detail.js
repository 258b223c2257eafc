// The details of one provision: text, evidence, citation.

function showDetail() {
  const dialog = $("#detail");
  const row = PROVISION.get(state.open);
  if (!row) {
    if (dialog.open) dialog.close();
    return;
  }
  const { patterns } = results().query;
  const around = FILTERED_VIEWS.has(state.view) ? sortedRows() : row.agreement.provisions;
  const at = around.indexOf(row);
  const beside = (step, words) => {
    const other = at < 0 ? null : around[at + step];
    return button(words, () => change({ open: other.key }), { disabled: !other });
  };
  const cite = h("blockquote.citation", { id: "citation" }, citation(row));
  const copy = button("Copy citation", () => copyText(`${citation(row)}.`, copy));
  const copyAll = button("Copy text with citation", () => copyText(`“${row.text}”\n${citation(row)}.`, copyAll));
  fill(
    dialog,
    h(
      "div.detail-head",
      h(
        "div",
        h("h2", { id: "detail-title" }, articleLabel(row)),
        h("p.where", [row.heading, row.chapter].filter(Boolean).join(" · ")),
      ),
      button("Close", closeDetail, { className: "quiet", autofocus: true }),
    ),
    h(
      "p.facts",
      viewLink("agreement", { id: row.agreement.id }, null, titleWithYear(row.agreement)),
      row.agreement.parties.length ? ` · ${partyNames(row.agreement, 6)}` : "",
    ),
    h(
      "div.chips",
      strengthBadge(row.strength),
      row.categories.map((one) =>
        h(`span.chip.group-${one.group}`, { title: one.definition }, `${one.code} ${one.name}`),
      ),
    ),
    clauseText(row, patterns, { className: "clause full", tabIndex: 0 }),
    row.review
      ? h("p.warning", "The program is not sure of this row: read the clause in its context before you rely on it.")
      : null,
    h("h3", "Citation"),
    cite,
    h("div.tools", copy, copyAll),
    h("h3", "Evidence"),
    evidenceTable(row),
    h(
      "dl.meta",
      h("dt", "Confidence"),
      h("dd", percent(row.confidence)),
      row.instruments.length
        ? [
            h("dt", "Instruments"),
            h(
              "dd",
              row.instruments.map((code) => h("div", `${code}: ${instrumentTitle(code)}`)),
            ),
          ]
        : null,
      h("dt", "Clause id"),
      h("dd", h("code", `${row.agreement.id} / ${row.clause_id}`)),
      h("dt", "Characters"),
      h("dd", `${row.start}–${row.end} of the text as it was read`),
    ),
    h("div.detail-foot", beside(-1, "‹ Previous"), beside(1, "Next ›")),
  );
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

const SOURCES = { rule: "rule", instrument: "instrument", inherited: "lead-in", model: "model" };

function evidenceTable(row) {
  return h(
    "div.scroll",
    { tabIndex: 0, role: "region", "aria-label": "Evidence" },
    h(
      "table.evidence-table",
      h(
        "thead",
        h(
          "tr",
          ["Category", "Source", "Words", "Confidence"].map((title) => h("th", { scope: "col" }, title)),
        ),
      ),
      h(
        "tbody",
        row.evidence.map((entry) =>
          h(
            "tr",
            { className: entry.given ? "" : "outvoted" },
            h("td", entry.given ? entry.category.code : `not ${entry.category.code}`),
            h(
              "td",
              entry.source === "model" ? "model" : [SOURCES[entry.source] ?? entry.source, " ", h("code", entry.rule)],
            ),
            h("td", { dir: "auto" }, entry.words ? `“${entry.words}”` : "—"),
            h("td", percent(entry.confidence)),
          ),
        ),
      ),
    ),
  );
}

function closeDetail() {
  const opened = PROVISION.get(state.open);
  change({ open: "" });
  if (opened) $(`[data-focus="row-${opened.place}"]`)?.focus();
}

$("#detail").addEventListener("close", () => {
  if (state.open) closeDetail();
});
$("#detail").addEventListener("click", (event) => {
  if (event.target === event.currentTarget) closeDetail();
});
