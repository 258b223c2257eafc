// The details of one provision: its words with what leads into them, citation, evidence, and how sure the program is.

let citationStyle = "plain";

function showDetail() {
  const dialog = $("#detail");
  const row = PROVISION.get(state.open);
  if (!row) {
    if (dialog.open) dialog.close();
    return;
  }
  const { terms } = results().query;
  const around = FILTERED_VIEWS.has(state.view) ? sortedRows() : row.agreement.provisions;
  const at = around.indexOf(row);
  const beside = (step, words) => {
    const other = at < 0 ? null : around[at + step];
    return button(words, () => change({ open: other.key }, { replace: true }), { disabled: !other });
  };
  fill(
    dialog,
    h(
      "div.detail-head",
      h(
        "div",
        h("h2", { id: "detail-title" }, articleLabel(row)),
        h("p.where", { lang: row.agreement.language }, [row.heading, row.chapter].filter(Boolean).join(" · ")),
      ),
      button(t("close"), closeDetail, { className: "quiet", autofocus: true }),
    ),
    h(
      "p.facts",
      viewLink("agreement", { id: row.agreement.id }, { lang: row.agreement.language }, titleWithYear(row.agreement)),
      row.agreement.parties.length ? ` · ${partyNames(row.agreement, 6)}` : "",
    ),
    h("div.chips", strengthBadge(row.strength), categoryChips(row), instrumentChips(row)),
    leadText(row, terms),
    clauseText(row, terms, { className: "clause full", tabIndex: 0 }),
    row.review ? h("p.warning", h("b", `${t("review")}: `), reviewReason(row), `. ${t("review.advice")}`) : null,
    citationPart(row),
    evidencePart(row),
    surePart(row),
    h("div.detail-foot", beside(-1, t("pager.previous")), beside(1, t("pager.next"))),
  );
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

function citationPart(row) {
  const shown = h("blockquote.citation", { id: "citation" });
  const refresh = () => {
    shown.textContent = citedAs(row, citationStyle);
  };
  refresh();
  const copy = button(t("copy.citation"), () => copyText(citedAs(row, citationStyle), copy));
  const both = button(t("copy.text"), () => copyText(`“${wholeWords(row)}”\n${citedAs(row, citationStyle)}`, both));
  const link = button(t("copy.link"), () => copyText(permanentLink(row), link));
  return [
    h(
      "div.part-head",
      h("h3", t("citation")),
      h(
        "label",
        `${t("style")} `,
        h(
          "select",
          {
            id: "citation-style",
            onchange: (event) => {
              citationStyle = event.target.value;
              refresh();
            },
          },
          Object.entries(STYLE_NAMES).map(([value, name]) =>
            h("option", { value, selected: value === citationStyle }, name),
          ),
        ),
      ),
    ),
    shown,
    h("div.tools", copy, both, link, pinButton(row)),
  ];
}

function evidencePart(row) {
  const columns = ["category", "source", "words", "confidence"].map((key) => t(`evidence.${key}`));
  return [
    h("h3", t("evidence")),
    h(
      "div.scroll",
      { tabIndex: 0, role: "region", "aria-label": t("evidence") },
      h(
        "table.evidence-table",
        h("thead", h("tr", columns.map((title) => h("th", { scope: "col" }, title)))),
        h(
          "tbody",
          row.evidence.map((entry) =>
            h(
              "tr",
              { className: entry.given ? "" : "outvoted" },
              h("td", entry.given ? codeAndName(entry.category.code) : t("evidence.not", { category: codeAndName(entry.category.code) })),
              h("td", sourceName(entry)),
              h("td", { dir: "auto" }, entry.words ? `“${cleanLines(entry.words)}”` : "—"),
              h("td", percent(entry.confidence)),
            ),
          ),
        ),
      ),
    ),
    h(
      "ul.legend",
      { role: "list" },
      ["evidence", "guessed", "verb"].map((kind) => h("li", h(`mark.${kind}`, t(`mark.${kind}-name`)), ` ${t(`mark.${kind}-meaning`)}`)),
    ),
  ];
}

function sourceName(entry) {
  const name = t(`source.${entry.source}`);
  return entry.source === "model" ? h("i", name) : [name, " ", h("code", entry.rule)];
}

/** How sure the program is that this is a labour provision, and of each category: two different questions. */
function surePart(row) {
  const pairs = [
    [t("sure.provision"), percent(row.confidence)],
    ...row.categories.map((one, place) => [t("sure.category", { category: codeAndName(one.code) }), sureOf(row, one, place)]),
    row.strength_words && [t("sure.verb", { strength: STRENGTHS[row.strength] }), `“${row.strength_words}”`],
    [t("sure.id"), h("code", `${row.agreement.id} / ${row.clause_id}`)],
    [t("sure.place"), t("sure.characters", { start: row.start, end: row.end })],
  ].filter(Boolean);
  return h("dl.meta", pairs.map(([name, value]) => [h("dt", name), h("dd", value)]));
}

function sureOf(row, category, place) {
  const own = row.category_confidence?.[place];
  if (typeof own === "number") return percent(own);
  const given = row.evidence.filter((entry) => entry.given && entry.category === category);
  return given.length ? percent(Math.max(...given.map((entry) => entry.confidence))) : "—";
}

/** Close by a step back where this page opened the dialog; a dialog that a link opened leaves the page as it is. */
function closeDetail() {
  const opened = PROVISION.get(state.open);
  if (history.state?.dialog) history.back();
  else change({ open: "" }, { replace: true });
  if (opened) lastOpened = opened.place;
}

let lastOpened = null;

/** Put the focus back on what opened the dialog. */
function focusOpener() {
  if (lastOpened === null) return;
  $(`[data-focus="row-${lastOpened}"]`)?.focus({ preventScroll: true });
  lastOpened = null;
}

$("#detail").addEventListener("cancel", (event) => {
  event.preventDefault();
  closeDetail();
});
$("#detail").addEventListener("click", (event) => {
  if (event.target === event.currentTarget) closeDetail();
});
