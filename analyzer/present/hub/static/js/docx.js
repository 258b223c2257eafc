// A Word document of clauses: the smallest package that Word, LibreOffice and Google Docs open, written without compression.

const WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";

function xmlText(words) {
  return xlsxText(String(words)).replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
}

function docxParagraph(words, style = "", mark = "") {
  const lines = String(words)
    .split("\n")
    .map((line) => `<w:t xml:space="preserve">${xmlText(line)}</w:t>`)
    .join("<w:br/>");
  const look = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : "";
  return `<w:p>${look}<w:r>${mark}${lines}</w:r></w:p>`;
}

/** Return the document of some rows: heading, lead-in in grey, clause, what it was given, citation in a style. */
function docxOf(rows, style) {
  const body = rows.map((row) =>
    [
      docxParagraph(`${shortTitle(row.agreement)}, ${articleLabel(row)}`, "Heading2"),
      row.lead_in ? docxParagraph(cleanLines(row.lead_in), "LeadIn") : "",
      docxParagraph(cleanLines(row.text), "Quote"),
      docxParagraph([...row.codes.map(codeAndName), STRENGTHS[row.strength]].join(" · "), "Notes"),
      docxParagraph(citedAs(row, style), "Notes"),
    ].join(""),
  );
  const title = docxParagraph(t("title"), "Heading1") + docxParagraph(madeBy(), "Notes");
  const files = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD_TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD_TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "word/document.xml": `<w:document xmlns:w="${WORD_NAMESPACE}"><w:body>${title}${body.join("")}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    "word/styles.xml": `<w:styles xmlns:w="${WORD_NAMESPACE}">${docxStyles()}</w:styles>`,
  };
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const entries = Object.entries(files).map(([name, words]) => [name, new TextEncoder().encode(head + words)]);
  return new Blob(zipped(entries), { type: `${WORD_TYPE}.document` });
}

function docxStyles() {
  const style = (id, name, look, more = "") =>
    `<w:style w:type="paragraph" w:styleId="${id}"${id === "Normal" ? ' w:default="1"' : ""}><w:name w:val="${name}"/>${id === "Normal" ? "" : '<w:basedOn w:val="Normal"/>'}<w:pPr>${more}</w:pPr><w:rPr>${look}</w:rPr></w:style>`;
  const grey = '<w:color w:val="595959"/>';
  return [
    style("Normal", "Normal", '<w:sz w:val="22"/>', '<w:spacing w:after="80"/>'),
    style("Heading1", "heading 1", '<w:b/><w:sz w:val="32"/>', '<w:outlineLvl w:val="0"/>'),
    style("Heading2", "heading 2", '<w:b/><w:sz w:val="24"/>', '<w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="1"/>'),
    style("LeadIn", "Lead-in", grey, '<w:ind w:left="284"/>'),
    style("Quote", "Quote", "", '<w:ind w:left="284"/>'),
    style("Notes", "Notes", `${grey}<w:sz w:val="18"/>`, '<w:ind w:left="284"/>'),
  ].join("");
}

let crcTable = null;

/** CRC-32 of bytes, as ZIP asks for it (ISO 3309). */
function crc32(bytes) {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, place) => {
    let value = place;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Return the parts of a ZIP file that stores its entries uncompressed; dated 1980, so that the same rows make the same. */
function zipped(entries) {
  const parts = [];
  const directory = [];
  let at = 0;
  const record = (signature, fields) => {
    const view = new DataView(new ArrayBuffer(4 + fields.reduce((sum, [size]) => sum + size, 0)));
    view.setUint32(0, signature, true);
    let place = 4;
    for (const [size, value] of fields) {
      if (size === 2) view.setUint16(place, value, true);
      else view.setUint32(place, value, true);
      place += size;
    }
    return new Uint8Array(view.buffer);
  };
  for (const [name, bytes] of entries) {
    const label = new TextEncoder().encode(name);
    const common = [[2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x21], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, label.length], [2, 0]]; // prettier-ignore
    const local = record(0x04034b50, common);
    directory.push(record(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]), label);
    parts.push(local, label, bytes);
    at += local.length + label.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = entries.length;
  return [...parts, ...directory, record(0x06054b50, [[2, 0], [2, 0], [2, count], [2, count], [4, size], [4, at], [2, 0]])];
}
