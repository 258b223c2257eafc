// Parts of the table of provisions: the choice of columns, the pager, and the cells.

function columnChooser(columns) {
  const shown = new Set(columns.map((column) => column.key));
  return h(
    "details.chooser",
    { open: $("details.chooser")?.open ?? false, onkeydown: closeOnEscape },
    h("summary", t("columns")),
    h(
      "fieldset",
      h("legend.hidden", t("columns.legend")),
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
    change({ page: target === 1 ? "" : String(target) });
    $("#main").scrollIntoView();
  };
  const first = (page - 1) * size + 1;
  return h(
    "nav.pager",
    { "aria-label": t("pager.label") },
    button(t("pager.previous"), to(page - 1), { disabled: page === 1, "data-focus": "previous" }),
    h("span", t("pager.range", { from: number(first), to: number(Math.min(total, page * size)), all: number(total) })),
    button(t("pager.next"), to(page + 1), { disabled: page === last, "data-focus": "next" }),
    h(
      "label",
      `${t("pager.size")} `,
      h(
        "select",
        { "data-focus": "size", onchange: (event) => change({ size: event.target.value, page: "" }) },
        SIZES.map((one) => h("option", { value: one, selected: one === size }, String(one))),
      ),
    ),
  );
}

function addressCell(row) {
  return [
    button(articleLabel(row), () => change({ open: row.key }), {
      className: "link",
      title: t("details.title"),
      "data-focus": `row-${row.place}`,
    }),
    row.heading ? h("span.heading", { lang: row.agreement.language }, row.heading) : null,
    row.article && row.chapter ? h("span.chapter", { lang: row.agreement.language }, row.chapter) : null,
    row.page_start === null ? null : h("span.chapter", pageLabel(row)),
  ];
}

/** A table that scrolls by itself where the page is narrow; `kind` is its element with its classes. */
function scrollingTable(kind, label, caption, heads, bodies) {
  return h(
    "div.scroll",
    { tabIndex: 0, role: "region", "aria-label": label },
    h(
      kind,
      { role: "table" },
      h("caption.hidden", caption),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)),
      bodies,
    ),
  );
}

/** The head of a column by which a view is sorted (`ascending`, `descending` or `none`); a click sorts by `next`. */
function sortHead(column, sorted, next) {
  return h(
    column.number ? "th.number" : "th",
    { role: "columnheader", scope: "col", "aria-sort": sorted },
    button(
      [column.title, h("span.arrow", { "aria-hidden": "true" }, { ascending: " ↑", descending: " ↓", none: "" }[sorted])],
      () => change({ sort: next }),
      { className: "sort", "data-focus": `sort-${column.key}` },
    ),
  );
}

function textCell(row, terms) {
  const text = clauseText(row, terms);
  const chips = h("div.chips", categoryChips(row), instrumentChips(row));
  if (row.text.length <= LONG) return [leadText(row, terms), text, chips];
  text.classList.add("long");
  const more = button(
    t("show-all"),
    () => {
      const isLong = text.classList.toggle("long");
      more.textContent = t(isLong ? "show-all" : "show-less");
      more.setAttribute("aria-expanded", String(!isLong));
    },
    { className: "link more", "aria-expanded": "false" },
  );
  return [leadText(row, terms), text, more, chips];
}

/** How sure the program is; a row that it is not sure of says why, and no figure. */
function confidenceCell(row) {
  if (!row.review) return h("span.confidence", { title: t("confidence.title") }, percent(row.confidence));
  return h("span.flag", h("b", t("review")), ` ${reviewReason(row)}`);
}
