// Citations in the styles of lawyers and of reference managers.

/** What is cited of a row, without the words of any style. */
function partsOf(row) {
  const agreement = row.agreement;
  const digits = /\d.*/.exec(row.article)?.[0] ?? "";
  return {
    title: agreement.name,
    signed: agreement.date_signed,
    force: agreement.date_in_force,
    parties: agreement.parties.map(countryName),
    // "art 9.2(1)"; outside articles the place by its name.
    article: digits ? `${digits}${below(row)}` : "",
    place: articleLabel(row),
    page: pages(row),
    link: agreement.source_url,
    year: agreement.year,
  };
}

function partiesShort(parts, joint) {
  return parts.parties.length && parts.parties.length <= 3 ? parts.parties.join(joint) : "";
}

function joinedParts(...parts) {
  return parts.filter(Boolean).join(", ");
}

/** Return the year, month and day as American styles write them: "1 May 1998" is "May 1, 1998". */
function american(date) {
  return longDate(date, "en-US");
}

/** Title case: "Free trade agreement between …" as American styles print names of treaties stays as it is printed. */
const CITATION_STYLES = {
  plain: citation,
  oscola(row) {
    const parts = partsOf(row);
    const dates = joinedParts(
      parts.signed && `signed ${longDate(parts.signed, "en-GB")}`,
      parts.force && `entered into force ${longDate(parts.force, "en-GB")}`,
    );
    const where = parts.article ? `art ${parts.article}` : parts.place;
    return `${parts.title}${dates ? ` (${dates})` : ""} ${where}${parts.link ? ` <${parts.link}>` : ""}`;
  },
  bluebook(row) {
    const parts = partsOf(row);
    const where = parts.article ? `art. ${parts.article}` : parts.place;
    return joinedParts(
      parts.title,
      partiesShort(parts, "-"),
      where,
      american(parts.signed || parts.force),
      parts.page && `at ${parts.page}`,
      parts.link,
    );
  },
  apa(row) {
    const parts = partsOf(row);
    const where = parts.article ? `art. ${parts.article}` : parts.place;
    const head = joinedParts(parts.title, partiesShort(parts, "–"), where, american(parts.signed || parts.force));
    return `${head}.${parts.link ? ` ${parts.link}` : ""}`;
  },
  bibtex: (row) => bibtexOf([row]),
  ris: (row) => risOf([row]),
};
const STYLE_NAMES = { plain: t("style.plain"), oscola: "OSCOLA", bluebook: "Bluebook", apa: "APA", bibtex: "BibTeX", ris: "RIS" };

function citedAs(row, style) {
  const words = (CITATION_STYLES[style] ?? citation)(row);
  return style === "plain" && !words.endsWith(row.agreement.source_url || " ") ? `${words}.` : words;
}

/** Return an entry key that no other row has: "northern-pact-1998-art-9.2-par-1". */
function entryKey(row) {
  const address = row.clause_id.split("/").slice(-3).join("-");
  return [row.agreement.id, row.agreement.year, address]
    .filter(Boolean)
    .join("-")
    .replace(/[^\w.-]+/g, "_");
}

function bibtexOf(rows) {
  const safe = (words) => String(words).replace(/\\/g, "\\textbackslash ").replace(/([{}%&#$_])/g, "\\$1");
  return rows
    .map((row) => {
      const parts = partsOf(row);
      const fields = {
        title: `{${safe(parts.title)}}`,
        year: parts.year ?? "",
        date: parts.signed || parts.force,
        note: safe(joinedParts(row.chapter, parts.place, row.heading && `“${row.heading}”`)),
        pages: parts.page.replace("–", "--"),
        url: parts.link,
        language: row.agreement.language,
        abstract: safe(cleanLines(row.text).replace(/\n/g, " ")),
      };
      const lines = Object.entries(fields).filter(([, value]) => value !== "");
      return `@misc{${entryKey(row)},\n${lines.map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}\n`;
    })
    .join("\n");
}

function risOf(rows) {
  return rows
    .map((row) => {
      const parts = partsOf(row);
      const lines = [
        ["TY", "GEN"],
        ["TI", parts.title],
        ["DA", (parts.signed || parts.force).replaceAll("-", "/")],
        ["PY", parts.year ?? ""],
        ["SE", joinedParts(row.chapter, parts.place)],
        ["SP", row.page_start ?? ""],
        ["EP", row.page_end ?? ""],
        ["UR", parts.link],
        ["LA", row.agreement.language],
        ["AB", wholeWords(row).replace(/\n/g, " ")],
        ["ID", entryKey(row)],
      ];
      return [...lines.filter(([, value]) => value !== ""), ["ER", ""]].map(([tag, value]) => `${tag}  - ${value}`).join("\r\n");
    })
    .join("\r\n\r\n")
    .concat("\r\n");
}
