// The table of provisions with their text.

const COLUMNS = [
  { key: "agreement", title: "Agreement", shown: true, sort: (row) => fold(row.agreement.name), cell: agreementCell },
  {
    key: "parties",
    title: "Parties",
    shown: false,
    sort: (row) => fold(partyNames(row.agreement)),
    cell: (row) => partyNames(row.agreement, 4),
  },
  {
    key: "year",
    title: "Year",
    shown: YEARS.length > 0,
    sort: (row) => row.agreement.year ?? 0,
    cell: (row) => row.agreement.year ?? "",
  },
  { key: "address", title: "Address", shown: true, sort: (row) => row.place, cell: addressCell },
  { key: "page", title: "Page", shown: HAS_PAGES, sort: (row) => row.page_start ?? 0, cell: pages },
  {
    key: "text",
    title: "Text",
    shown: true,
    sort: (row) => row.text.length,
    cell: textCell,
    sortTitle: "length of the text",
  },
  {
    key: "categories",
    title: "Categories",
    shown: true,
    sort: (row) => row.categories[0]?.place ?? 0,
    cell: (row) => h("div.chips", categoryChips(row)),
  },
  {
    key: "pillars",
    title: "Pillars",
    shown: false,
    sort: (row) => row.pillars.join(),
    cell: (row) => row.pillars.join("; "),
  },
  {
    key: "principles",
    title: "Principles",
    shown: false,
    sort: (row) => row.principles.join(),
    cell: (row) => row.principles.join(" "),
  },
  {
    key: "strength",
    title: "Strength",
    shown: true,
    sort: (row) => STRENGTH_ORDER.indexOf(row.strength),
    cell: (row) => strengthBadge(row.strength),
  },
  {
    key: "instruments",
    title: "Instruments",
    shown: true,
    sort: (row) => row.instruments.join() || "~",
    cell: instrumentsCell,
  },
  { key: "confidence", title: "Confidence", shown: true, sort: (row) => row.confidence, cell: confidenceCell },
  {
    key: "language",
    title: "Language",
    shown: false,
    sort: (row) => row.agreement.language,
    cell: (row) => LANGUAGES[row.agreement.language] ?? row.agreement.language,
  },
  { key: "location", title: "Part", shown: false, sort: (row) => row.location, cell: (row) => row.location },
  {
    key: "clause",
    title: "Clause id",
    shown: false,
    sort: (row) => row.clause_id,
    cell: (row) => h("code", row.clause_id),
  },
];
const SIZES = [25, 50, 100];
const LONG = 520;

function shownColumns() {
  const wanted = state.columns
    ? state.columns.split(".")
    : COLUMNS.filter((column) => column.shown).map((column) => column.key);
  return COLUMNS.filter((column) => wanted.includes(column.key));
}

function sortedRows() {
  const { rows } = results();
  const [, key, down] = /^([a-z]+)(-?)$/.exec(state.sort) ?? [];
  const column = COLUMNS.find((one) => one.key === key);
  if (!column) return rows;
  const values = new Map(rows.map((row) => [row, column.sort(row)]));
  const direction = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [values.get(a), values.get(b)];
    const order = typeof left === "string" ? left.localeCompare(right, "en") : left - right;
    return direction * order || a.place - b.place;
  });
}

function showProvisions(view) {
  const rows = sortedRows();
  const size = SIZES.includes(Number(state.size)) ? Number(state.size) : SIZES[0];
  const last = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(last, Math.max(1, Number.parseInt(state.page, 10) || 1));
  const { patterns } = results().query;
  const columns = shownColumns();
  const focused = document.activeElement?.dataset?.focus;
  fill(
    view,
    h(
      "div.view-head",
      h("h1", "Provisions"),
      h(
        "div.tools",
        columnChooser(columns),
        button("CSV", () => saveCsv(sortedRows()), { title: "Download the filtered rows as CSV" }),
        button("XLSX", () => saveXlsx(sortedRows()), { title: "Download the filtered rows as a workbook" }),
        button("Print or PDF", printRows, { title: "Print the filtered rows with citations" }),
      ),
    ),
    rows.length
      ? [
          provisionTable(rows.slice((page - 1) * size, page * size), columns, patterns),
          pager(page, last, size, rows.length),
        ]
      : emptyResult(),
  );
  if (focused) $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function emptyResult() {
  return h(
    "div.empty",
    h(
      "p",
      PROVISIONS.length ? "No provision matches these filters." : "No labour provision was found in these agreements.",
    ),
    isFiltered() ? button("Clear all filters", clearFilters) : null,
  );
}

function provisionTable(rows, columns, patterns) {
  return h(
    "div.scroll",
    { tabIndex: 0, role: "region", "aria-label": "Table of provisions" },
    h(
      "table.provisions",
      { role: "table" },
      h("caption.hidden", "Labour provisions that match the filters"),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map(headCell))),
      h(
        "tbody",
        { role: "rowgroup" },
        rows.map((row) =>
          h(
            "tr",
            { role: "row", className: row.review ? "review" : "" },
            columns.map((column) =>
              h(`td.col-${column.key}`, { role: "cell", "data-title": column.title }, column.cell(row, patterns)),
            ),
          ),
        ),
      ),
    ),
  );
}

