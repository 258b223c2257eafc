// The pin board: clauses that the reader collects, to be cited and taken away as a document, a table or references.

const PINNED = "lpa-pins";
let pins = readPins();

/** Pins are kept by the browser where it allows that for a file; else as long as the page is open. */
function readPins() {
  try {
    const kept = JSON.parse(localStorage.getItem(PINNED) ?? "[]");
    return kept.filter((key) => typeof key === "string" && PROVISION.has(key));
  } catch {
    return [];
  }
}

function setPins(keys) {
  pins = keys;
  try {
    localStorage.setItem(PINNED, JSON.stringify(keys));
  } catch {
    // The browser keeps nothing for this file.
  }
  showNavigation();
}

function togglePin(row) {
  setPins(pins.includes(row.key) ? pins.filter((key) => key !== row.key) : [...pins, row.key]);
  announce(tn("pins.count", pins.length));
}

function pinButton(row) {
  const words = () => t(pins.includes(row.key) ? "pins.remove" : "pins.add");
  const made = button(words(), () => {
    togglePin(row);
    made.textContent = words();
    made.setAttribute("aria-pressed", String(pins.includes(row.key)));
  });
  made.setAttribute("aria-pressed", String(pins.includes(row.key)));
  return made;
}

function pinnedRows() {
  return pins.map((key) => PROVISION.get(key)).filter(Boolean);
}

function showPins(view) {
  const rows = pinnedRows();
  const style = STYLE_NAMES[state.form] ? state.form : "plain";
  const text = (made) => new Blob([made], { type: "text/plain;charset=utf-8" });
  fill(
    view,
    h(
      "div.view-head",
      h("h1", VIEWS.pins),
      rows.length
        ? h(
            "div.tools",
            styleChooser(style),
            button("DOCX", () => save("labour-provisions.docx", docxOf(rows, style))),
            button("CSV", () => saveCsv(rows)),
            button("BibTeX", () => save("labour-provisions.bib", text(bibtexOf(rows)))),
            button("RIS", () => save("labour-provisions.ris", text(risOf(rows)))),
            printButton(),
            button(t("pins.clear"), () => {
              setPins([]);
              showView();
            }),
          )
        : null,
    ),
    rows.length
      ? h("ol.pinned", { role: "list" }, rows.map((row) => pinnedItem(row, style)))
      : h("div.empty", h("p", t("pins.empty")), viewLink("provisions", {}, {}, VIEWS.provisions)),
  );
}

function styleChooser(style) {
  return h(
    "label",
    `${t("style")} `,
    h(
      "select",
      { "data-focus": "style", onchange: (event) => change({ form: event.target.value }, { replace: true }) },
      Object.entries(STYLE_NAMES).map(([value, name]) => h("option", { value, selected: value === style }, name)),
    ),
  );
}

function pinnedItem(row, style) {
  return h(
    "li.card",
    h("h2", viewLink("agreement", { id: row.agreement.id }, {}, shortTitle(row.agreement)), `, ${articleLabel(row)}`),
    leadText(row, []),
    clauseText(row, []),
    h("p.citation", citedAs(row, style)),
    h(
      "div.tools",
      button(t("details"), () => change({ open: row.key }), {
        className: "link",
        "aria-label": t("details.of", { address: articleLabel(row) }),
        "data-focus": `row-${row.place}`,
      }),
      button(t("pins.remove"), () => {
        togglePin(row);
        showView();
      }, { className: "link" }),
    ),
  );
}
