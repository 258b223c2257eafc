// The table of provisions with their text, grouped by agreement.

const COLUMNS = [
  { key: "year", shown: false, sort: (row) => row.agreement.year ?? 0, cell: (row) => row.agreement.year ?? "" },
  { key: "parties", shown: false, sort: (row) => fold(partyNames(row.agreement)), cell: (row) => partyNames(row.agreement, 4) },
  { key: "address", shown: true, sort: (row) => row.place, cell: addressCell },
  { key: "page", shown: false, sort: (row) => row.page_start ?? 0, cell: pages },
  { key: "text", shown: true, sort: (row) => row.text.length, cell: textCell },
  {
    key: "categories",
    shown: false,
    sort: (row) => row.categories[0]?.place ?? 0,
    cell: (row) => h("div.chips", categoryChips(row)),
  },
  { key: "pillars", shown: false, sort: (row) => row.pillars.join(), cell: (row) => row.pillars.map(pillarName).join("; ") },
  {
    key: "principles",
    shown: false,
    sort: (row) => row.principles.join(),
    cell: (row) => row.principles.map(codeAndName).join("; "),
  },
  {
    key: "strength",
    shown: true,
    sort: (row) => STRENGTH_ORDER.indexOf(row.strength),
    cell: (row) => strengthBadge(row.strength),
  },
  { key: "instruments", shown: false, sort: (row) => row.instruments.join() || "~", cell: instrumentChips },
  { key: "confidence", shown: true, sort: (row) => row.confidence - (row.review ? 1 : 0), cell: confidenceCell },
  { key: "language", shown: false, sort: (row) => row.agreement.language, cell: (row) => languageName(row.agreement.language) },
  { key: "location", shown: false, sort: (row) => row.location, cell: (row) => placeName(row.location) },
  { key: "clause", shown: false, sort: (row) => row.clause_id, cell: (row) => h("code", row.clause_id) },
]; // prettier-ignore
for (const column of COLUMNS) column.title = t(`column.${column.key}`);
const SIZES = [25, 50, 100];
const LONG = 520;
/** More than any other reason to show a row first. */
const OWN_WORDS = 1e7;

function shownColumns() {
  const wanted = state.columns
    ? state.columns.split(".")
    : COLUMNS.filter((column) => column.shown).map((column) => column.key);
  const shown = COLUMNS.filter((column) => wanted.includes(column.key));
  return shown.length ? shown : COLUMNS.filter((column) => column.shown);
}

/** The rows in the order of the table: by a column, or agreement by agreement with the most telling first. */
function sortedRows() {
  const { rows } = results();
  if (state.sort === "text") return rows;
  const [, key, down] = /^([a-z]+)(-?)$/.exec(state.sort) ?? [];
  const column = COLUMNS.find((one) => one.key === key);
  if (!column) return tellingFirst(rows);
  const values = new Map(rows.map((row) => [row, column.sort(row)]));
  const direction = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [values.get(a), values.get(b)];
    const order = typeof left === "string" ? inOrder(left, right) : left - right;
    return direction * order || a.place - b.place;
  });
}

/** How much a row tells a newcomer: sure, binding, on a principle or an instrument, beyond a recital, not too short. */
function telling(row) {
  return (
    (row.review ? -8 : 0) +
    (row.standard ? 4 : 0) +
    (row.strength === BINDING ? 3 : 0) +
    (row.principles.length ? 3 : 0) +
    (row.instruments.length ? 1 : 0) +
    (row.text.length > 90 && row.text.length < 700 ? 2 : 0) +
    Math.round(2 * row.confidence)
  );
}

/** Agreements in the reader's language and with the most to tell come first; inside them, what tells most. */
function tellingFirst(rows) {
  const { own } = results().query;
  const isOwn = (row) => own !== null && own.test(searchedRows()[row.place]);
  const scores = new Map(rows.map((row) => [row, telling(row) + (isOwn(row) ? OWN_WORDS : 0)]));
  const weight = new Map();
  for (const row of rows) {
    const own = row.agreement.language === LANG ? 1e6 : 0;
    weight.set(row.agreement, (weight.get(row.agreement) ?? own) + Math.max(0, scores.get(row) - 6));
  }
  return [...rows].sort(
    (a, b) =>
      weight.get(b.agreement) - weight.get(a.agreement) ||
      a.agreement.place - b.agreement.place ||
      scores.get(b) - scores.get(a) ||
      a.place - b.place,
  );
}