function headCell(column) {
  const [, key, down] = /^([a-z]+)(-?)$/.exec(state.sort) ?? [];
  const sorted = key === column.key ? (down ? "descending" : "ascending") : "none";
  const next = sorted === "ascending" ? `${column.key}-` : sorted === "descending" ? "" : column.key;
  return h(
    `th.col-${column.key}`,
    { role: "columnheader", scope: "col", "aria-sort": sorted },
    button(
      [
        column.title,
        h("span.arrow", { "aria-hidden": "true" }, { ascending: " ↑", descending: " ↓", none: "" }[sorted]),
      ],
      () => change({ sort: next, page: "" }),
      {
        className: "sort",
        "data-focus": `sort-${column.key}`,
        title: `Sort by ${column.sortTitle ?? column.title.toLowerCase()}`,
      },
    ),
  );
}

function columnChooser(columns) {
  const shown = new Set(columns.map((column) => column.key));
  return h(
    "details.chooser",
    { open: $("details.chooser")?.open ?? false, onkeydown: closeOnEscape },
    h("summary", "Columns"),
    h(
      "fieldset",
      h("legend.hidden", "Columns of the table"),
      COLUMNS.map((column) =>
        h(
          "label.choice",
          h("input", {
            type: "checkbox",
            checked: shown.has(column.key),
            "data-focus": `column-${column.key}`,
            onchange: () => {
              const wanted = COLUMNS.filter((one) => (one === column ? !shown.has(one.key) : shown.has(one.key)));
              if (wanted.length) change({ columns: wanted.map((one) => one.key).join(".") });
            },
          }),
          h("span.choice-name", column.title),
        ),
      ),
    ),
  );
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  event.currentTarget.open = false;
  $("summary", event.currentTarget).focus();
}

function pager(page, last, size, total) {
  const to = (target) => () => {
    change({ page: target === 1 ? "" : String(target) }, { step: true });
    $("#main").scrollIntoView();
  };
  const first = (page - 1) * size + 1;
  return h(
    "nav.pager",
    { "aria-label": "Pages of the table" },
    button("‹ Previous", to(page - 1), { disabled: page === 1, "data-focus": "previous" }),
    h(
      "span",
      `${first.toLocaleString("en")}–${Math.min(total, page * size).toLocaleString("en")} of ${total.toLocaleString("en")}`,
    ),
    button("Next ›", to(page + 1), { disabled: page === last, "data-focus": "next" }),
    h(
      "label",
      "Rows per page ",
      h(
        "select",
        { "data-focus": "size", onchange: (event) => change({ size: event.target.value, page: "" }) },
        SIZES.map((one) => h("option", { value: one, selected: one === size }, String(one))),
      ),
    ),
  );
}

function agreementCell(row) {
  const parties = partyNames(row.agreement, 4);
  return [
    viewLink(
      "agreement",
      { id: row.agreement.id },
      { className: "agreement-link", title: row.agreement.name, lang: row.agreement.language },
      row.agreement.name,
    ),
    parties ? h("span.parties", { title: partyNames(row.agreement) }, parties) : null,
  ];
}

function addressCell(row) {
  const details = button(articleLabel(row), () => change({ open: row.key }), {
    className: "link",
    title: "Details and citation",
    "data-focus": `row-${row.place}`,
  });
  return [
    details,
    row.heading ? h("span.heading", row.heading) : null,
    row.article && row.chapter ? h("span.chapter", row.chapter) : null,
  ];
}

function textCell(row, patterns) {
  const text = clauseText(row, patterns);
  if (row.text.length <= LONG) return text;
  text.classList.add("long");
  const more = button(
    "Show all",
    () => {
      const isLong = text.classList.toggle("long");
      more.textContent = isLong ? "Show all" : "Show less";
      more.setAttribute("aria-expanded", String(!isLong));
    },
    { className: "link more", "aria-expanded": "false" },
  );
  return [text, more];
}

function instrumentsCell(row) {
  return row.instruments.map((code) => h("abbr.instrument", { title: instrumentTitle(code) }, code));
}

function confidenceCell(row) {
  return [
    h("span.confidence", percent(row.confidence)),
    row.review
      ? h(
          "span.flag",
          { title: "The program is not sure of this row: read the clause before you rely on it" },
          "Review",
        )
      : null,
  ];
}
