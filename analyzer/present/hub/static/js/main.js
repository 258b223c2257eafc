// The start: navigation, and the view that the address names.

const SHOW = {
  map: showMap,
  provisions: showProvisions,
  trends: showTrends,
  ratifications: showRatifications,
  compare: showCompare,
  groups: showGroups,
  precedents: showPrecedents,
  agreements: showAgreements,
  agreement: showAgreement,
  headline: showHeadline,
  pins: showPins,
  about: showAbout,
};

function showView() {
  const focused = document.activeElement?.dataset?.focus;
  SHOW[state.view]($("#view"));
  if (focused && document.activeElement === document.body)
    $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
  const name = state.view === "agreement" ? (AGREEMENT.get(state.id)?.short ?? t("column.agreement")) : VIEWS[state.view];
  document.title = `${name} – ${t("title")}`;
}

function showNavigation() {
  const current = state.view === "agreement" ? "agreements" : state.view;
  fill(
    $("#views"),
    Object.entries(VIEWS).map(([view, name]) =>
      viewLink(
        view,
        {},
        { "aria-current": view === current ? "page" : null },
        view === "pins" && pins.length ? `${name} (${pins.length})` : name,
      ),
    ),
  );
}

/** Return whether only the dialog must react to a change of state. */
function onlyDialogChanged(now, before) {
  return now.open !== before.open && JSON.stringify({ ...now, open: "" }) === JSON.stringify({ ...before, open: "" });
}

function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  $("#theme").setAttribute("aria-pressed", String(dark));
}

function buildFrame() {
  const years = YEARS.length ? `, ${Math.min(...YEARS)}–${Math.max(...YEARS)}` : "";
  $("#summary").textContent =
    `${tn("count.agreement", AGREEMENTS.length)}${years} · ${tn("count.provision", PROVISIONS.length)}`;
  $("#name").textContent = t("title");
  $(".skip").textContent = t("skip");
  // The running title of printed pages.
  document.head.append(h("style", `@page { @top-left { content: ${JSON.stringify(t("title"))}; font: 8pt sans-serif; color: #444; } }`));
  $("#views").setAttribute("aria-label", t("views"));
  $("#filters").setAttribute("aria-label", t("filters"));
  fill($("#theme"), t("dark"));
  $("#theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme !== "dark"));
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches);
  fill(
    $("#language"),
    h("label.hidden", { htmlFor: "page-language" }, t("page-language")),
    h(
      "select",
      { id: "page-language", onchange: (event) => speak(event.target.value) },
      PAGE_LANGUAGES.map((code) =>
        h("option", { value: code, lang: code, selected: code === LANG }, raw.messages[code]["language-name"]),
      ),
    ),
  );
  fill($("#bottom"), h("p", madeBy(), ` ${t("not-advice")} `, viewLink("about", {}, {}, t("about.link"))));
}

/** Show the page in another language: it opens again at the same address, since every word depends on it. */
function speak(language) {
  history.replaceState(history.state, "", address({ lang: language === raw.language ? "" : language }));
  location.reload();
}

function openHub() {
  buildFrame();
  buildSearch();
  buildFilters();
  onChange((now, before) => {
    if (now.lang !== before.lang && chosenLanguage() !== LANG) {
      location.reload();
      return;
    }
    if (!onlyDialogChanged(now, before)) {
      showNavigation();
      showView();
      if (now.view !== before.view || now.id !== before.id) {
        scrollTo(0, 0);
        // Screen readers announce the new view when the focus moves.
        if (document.activeElement !== $("#search")) $("#main").focus({ preventScroll: true });
      }
    }
    showDetail();
    if (!now.open && before.open) focusOpener();
  });
  showNavigation();
  showView();
  showDetail();
  addEventListener(
    "resize",
    debounce(() => {
      showDrawer();
      if (state.view === "trends") showView();
    }, 200),
  );
}

openHub();
