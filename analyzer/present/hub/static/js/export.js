// Downloads of the filtered rows as CSV and XLSX.

/** Columns of the downloads: the name, as in the tables of `lpa analyze`, and the value of a row. */
const EXPORTED = [
  ["agreement_id", (row) => row.agreement.id],
  ["agreement", (row) => row.agreement.agreement],
  ["parties", (row) => row.agreement.states.join(";")],
  ["date_signed", (row) => row.agreement.date_signed],
  ["date_in_force", (row) => row.agreement.date_in_force],
  ["language", (row) => row.agreement.language],
  ["source_file", (row) => row.agreement.source_file],
  ["source_url", (row) => row.agreement.source_url],
  ["clause_id", (row) => row.clause_id],
  ["chapter", (row) => row.chapter],
  ["article", (row) => row.article],
  ["heading", (row) => row.heading],
  ["location", (row) => row.location],
  ["page_start", (row) => row.page_start],
  ["page_end", (row) => row.page_end],
  ["start", (row) => row.start],
  ["end", (row) => row.end],
  ["lead_in", (row) => row.lead_in],
  ["text", (row) => row.text],
  ["categories", (row) => row.codes.join(";")],
  ["pillars", (row) => row.pillars.join(";")],
  ["principles", (row) => row.principles.join(";")],
  ["instruments", (row) => row.instruments.join(";")],
  ["strength", (row) => row.strength],
  ["strength_words", (row) => row.strength_words],
  ["confidence", (row) => row.confidence],
  ["review", (row) => row.review],
  ["review_reason", (row) => row.review_reason],
  ["evidence", (row) => describeEvidence(row.evidence)],
  ["citation", citation],
];
/** Beginnings that a spreadsheet may run as a formula; as in the CSV of lpa, such a text gets an apostrophe in front. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
/** Most characters of a cell of a workbook (Microsoft, "Excel specifications and limits"). */
const CELL_LIMIT = 32_767;
const WIDE = {
  text: 80,
  agreement: 32,
  chapter: 26,
  heading: 24,
  clause_id: 26,
  evidence: 50,
  citation: 50,
  pillars: 24,
  categories: 20,
};

function describeEvidence(evidence) {
  const witnesses = new Map();
  for (const entry of evidence) {
    const code = entry.given ? entry.category.code : `not ${entry.category.code}`;
    const words = entry.words ? ` “${entry.words}”` : "";
    const witness =
      entry.source === "model"
        ? `model ${entry.confidence.toFixed(2)}${words}`
        : `${entry.rule}${words || ` (${entry.source})`}`;
    witnesses.set(code, [...(witnesses.get(code) ?? []), witness]);
  }
  return [...witnesses].map(([code, parts]) => `${code}: ${parts.join(", ")}`).join("; ");
}

function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const guarded = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function csvOf(rows) {
  const lines = [EXPORTED.map(([name]) => name), ...rows.map((row) => EXPORTED.map(([, value]) => value(row)))];
  return `\ufeff${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function saveCsv(rows) {
  save("labour-provisions.csv", new Blob([csvOf(rows)], { type: "text/csv;charset=utf-8" }));
  announce(tn("download.saved", rows.length, { format: "CSV" }));
}

/** A text as XML can hold it, cut where it exceeds a cell. */
function xlsxText(value) {
  const clean = value
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .toWellFormed();
  return clean.length <= CELL_LIMIT
    ? clean
    : `${clean.slice(0, CELL_LIMIT - 60).toWellFormed()} … [cut here: too long for a cell]`;
}

async function saveXlsx(rows) {
  const head = EXPORTED.map(([name]) => ({
    value: name,
    fontWeight: "bold",
    backgroundColor: "#1f3864",
    textColor: "#ffffff",
  }));
  const body = rows.map((row) => EXPORTED.map(([, value]) => xlsxCell(value(row))));
  const blob = await writeXlsxFile([head, ...body], {
    sheet: "Provisions",
    stickyRowsCount: 1,
    columns: EXPORTED.map(([name]) => ({ width: WIDE[name] ?? 14 })),
  }).toBlob();
  save("labour-provisions.xlsx", blob);
  announce(tn("download.saved", rows.length, { format: "XLSX" }));
}

function xlsxCell(value) {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number") return { value, type: Number, alignVertical: "top" };
  if (typeof value === "boolean") return { value: value ? "yes" : "no", type: String, alignVertical: "top" };
  return { value: xlsxText(value), type: String, wrap: true, alignVertical: "top" };
}
