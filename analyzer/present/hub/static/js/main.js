// The start: navigation, and the view that the address names.

const SHOW = {
  map: showMap,
  provisions: showProvisions,
  trends: showTrends,
  compare: showCompare,
  agreements: showAgreements,
  agreement: showAgreement,
  about: showAbout,
};

function showView() {
  const focused = document.activeElement?.dataset?.focus;
  SHOW[state.view]($("#view"));
  if (focused && document.activeElement === document.body)
    $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
  const name = state.view === "agreement" ? (AGREEMENT.get(state.id)?.name ?? "Agreement") : VIEWS[state.view];
  document.title = `${name} – Labour provisions in trade agreements`;
}

function showNavigation() {
  const current = state.view === "agreement" ? "agreements" : state.view;
  fill(
    $("#views"),
    Object.entries(VIEWS).map(([view, name]) =>
      viewLink(view, {}, { "aria-current": view === current ? "page" : null }, name),
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

function openHub() {
  const years = YEARS.length ? `, ${Math.min(...YEARS)}–${Math.max(...YEARS)}` : "";
  $("#summary").textContent =
    `${plural(AGREEMENTS.length, "agreement")}${years} · ${plural(PROVISIONS.length, "provision")}`;
  $("#theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme !== "dark"));
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches);
  fill(
    $("#bottom"),
    h("p", madeBy(), " This is not legal advice. ", viewLink("about", {}, {}, "About: limits, quality, how to cite")),
  );
  buildFilters();
  onChange((now, before) => {
    if (!onlyDialogChanged(now, before)) {
      showNavigation();
      showView();
      if (now.view !== before.view || now.id !== before.id) {
        scrollTo(0, 0);
        closeDrawer();
        // Screen readers announce the new view when the focus moves.
        $("#main").focus({ preventScroll: true });
      }
    }
    showDetail();
  });
  showNavigation();
  showView();
  showDetail();
  addEventListener(
    "resize",
    debounce(() => {
      if (innerWidth > 900) closeDrawer();
      if (state.view === "trends") showView();
    }, 200),
  );
}

openHub();
