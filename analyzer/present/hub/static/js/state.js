// The state of the page, kept in the fragment of the address: every view, filter and selection is a link, and every
// change of it a step of the browser's history.

const VIEW_NAMES = [
  "map", "provisions", "trends", "ratifications", "compare", "groups", "precedents", "agreements", "headline", "pins",
  "about",
]; // prettier-ignore
const VIEWS = Object.fromEntries(VIEW_NAMES.map((view) => [view, t(`view.${view}`)]));
/** Filters that hold several values, joined by commas in the address; "all" names those whose values must all hold. */
const MANY = [
  "party", "region", "pillar", "principle", "category", "instrument", "strength", "language", "place", "agreement",
  "all",
]; // prettier-ignore
const ONE = ["q", "from", "to", "review"];
/** Parameters that stay when the view changes. */
const KEPT = ["lang", "measure", "synonyms", "columns", "size", "with"];
/** Parameters that belong to one view only. */
const OWN = [
  "id", "sort", "page", "open", "panel", "on", "a", "b", "by", "map", "lines", "series", "left", "right", "form",
]; // prettier-ignore

let state = readAddress();
const listeners = [];

function readAddress(hash = location.hash) {
  const parameters = new URLSearchParams(hash.slice(1));
  const read = { view: parameters.get("view") ?? "" };
  if (!(read.view in VIEWS) && read.view !== "agreement") read.view = HAS_NETWORK ? "map" : "provisions";
  for (const key of MANY) read[key] = (parameters.get(key) ?? "").split(",").filter(Boolean).map(decodeComma);
  for (const key of [...ONE, ...KEPT, ...OWN]) read[key] = parameters.get(key) ?? "";
  for (const key of ["from", "to"]) if (!/^\d{4}$/.test(read[key])) read[key] = "";
  return read;
}

/** Return a value for the address; a comma in it (regions, ids) becomes ;; because commas join values. */
function encodeComma(value) {
  return value.replaceAll(",", ";;");
}

function decodeComma(value) {
  return value.replaceAll(";;", ",");
}

function address(changes = {}) {
  const wanted = { ...state, ...changes };
  const parameters = new URLSearchParams({ view: wanted.view });
  for (const key of MANY) if (wanted[key].length) parameters.set(key, wanted[key].map(encodeComma).join(","));
  for (const key of [...ONE, ...KEPT, ...OWN]) if (wanted[key]) parameters.set(key, wanted[key]);
  return `#${parameters}`;
}

/** Change the state by a step of the browser's history; `replace` is for what is no step, such as further letters. */
function change(changes, { replace = false } = {}) {
  const target = address(changes);
  if (target === address()) return;
  try {
    rememberScroll();
    // A dialog that this page opened is closed by a step back; one that a link opened is not.
    const opened = { dialog: replace ? history.state?.dialog : Boolean(changes.open && !state.open) };
    if (replace) history.replaceState({ ...history.state, ...opened }, "", target);
    else history.pushState(opened, "", target);
  } catch {
    // Some browsers limit how often the address may change; the view changes all the same.
  }
  tell(readAddress(target));
}

function tell(now) {
  const before = state;
  state = now;
  for (const listen of listeners) listen(state, before);
}

function ownCleared() {
  return Object.fromEntries(OWN.map((key) => [key, ""]));
}

function go(view, changes = {}) {
  change({ ...ownCleared(), ...changes, view });
}

/** Return a link to a view that also works when it is copied or opened in a new tab. */
function viewLink(view, changes, properties, ...children) {
  return h("a", { href: address({ ...ownCleared(), ...changes, view }), ...properties }, ...children);
}

function toggled(key, value) {
  const now = state[key];
  return { [key]: now.includes(value) ? now.filter((one) => one !== value) : [...now, value], page: "" };
}

const NO_FILTERS = {
  ...Object.fromEntries(MANY.map((key) => [key, []])),
  ...Object.fromEntries(ONE.map((key) => [key, ""])),
};

function isFiltered() {
  return MANY.some((key) => state[key].length) || ONE.some((key) => state[key]);
}

function onChange(listen) {
  listeners.push(listen);
}

history.scrollRestoration = "manual";

/** Keep where the reader is, so that a step back returns there. */
function rememberScroll() {
  try {
    history.replaceState({ ...history.state, y: scrollY }, "");
  } catch {
    // As above.
  }
}

addEventListener("scroll", debounce(rememberScroll, 200), { passive: true });
addEventListener("hashchange", () => {
  // Links such as "Skip to the content" use fragments of their own.
  if (!location.hash.includes("=") && location.hash.length > 1) return;
  const y = history.state?.y;
  tell(readAddress());
  if (y !== undefined) scrollTo(0, y);
});
