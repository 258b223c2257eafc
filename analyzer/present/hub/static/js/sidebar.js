// The filters at the side, the search box above the view, and the chips of the active filters.

const FILTERED_VIEWS = new Set(["map", "provisions", "trends", "agreements"]);
const OPEN_AT_FIRST = new Set(["party", "principle", "strength"]);
const FIRST_SHOWN = 8;
/** The parts of the page that the filters cover on a phone. */
const BEHIND = ".top, main, .bottom";
const choices = new Map();

function buildFilters() {
  const sidebar = fill(
    $("#filters"),
    h("div.filters-head", h("h2", "Filters"), button("Close", closeDrawer, { className: "quiet close-filters" })),
    YEARS.length ? periodFilter() : null,
    FACETS.filter((facet) => facet.key !== "agreement").map(facetFilter),
    reviewFilter(),
  );
  sidebar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawer();
  });
  buildSearch();
  onChange(showFilters);
  showFilters();
}

function buildSearch() {
  const input = h("input", {
    type: "search",
    id: "search",
    placeholder: "Search the text",
    autocomplete: "off",
    spellcheck: false,
    "aria-describedby": "search-help",
    oninput: debounce((event) => change({ q: event.target.value.trim(), page: "" }), 150),
  });
  const help = h(
    "details.search-help",
    h("summary", "How to search"),
    h(
      "div",
      { id: "search-help" },
      h(
        "p",
        "Several words must all occur (AND). ",
        h("code", "labour OR employment"),
        ", ",
        h("code", "NOT investment"),
        " or ",
        h("code", "-investment"),
        ", ",
        h("code", '"collective bargaining"'),
        ", ",
        h("code", "(visit* OR seminar*) training"),
        ". ",
        h("code", "*"),
        " stands for any letters: ",
        h("code", "labo*r"),
        ". Capitals and accents make no difference.",
      ),
    ),
  );
  fill(
    $("#above"),
    h(
      "div.search-row",
      h("label.hidden", { htmlFor: "search" }, "Search the text of the provisions"),
      input,
      button("Filters", openDrawer, { id: "open-filters", "aria-expanded": "false", "aria-controls": "filters" }),
    ),
    help,
    h("p.problem", { id: "search-problem", role: "alert" }),
    h("div.chosen", { id: "chosen" }),
  );
}

function periodFilter() {
  const [first, last] = YEARS.length ? [Math.min(...YEARS), Math.max(...YEARS)] : ["", ""];
  const year = (key, label, placeholder) =>
    h(
      "label",
      label,
      h("input", {
        type: "number",
        id: `year-${key}`,
        min: "1900",
        max: "2100",
        step: "1",
        placeholder: String(placeholder),
        oninput: debounce((event) => {
          const value = event.target.value;
          if (value === "" || /^\d{4}$/.test(value)) change({ [key]: value, page: "" });
        }, 250),
      }),
    );
  return h(
    "fieldset.period",
    h("legend", "Period"),
    h("div.years", year("from", "From", first), year("to", "To", last)),
  );
}

function reviewFilter() {
  const kinds = { "": "All", no: "Not marked for review", yes: "Marked for review" };
  return h(
    "fieldset.facet",
    h("legend", "Review"),
    Object.entries(kinds).map(([value, name]) =>
      h(
        "label.choice",
        h("input", { type: "radio", name: "review", value, onchange: () => change({ review: value, page: "" }) }),
        h("span.choice-name", name),
      ),
    ),
  );
}

/** Return the values of a facet: those of the codebook in its order, others by frequency. */
function facetValues(facet) {
  const tally = new Map();
  const rows = facet.ofAgreement
    ? AGREEMENTS.map((one) => facet.ofAgreement(one))
    : PROVISIONS.map((row) => facet.ofRow(row));
  for (const values of rows) for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1);
  const order = {
    category: CATEGORIES.map((one) => one.code),
    principle: CATEGORIES.map((one) => one.code),
    strength: STRENGTH_ORDER,
    pillar: PILLARS,
  }[facet.key];
  if (order) return order.filter((value) => tally.has(value));
  if (facet.key === "party") return [...tally.keys()].sort((a, b) => countryName(a).localeCompare(countryName(b)));
  return [...tally.keys()].sort((a, b) => tally.get(b) - tally.get(a) || a.localeCompare(b));
}

function facetFilter(facet) {
  const values = facetValues(facet);
  if (!values.length) return null;
  const items = new Map();
  let group = "";
  const list = h("ul.choices", { role: "list" });
  for (const value of values) {
    const category = facet.key === "category" ? CATEGORY.get(value) : null;
    if (category && category.group !== group) {
      group = category.group;
      list.append(h("li.choice-group", GROUPS[group] ?? group));
    }
    const box = h("input", { type: "checkbox", value, onchange: () => change(toggled(facet.key, value)) });
    const count = h("span.count");
    const coded = ["category", "principle"].includes(facet.key) ? h("b.code", value) : null;
    const item = h("li", h("label.choice", box, h("span.choice-name", coded, " ", facet.name(value)), count));
    items.set(value, { box, count, item, name: fold(facet.name(value)) });
    list.append(item);
  }
  choices.set(facet.key, items);
  const narrow = values.length > 2 * FIRST_SHOWN ? narrowInput(facet, items) : null;
  const active = h("span.active-count");
  const section = h(
    "details.facet",
    { open: OPEN_AT_FIRST.has(facet.key) || state[facet.key].length > 0 },
    h("summary", facet.title, " ", active),
    facet.several ? allBox(facet) : null,
    narrow,
    list,
  );
  section.dataset.facet = facet.key;
  return section;
}

