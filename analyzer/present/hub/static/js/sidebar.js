// The filters at the side, and the chips of the active filters above the view.

const FILTERED_VIEWS = new Set(["map", "provisions", "trends", "ratifications", "agreements"]);
const OPEN_AT_FIRST = new Set(["party", "principle", "strength"]);
const FIRST_SHOWN = 8;
/** The parts of the page that the filters cover on a phone. */
const BEHIND = ".top, .views, main, .bottom";
const choices = new Map();

function buildFilters() {
  const sidebar = fill(
    $("#filters"),
    h("div.filters-head", h("h2", t("filters")), button(t("close"), closeDrawer, { className: "quiet close-filters" })),
    measureSwitch(),
    YEARS.length ? periodFilter() : null,
    FACETS.filter((facet) => facet.key !== "agreement").map(facetFilter),
    reviewFilter(),
  );
  sidebar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawer();
  });
  onChange(showFilters);
  showFilters();
}

/** The switch between the two measures, each with its definition beside it. */
function measureSwitch() {
  return h(
    "fieldset.facet.measure",
    h("legend", t("measure")),
    ["standards", "any"].map((value) =>
      h(
        "label.choice",
        h("input", {
          type: "radio",
          name: "measure",
          value,
          onchange: () => change({ measure: value === "any" ? "any" : "" }),
        }),
        h("span.choice-name", t(`measure.${value}`), h("span.definition", t(`measure.${value}-meaning`))),
      ),
    ),
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
    h("legend", t("period")),
    h("div.years", year("from", t("period.from"), first), year("to", t("period.to"), last)),
  );
}

function reviewFilter() {
  const kinds = { "": t("review.all"), no: t("review.no"), yes: t("review.yes") };
  return h(
    "fieldset.facet",
    h("legend", t("review")),
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
  if (facet.key === "party") return [...tally.keys()].sort((a, b) => inOrder(countryName(a), countryName(b)));
  return [...tally.keys()].sort((a, b) => tally.get(b) - tally.get(a) || inOrder(a, b));
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
      list.append(h("li.choice-group", groupName(group)));
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
    placeholder: t("facet.find", { n: items.size }),
    "aria-label": t("facet.find-label", { facet: facet.title }),
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
  const input = $("#search");
  if (document.activeElement !== input && input.value !== state.q) input.value = state.q;
  if (!filtered) {
    showDrawer();
    return;
  }
  const { counts, rows, agreements, query } = results();
  for (const facet of FACETS) showFacet(facet, counts[facet.key]);
  for (const radio of document.querySelectorAll('input[name="review"]')) radio.checked = radio.value === state.review;
  for (const radio of document.querySelectorAll('input[name="measure"]')) radio.checked = radio.value === measure();
  for (const key of ["from", "to"]) {
    const box = $(`#year-${key}`);
    if (box && document.activeElement !== box && box.value !== state[key]) box.value = state[key];
  }
  showChosen(query);
  $("#open-filters").textContent = isFiltered() ? t("filters.some") : t("filters");
  showDrawer();
  announce(foundWords(rows, agreements));
}

function showFacet(facet, tally) {
  for (const [value, { box, count, item }] of choices.get(facet.key) ?? []) {
    const left = tally.get(value) ?? 0;
    const words = number(left);
    if (count.textContent !== words) count.textContent = words;
    box.checked = state[facet.key].includes(value);
    item.classList.toggle("none", left === 0 && !box.checked);
  }
  const active = $(`[data-facet="${facet.key}"] .active-count`);
  if (active) active.textContent = state[facet.key].length ? String(state[facet.key].length) : "";
  const all = $(`[data-facet="${facet.key}"] .all-of`);
  if (all) {
    all.hidden = state[facet.key].length < 2 && !state.all.includes(facet.key);
    $("input", all).checked = state.all.includes(facet.key);
  }
}

function foundWords(rows, agreements) {
  const having = agreementsOf(rows, agreements).size;
  return tn("found", rows.length, { having: number(having), agreements: tn("count.agreement", agreements.length) });
}

/** The filters in words, each with what removes it: [key, words, changes]. */
function filtersInWords() {
  const chips = FACETS.flatMap((facet) =>
    state[facet.key].map((value) => [facet.key, `${facet.title}: ${facet.name(value)}`, toggled(facet.key, value)]),
  );
  if (state.q) chips.unshift(["q", t("filter.q", { q: state.q }), { q: "", page: "" }]);
  if (state.from || state.to) {
    const words = t("filter.period", { from: state.from || "…", to: state.to || "…" });
    chips.push(["period", words, { from: "", to: "", page: "" }]);
  }
  if (state.review) chips.push(["review", t(`review.${state.review}`), { review: "", page: "" }]);
  return chips;
}

function filterName(key) {
  return filtersInWords()
    .filter(([own]) => own === key)
    .map(([, words]) => words)
    .join(", ");
}

function withoutFilter(key) {
  if (key === "period") return { from: "", to: "", page: "" };
  return { [key]: MANY.includes(key) ? [] : "", page: "" };
}

function showChosen(query) {
  const { rows, agreements, taken } = results();
  const told = new Set();
  fill(
    $("#above"),
    h(
      "div.chosen",
      { id: "chosen" },
      h("p.found", foundWords(rows, agreements)),
      filtersInWords().map(([key, words, changes]) => {
        const first = !told.has(key);
        told.add(key);
        return removable(words, changes, first ? (taken[key] ?? 0) : 0);
      }),
      isFiltered() ? button(t("clear-all"), clearFilters, { className: "quiet clear" }) : null,
      h("span.spacer"),
      searchHelp(),
      button(t("filters"), openDrawer, { id: "open-filters", "aria-expanded": "false", "aria-controls": "filters" }),
    ),
    h("p.problem", { id: "search-problem", role: "alert" }, query.problem),
    synonymNote(),
  );
}

/** A chip that removes a filter; it says how many provisions this filter alone took away. */
function removable(words, changes, taken) {
  return button(
    [words, taken ? h("span.taken", ` −${number(taken)}`) : null, h("span", { "aria-hidden": "true" }, " ×")],
    () => {
      if ("q" in changes) $("#search").value = "";
      change(changes);
      $("#search").focus({ preventScroll: true });
    },
    {
      className: "removable",
      "aria-label": t("filter.remove", { filter: words }) + (taken ? ` (${tn("filter.took", taken)})` : ""),
      title: taken ? tn("filter.took", taken) : "",
    },
  );
}

function clearFilters() {
  $("#search").value = "";
  change({ ...NO_FILTERS, page: "" });
  $("#search").focus({ preventScroll: true });
}

/** On a phone the filters are a sheet; opening it is a step of the history, so that Back closes it. */
function openDrawer() {
  change({ panel: "filters" });
  $(".close-filters").focus();
}

function closeDrawer() {
  if (state.panel) change({ panel: "" }, { replace: true });
}

function showDrawer() {
  const open = state.panel === "filters" && FILTERED_VIEWS.has(state.view) && innerWidth <= 900;
  const before = document.body.classList.contains("drawer");
  document.body.classList.toggle("drawer", open);
  for (const behind of document.querySelectorAll(BEHIND)) behind.inert = open;
  for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]])
    if (open) $("#filters").setAttribute(name, value);
    else $("#filters").removeAttribute(name);
  $("#open-filters")?.setAttribute("aria-expanded", String(open));
  if (before && !open) $("#open-filters")?.focus();
}
