// The words of the page in the reader's language. All of them stand in messages.toml; no script holds any.

const raw = JSON.parse($("#lpa-data").textContent);
const PAGE_LANGUAGES = raw.page_languages;
/** The language of the page: that of the address, else that of most agreements. */
const LANG = chosenLanguage();
const MESSAGES = raw.messages[LANG];
const PLURALS = new Intl.PluralRules(LANG);
const LOCALE = LANG === "en" ? "en-GB" : LANG;

function chosenLanguage() {
  const wanted = new URLSearchParams(location.hash.slice(1)).get("lang") ?? "";
  return PAGE_LANGUAGES.includes(wanted) ? wanted : raw.language;
}

/** Return a message, {names} replaced by values: t("pager.size"). */
function t(key, values = {}) {
  const written = MESSAGES[key] ?? raw.messages.en[key] ?? key;
  return written.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Return a message that depends on a number; its forms "one|many" stand in the message: tn("count.provision", 3). */
function tn(key, count, values = {}) {
  const [one, many = one] = (MESSAGES[key] ?? raw.messages.en[key] ?? key).split("|");
  const form = PLURALS.select(count) === "one" ? one : many;
  return form.replace(/\{(\w+)\}/g, (whole, name) =>
    name === "n" ? number(count) : name in values ? String(values[name]) : whole,
  );
}

function number(value) {
  return value.toLocaleString(LOCALE);
}

function percent(share) {
  return `${Math.round(100 * share)} %`;
}

/** Sort words as a reader of the page expects them. */
function inOrder(a, b) {
  return a.localeCompare(b, LANG);
}

document.documentElement.lang = LANG;