/** The choice whether one value is enough or all must hold; it appears once two values are chosen. */
function allBox(facet) {
  return h(
    "label.choice.all-of",
    h("input", { type: "checkbox", value: facet.key, onchange: () => change(toggled("all", facet.key)) }),
    h("span.choice-name", facet.several),
  );
}

function narrowInput(facet, items) {
  return h("input.narrow", {
    type: "search",
    placeholder: `Find in ${items.size}`,
    "aria-label": `Find in the list: ${facet.title}`,
    oninput: (event) => {
      const wanted = fold(event.target.value.trim());
      for (const [value, one] of items)
        one.item.hidden = wanted !== "" && !`${value.toLowerCase()} ${one.name}`.includes(wanted);
    },
  });
}

function showFilters() {
  const filtered = FILTERED_VIEWS.has(state.view);
  document.body.classList.toggle("without-filters", !filtered);
  $("#above").hidden = !filtered;
  if (!filtered) return;
  const { counts, rows, agreements, withRows, query } = results();
  for (const facet of FACETS) {
    for (const [value, { box, count, item }] of choices.get(facet.key) ?? []) {
      const number = counts[facet.key].get(value) ?? 0;
      const words = number.toLocaleString("en");
      if (count.textContent !== words) count.textContent = words;
      box.checked = state[facet.key].includes(value);
      item.classList.toggle("none", number === 0 && !box.checked);
    }
    const active = $(`[data-facet="${facet.key}"] .active-count`);
    if (active) active.textContent = state[facet.key].length ? String(state[facet.key].length) : "";
    const all = $(`[data-facet="${facet.key}"] .all-of`);
    if (all) {
      all.hidden = state[facet.key].length < 2 && !state.all.includes(facet.key);
      $("input", all).checked = state.all.includes(facet.key);
    }
  }
  for (const radio of document.querySelectorAll('input[name="review"]')) radio.checked = radio.value === state.review;
  for (const [id, value] of [
    ["search", state.q],
    ["year-from", state.from],
    ["year-to", state.to],
  ]) {
    const input = $(`#${id}`);
    if (input && document.activeElement !== input && input.value !== value) input.value = value;
  }
  $("#search-problem").textContent = query.problem;
  showChosen();
  $("#open-filters").textContent = isFiltered() ? "Filters •" : "Filters";
  announce(`${plural(rows.length, "provision")} in ${withRows.size} of ${plural(agreements.length, "agreement")}.`);
}

function showChosen() {
  const chips = FACETS.flatMap((facet) =>
    state[facet.key].map((value) =>
      removable(`${facet.title}: ${facet.name(value)}`, () => change(toggled(facet.key, value))),
    ),
  );
  if (state.from || state.to) {
    chips.push(
      removable(`Period: ${state.from || "…"}–${state.to || "…"}`, () => change({ from: "", to: "", page: "" })),
    );
  }
  if (state.review) {
    chips.push(
      removable(state.review === "yes" ? "Marked for review" : "Not marked for review", () =>
        change({ review: "", page: "" }),
      ),
    );
  }
  const { rows, withRows, agreements } = results();
  fill(
    $("#chosen"),
    h(
      "p.found",
      h("strong", plural(rows.length, "provision")),
      ` in ${withRows.size.toLocaleString("en")} of ${plural(agreements.length, "agreement")}`,
    ),
    chips,
    isFiltered() ? button("Clear all", clearFilters, { className: "quiet clear" }) : null,
  );
}

function removable(words, remove) {
  return button(
    [words, h("span", { "aria-hidden": "true" }, " ×")],
    () => {
      remove();
      $("#search").focus({ preventScroll: true });
    },
    { className: "removable", "aria-label": `Remove the filter ${words}` },
  );
}

function clearFilters() {
  $("#search").value = "";
  change({ ...NO_FILTERS, page: "" });
  $("#search").focus({ preventScroll: true });
}

function openDrawer() {
  document.body.classList.add("drawer");
  for (const behind of document.querySelectorAll(BEHIND)) behind.inert = true;
  $("#open-filters").setAttribute("aria-expanded", "true");
  $(".close-filters").focus();
}

function closeDrawer() {
  if (!document.body.classList.contains("drawer")) return;
  document.body.classList.remove("drawer");
  for (const behind of document.querySelectorAll(BEHIND)) behind.inert = false;
  $("#open-filters").setAttribute("aria-expanded", "false");
  $("#open-filters").focus();
}
