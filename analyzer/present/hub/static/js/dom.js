// Elements: making and finding them. Text always becomes a text node: no script writes HTML from strings.

function $(selector, root = document) {
  return root.querySelector(selector);
}

/** Make an element: h("button.quiet", {type: "button", onclick}, "Words", otherElement). */
function h(tag, properties, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  if (
    properties?.nodeType ||
    Array.isArray(properties) ||
    ((properties ?? null) !== null && typeof properties !== "object")
  ) {
    children.unshift(properties);
    properties = null;
  }
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !["list", "form", "role", "width", "height"].includes(key)) element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  put(element, children);
  return element;
}

function put(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child.nodeType ? child : String(child));
  }
  return element;
}

function fill(element, ...children) {
  element.replaceChildren();
  return put(element, children);
}

function button(words, onclick, properties = {}) {
  return h("button", { type: "button", onclick, ...properties }, words);
}

function debounce(act, milliseconds) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...values), milliseconds);
  };
}

/** Announce a change to screen readers. */
const announce = debounce((words) => {
  $("#status").textContent = words;
}, 400);

function save(name, blob) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function capital(words) {
  return words[0].toUpperCase() + words.slice(1);
}
