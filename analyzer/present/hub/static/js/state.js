// The state of the page, kept in the fragment of the address: every view, filter and selection is a link.

const VIEWS = {
  map: "Map",
  provisions: "Provisions",
  trends: "Trends",
  compare: "Compare",
  agreements: "Agreements",
  about: "About",
};
/** Filters that hold several values, joined by commas in the address; "all" names those whose values must all hold. */
const MANY = [
  "party",
  "region",
  "pillar",
  "principle",
  "category",
  "instrument",
  "strength",
  "language",
  "place",
  "agreement",
  "all",
];
const ONE = ["q", "from", "to", "review"];
/** Parameters that belong to one view only. */
const OWN = ["id", "sort", "page", "size", "columns", "open", "with", "on", "a", "b", "by", "map", "lines", "scroll"];

let state = readAddress();
const listeners = [];

function readAddress(hash = location.hash) {
  const parameters = new URLSearchParams(hash.slice(1));
  const read = { view: parameters.get("view") ?? "" };
  if (!(read.view in VIEWS) && read.view !== "agreement") read.view = HAS_PARTIES ? "map" : "provisions";
  for (const key of MANY) read[key] = (parameters.get(key) ?? "").split(",").filter(Boolean).map(decodeComma);
  for (const key of [...ONE, ...OWN]) read[key] = parameters.get(key) ?? "";
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
  for (const key of [...ONE, ...OWN]) if (wanted[key]) parameters.set(key, wanted[key]);
  return `#${parameters}`;
}

/** Change the state; a change of view adds a step to the browser's history, a change of filter does not. */
function change(changes, { step = false } = {}) {
  const target = address(changes);
  if (target === address()) return;
  try {
    if (step) history.pushState(null, "", target);
    else history.replaceState(null, "", target);
  } catch {
    // Some browsers limit how often the address may change; the view changes all the same.
  }
  const before = state;
  state = readAddress(target);
  for (const listen of listeners) listen(state, before);
}

function go(view, changes = {}) {
  const cleared = Object.fromEntries(OWN.map((key) => [key, ""]));
  change({ ...cleared, columns: state.columns, size: state.size, with: state.with, ...changes, view }, { step: true });
}

/** Return a link to a view that also works when it is copied or opened in a new tab. */
function viewLink(view, changes, properties, ...children) {
  const cleared = Object.fromEntries(OWN.map((key) => [key, ""]));
  const href = address({ ...cleared, columns: state.columns, size: state.size, with: state.with, ...changes, view });
  return h("a", { href, ...properties }, ...children);
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

addEventListener("hashchange", () => {
  // Links such as "Skip to the content" use fragments of their own.
  if (!location.hash.includes("=") && location.hash.length > 1) return;
  const before = state;
  state = readAddress();
  for (const listen of listeners) listen(state, before);
});
