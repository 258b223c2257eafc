// Printed pages: every view has a sheet that loses nothing, with the filters in words and a legend of the codes.

const AS_LIST = new Set(["provisions", "pins"]);
let themeOnScreen = "";
let wereAll = false;

function printedRows() {
  return state.view === "pins" ? pinnedRows() : sortedRows();
}

/** The sheet of provisions: agreement by agreement, each with lead-in, clause, codes with names, and citation. */
function printedList(rows) {
  const blocks = [];
  let agreement = null;
  for (const row of rows) {
    if (row.agreement !== agreement) {
      agreement = row.agreement;
      blocks.push(
        h("h2", { lang: agreement.language }, titleWithYear(agreement)),
        agreement.parties.length ? h("p.parties", partyNames(agreement)) : "",
      );
    }
    const notes = [
      ...row.codes.map(codeAndName),
      STRENGTHS[row.strength],
      ...row.instruments.map((code) => `${code} ${instrumentTitle(code)}`),
      row.review ? `${t("review")}: ${reviewReason(row)}` : "",
    ];
    blocks.push(
      h(
        "section",
        h("h3", articleLabel(row), row.heading ? h("span", { lang: agreement.language }, ` ${row.heading}`) : null),
        leadText(row, []),
        clauseText(row, []),
        h("p.notes", notes.filter(Boolean).join(" · ")),
        h("p.cite", citedAs(row, "plain")),
      ),
    );
  }
  return blocks;
}

/** What the sheet shows: the number of rows, and the filters in words. */
function printedHead() {
  const { rows, agreements } = results();
  const filters = FILTERED_VIEWS.has(state.view) ? filtersFor() : "";
  return [
    AS_LIST.has(state.view) ? h("h1", VIEWS[state.view]) : null,
    FILTERED_VIEWS.has(state.view) ? h("p.notes", foundWords(rows, agreements)) : null,
    filters ? h("p.notes", t("print.filters", { filters })) : null,
  ];
}

/** The codes that the sheet uses, with their names. */
function printedLegend(rows) {
  const used = new Set(rows.flatMap((row) => row.codes));
  const instruments = [...new Set(rows.flatMap((row) => row.instruments))].sort();
  const strengths = STRENGTH_ORDER.filter((code) => rows.some((row) => row.strength === code));
  const listed = CATEGORIES.filter((one) => used.has(one.code));
  if (!listed.length && !instruments.length) return null;
  return h(
    "section.print-legend",
    h("h2", t("print.legend")),
    h(
      "dl",
      listed.map((one) => [h("dt", one.code), h("dd", one.name)]),
      instruments.map((code) => [h("dt", code), h("dd", instrumentTitle(code))]),
      strengths.map((code) => [h("dt", STRENGTHS[code]), h("dd", STRENGTH_MEANINGS[code])]),
    ),
  );
}

/** The provisions whose codes the view shows. */
function rowsOnSheet() {
  if (AS_LIST.has(state.view)) return printedRows();
  if (state.view === "agreement") return AGREEMENT.get(state.id)?.provisions ?? [];
  if (state.view === "compare") return comparedIds().flatMap((id) => AGREEMENT.get(id).provisions);
  return state.view === "about" ? [] : results().rows;
}

addEventListener("beforeprint", () => {
  // Paper is light, whatever the theme of the screen; charts and lists are drawn in full.
  themeOnScreen = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  wereAll = allCountries;
  if (state.view === "map" && !allCountries) {
    allCountries = true;
    showView();
  }
  const asList = AS_LIST.has(state.view);
  document.body.classList.toggle("print-list", asList);
  for (const details of document.querySelectorAll("main details")) {
    if (details.classList.contains("chooser") || details.open) continue;
    details.open = true;
    details.dataset.opened = "yes";
  }
  fill($("#print-head"), asList ? null : printedHead());
  fill($("#print"), asList ? [...printedHead(), printedList(printedRows())] : null, printedLegend(rowsOnSheet()), h("p.notes", madeBy()));
});
addEventListener("afterprint", () => {
  if (allCountries !== wereAll) {
    allCountries = wereAll;
    showView();
  }
  document.documentElement.dataset.theme = themeOnScreen;
  document.body.classList.remove("print-list");
  for (const details of document.querySelectorAll('[data-opened="yes"]')) {
    details.open = false;
    delete details.dataset.opened;
  }
  $("#print").replaceChildren();
  $("#print-head").replaceChildren();
});
