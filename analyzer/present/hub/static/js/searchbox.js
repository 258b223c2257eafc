// The search box: suggestions while typing, the synonyms that were found as well, and the help.

const MOST_SUGGESTED = 8;
let suggestable = null;
let suggested = [];
let picked = -1;
/** True while the reader types: further letters are no further steps of the history. */
let typing = false;

function buildSearch() {
  const input = h("input", {
    type: "search",
    id: "search",
    placeholder: t("search.placeholder"),
    autocomplete: "off",
    spellcheck: false,
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "suggestions",
    "aria-describedby": "search-problem",
    oninput: (event) => {
      offer(event.target.value);
      searchFor();
    },
    onkeydown: onSearchKey,
    onblur: () => {
      typing = false;
      setTimeout(closeSuggestions, 150);
    },
  });
  fill(
    $("#finder"),
    h("label.hidden", { htmlFor: "search" }, t("search.label")),
    input,
    h("kbd.slash", { "aria-hidden": "true", title: t("search.slash") }, "/"),
    h("ul.suggestions", { id: "suggestions", role: "listbox", "aria-label": t("search.suggestions"), hidden: true }),
  );
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest?.("input, select, textarea, [contenteditable]") || $("dialog[open]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || busy) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** Search for what the box holds once the reader pauses; a suggestion that was taken has emptied it by then. */
const searchFor = debounce(() => {
  const q = $("#search").value.trim();
  if (q === state.q) return;
  const view = FILTERED_VIEWS.has(state.view) ? {} : { ...ownCleared(), view: "provisions" };
  change({ ...view, q, page: "" }, { replace: typing });
  typing = true;
  $("#search").focus({ preventScroll: true });
}, 150);

/** What can be suggested: parties, instruments, categories, agreements and phrases of the thesaurus. */
function suggestables() {
  if (suggestable) return suggestable;
  const named = (kind, key, values, name) =>
    [...values].map((value) => ({ kind, words: name(value), apply: () => change({ ...toView(), q: "", [key]: [value], page: "" }) }));
  const parties = new Set(AGREEMENTS.flatMap((one) => one.partyCodes));
  const instruments = new Set(PROVISIONS.flatMap((row) => row.instruments));
  const codes = new Set(PROVISIONS.flatMap((row) => row.codes));
  suggestable = [
    ...named("party", "party", parties, countryName),
    ...named("category", "category", codes, codeAndName),
    ...named("instrument", "instrument", instruments, (code) => `${code} ${instrumentTitle(code)}`),
    ...AGREEMENTS.map((one) => ({ kind: "agreement", words: titleWithYear(one), apply: () => go("agreement", { id: one.id }) })),
    ...raw.thesaurus.flatMap((phrases) => phrases.map((words) => ({ kind: "term", words, apply: () => searchNow(words) }))),
  ];
  for (const one of suggestable) one.folded = ` ${fold(one.words)}`;
  return suggestable;
}

function toView() {
  return FILTERED_VIEWS.has(state.view) ? {} : { ...ownCleared(), view: "provisions" };
}

function searchNow(words) {
  $("#search").value = words;
  change({ ...toView(), q: words, page: "" });
}

function offer(written) {
  const wanted = fold(written).trim();
  const hits = wanted.length < 2 ? [] : suggestables().filter((one) => one.folded.includes(` ${wanted}`));
  // A few of every kind, so that none crowds out the others.
  const perKind = new Map();
  suggested = hits.filter((one) => {
    perKind.set(one.kind, (perKind.get(one.kind) ?? 0) + 1);
    return perKind.get(one.kind) <= 3;
  }).slice(0, MOST_SUGGESTED);
  picked = -1;
  showSuggestions();
}

function showSuggestions() {
  const list = fill(
    $("#suggestions"),
    suggested.map((one, place) =>
      h(
        "li",
        {
          role: "option",
          id: `suggestion-${place}`,
          "aria-selected": String(place === picked),
          onpointerdown: (event) => {
            event.preventDefault();
            take(place);
          },
        },
        h("span", one.words),
        h("span.kind", t(`search.kind-${one.kind}`)),
      ),
    ),
  );
  list.hidden = suggested.length === 0;
  const input = $("#search");
  input.setAttribute("aria-expanded", String(suggested.length > 0));
  if (picked >= 0) input.setAttribute("aria-activedescendant", `suggestion-${picked}`);
  else input.removeAttribute("aria-activedescendant");
}

function closeSuggestions() {
  suggested = [];
  picked = -1;
  showSuggestions();
}

function take(place) {
  const one = suggested[place];
  closeSuggestions();
  if (one.kind !== "term") $("#search").value = "";
  typing = false;
  one.apply();
}

function onSearchKey(event) {
  if (event.key === "Escape" && suggested.length) {
    event.preventDefault();
    closeSuggestions();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!suggested.length) return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    picked = ((picked + step + suggested.length + 1) % (suggested.length + 1)) - 0;
    if (picked === suggested.length) picked = -1;
    showSuggestions();
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (picked >= 0) take(picked);
    else {
      closeSuggestions();
      searchFor();
    }
  }
}

/** What was searched for as well, and how to leave it. */
function synonymNote() {
  const { synonyms } = results().query;
  if (state.synonyms === "no" && state.q)
    return h("p.synonyms", button(t("synonyms.on"), () => change({ synonyms: "" }), { className: "link", "data-focus": "synonyms" }));
  if (!synonyms.length) return null;
  return h(
    "div.synonyms",
    h(
      "details",
      h("summary", tn("synonyms.found", synonyms.reduce((sum, one) => sum + one.others.length, 0))),
      synonyms.map((one) => h("p", h("b", `${one.words}: `), one.others.join(" · "))),
    ),
    button(t("synonyms.off"), () => change({ synonyms: "no" }), { className: "link", "data-focus": "synonyms" }),
  );
}

function searchHelp() {
  return h(
    "details.search-help",
    h("summary", t("search.how")),
    h(
      "table.plain",
      h("caption.hidden", t("search.how")),
      h(
        "tbody",
        raw.search_examples.map(([query, key]) => h("tr", h("th", { scope: "row" }, h("code", query)), h("td", t(key)))),
      ),
    ),
  );
}
