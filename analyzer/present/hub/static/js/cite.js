// The address of a clause and its citation: agreement, date, article with paragraph and item, page, link.

/** The steps of an address below its article; those with a name are written with it. */
const STEPS = { par: "", item: "", sub: "", indent: "cite.indent", text: "cite.unnumbered", recital: "cite.recital", fn: "cite.footnote" };

/** The address below the article as lawyers write it: (1)(a); "unnumbered para. 2". */
function below(row) {
  const steps = row.clause_id.split("/");
  const article = steps.findLastIndex((step) => step.startsWith("art-"));
  let written = "";
  for (const step of steps.slice(article + 1)) {
    const [, kind, digits] = /^([a-z]+)-(.*?)(?:~\d+)?$/.exec(step) ?? [null, "", ""];
    if (!(kind in STEPS) || !digits || digits === "x") continue;
    if (STEPS[kind]) written += `, ${t(STEPS[kind])} ${digits}`;
    else written += `(${digits})`;
  }
  return written;
}

/** Return a heading that is printed in capitals as a reader writes it: "ARTICLE 17.10" becomes "Article 17.10". */
function calm(label) {
  return label.replace(/^\p{Lu}{4,}(?= )/u, (word) => word[0] + word.slice(1).toLowerCase());
}

function articleLabel(row) {
  if (row.article) return `${calm(row.article)}${below(row)}`;
  const place = row.location === "preamble" ? placeName("preamble") : calm(row.chapter) || placeName(row.location);
  return `${place}${below(row)}`;
}

function pages(row) {
  if (row.page_start === null) return "";
  return row.page_end !== null && row.page_end !== row.page_start
    ? `${row.page_start}–${row.page_end}`
    : String(row.page_start);
}

function pageLabel(row) {
  const page = pages(row);
  return page && t(page.includes("–") ? "cite.pages" : "cite.page", { page });
}

function citation(row) {
  const agreement = row.agreement;
  const dates = [
    agreement.date_signed && t("cite.signed", { date: longDate(agreement.date_signed) }),
    !agreement.date_signed && agreement.date_in_force && t("cite.in-force", { date: longDate(agreement.date_in_force) }),
  ].filter(Boolean);
  return [
    `${agreement.name}${dates.length ? ` (${dates.join(", ")})` : ""}`,
    row.article ? [row.chapter, articleLabel(row)].filter(Boolean).join(", ") : articleLabel(row),
    row.article && row.heading ? `“${row.heading}”` : "",
    pageLabel(row),
    agreement.source_url,
  ]
    .filter(Boolean)
    .join(", ");
}

/** The address by which this very clause is found again in this file. */
function permanentLink(row) {
  const parameters = new URLSearchParams({ view: "agreement", id: row.agreement.id, open: row.key });
  return `${location.href.split("#")[0]}#${parameters}`;
}

function parsedDate(date) {
  const month = /^(\d{4})-(\d{2})$/.exec(date);
  if (month && Number(month[2]) >= 1 && Number(month[2]) <= 12)
    return { at: new Date(Date.UTC(Number(month[1]), Number(month[2]) - 1)), day: false };
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : null;
  // A browser turns 30 February into 1 March; such a date is shown as it is.
  if (!parsed || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) return null;
  return { at: parsed, day: true };
}

function longDate(date, locale = LOCALE) {
  const parsed = parsedDate(date);
  if (!parsed) return date;
  const day = parsed.day ? { day: "numeric" } : {};
  return parsed.at.toLocaleDateString(locale, { ...day, month: "long", year: "numeric", timeZone: "UTC" });
}

async function copyText(words, done) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // A file opened from a disk may not use the clipboard interface; the older way still works there.
    const area = h("textarea", { value: words, readOnly: true, className: "hidden" });
    ($("dialog[open]") ?? document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  announce(t("copied"));
  const before = done.textContent;
  done.textContent = t("copied");
  setTimeout(() => {
    done.textContent = before;
  }, 1500);
}