function showProvisions(view) {
  const rows = sortedRows();
  const size = SIZES.includes(Number(state.size)) ? Number(state.size) : SIZES[0];
  const last = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(last, Math.max(1, Number.parseInt(state.page, 10) || 1));
  const { terms } = results().query;
  const columns = shownColumns();
  const focused = document.activeElement?.dataset?.focus;
  fill(
    view,
    h(
      "div.view-head",
      h("h1", VIEWS.provisions),
      h(
        "div.tools",
        orderChooser(),
        columnChooser(columns),
        button("CSV", () => saveCsv(sortedRows()), { title: t("download.csv-title") }),
        button("XLSX", () => saveXlsx(sortedRows()), { title: t("download.xlsx-title") }),
        printButton(),
      ),
    ),
    rows.length
      ? [
          provisionTable(rows.slice((page - 1) * size, page * size), columns, terms),
          pager(page, last, size, rows.length),
        ]
      : emptyResult(),
  );
  if (focused) $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function printButton() {
  return button(t("print"), () => window.print(), { title: t("print.title") });
}

function emptyResult() {
  const { taken } = results();
  const culprits = Object.entries(taken).sort((a, b) => b[1] - a[1]);
  return h(
    "div.empty",
    h("p", PROVISIONS.length ? t("empty.filters") : t("empty.none")),
    culprits.map(([key, count]) =>
      h("p", button(tn("empty.without", count, { filter: filterName(key) }), () => change(withoutFilter(key)))),
    ),
    isFiltered() ? button(t("clear-all-filters"), clearFilters) : null,
  );
}

function provisionTable(rows, columns, terms) {
  const groups = [];
  for (const row of rows) {
    if (groups.at(-1)?.agreement !== row.agreement) groups.push({ agreement: row.agreement, rows: [] });
    groups.at(-1).rows.push(row);
  }
  return scrollingTable(
    "table.provisions",
    t("table.label"),
    t("table.caption"),
    columns.map(headCell),
    groups.map((group) =>
      h(
        "tbody",
        { role: "rowgroup" },
        h("tr.group-head", { role: "row" }, groupHead(group.agreement, columns.length)),
        group.rows.map((row) =>
          h(
            "tr.provision",
            { role: "row", className: `provision${row.review ? " review" : ""}` },
            columns.map((column) =>
              h(`td.col-${column.key}`, { role: "cell", "data-title": column.title }, column.cell(row, terms)),
            ),
          ),
        ),
      ),
    ),
  );
}

function groupHead(agreement, width) {
  return h(
    "th",
    { role: "rowheader", scope: "rowgroup", colSpan: width },
    viewLink(
      "agreement",
      { id: agreement.id },
      { className: "agreement-link", title: agreement.name, lang: agreement.language },
      shortTitle(agreement),
    ),
    agreement.short === agreement.name ? null : h("span.full-name", { lang: agreement.language }, agreement.name),
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
      [column.title, h("span.arrow", { "aria-hidden": "true" }, { ascending: " ↑", descending: " ↓", none: "" }[sorted])],
      () => change({ sort: next, page: "" }),
      { className: "sort", "data-focus": `sort-${column.key}`, title: t("sort.by", { column: column.title }) },
    ),
  );
}

function orderChooser() {
  const orders = { "": t("order.telling"), text: t("order.text") };
  return h(
    "label",
    `${t("order")} `,
    h(
      "select",
      { "data-focus": "order", onchange: (event) => change({ sort: event.target.value, page: "" }) },
      Object.entries(orders).map(([value, name]) => h("option", { value, selected: state.sort === value }, name)),
      state.sort in orders ? null : h("option", { value: state.sort, selected: true }, t("order.column")),
    ),
  );
}
