// The citation of a clause: agreement, article with paragraph and item, page.

const STEPS = {
  par: "",
  item: "",
  sub: "",
  indent: "indent ",
  text: "unnumbered para. ",
  recital: "recital ",
  fn: "footnote ",
};

/** The address below the article as lawyers write it: (1)(a); "unnumbered para. 2". */
function below(row) {
  const steps = row.clause_id.split("/");
  const article = steps.findLastIndex((step) => step.startsWith("art-"));
  let written = "";
  for (const step of steps.slice(article + 1)) {
    const [, kind, number] = /^([a-z]+)-(.*?)(?:~\d+)?$/.exec(step) ?? [null, "", ""];
    if (!(kind in STEPS) || !number || number === "x") continue;
    if (STEPS[kind]) written += `, ${STEPS[kind]}${number}`;
    else written += `(${number})`;
  }
  return written;
}

function articleLabel(row) {
  if (row.article) return `${row.article}${below(row)}`;
  const place = row.location === "preamble" ? "Preamble" : row.chapter || row.location;
  return `${place}${below(row)}`;
}

function pages(row) {
  if (row.page_start === null) return "";
  return row.page_end !== null && row.page_end !== row.page_start
    ? `${row.page_start}–${row.page_end}`
    : String(row.page_start);
}

function citation(row) {
  const agreement = row.agreement;
  const when = agreement.date_signed
    ? `signed ${longDate(agreement.date_signed)}`
    : agreement.date_in_force && `in force ${longDate(agreement.date_in_force)}`;
  const page = pages(row);
  return [
    `${agreement.name}${when ? ` (${when})` : ""}`,
    row.article ? [row.chapter, articleLabel(row)].filter(Boolean).join(", ") : articleLabel(row),
    row.article && row.heading ? `“${row.heading}”` : "",
    page && `${page.includes("–") ? "pp." : "p."} ${page}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function longDate(date) {
  const month = /^(\d{4})-(\d{2})$/.exec(date);
  if (month && Number(month[2]) >= 1 && Number(month[2]) <= 12) {
    return new Date(Date.UTC(Number(month[1]), Number(month[2]) - 1)).toLocaleDateString("en-GB", {
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    });
  }
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : null;
  // A browser turns 30 February into 1 March; such a date is shown as it is.
  if (!parsed || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) return date;
  return parsed.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
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
  announce("Copied.");
  const before = done.textContent;
  done.textContent = "Copied";
  setTimeout(() => {
    done.textContent = before;
  }, 1500);
}
