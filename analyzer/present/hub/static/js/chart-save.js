// Downloads of a chart: a picture with its title, legend, source and date, or its figures.

const PICTURE = { pad: 20, line: 19, title: 17, small: 12, scale: 2 };

async function saveChart(about, format) {
  const name = fold(about.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "chart";
  if (format === "csv") {
    const lines = [[about.title], [sourceLine()], [], about.columns, ...about.lines];
    const words = lines.map((line) => line.map((value) => csvCell(value)).join(",")).join("\r\n");
    save(`${name}.csv`, new Blob([`\ufeff${words}\r\n`], { type: "text/csv;charset=utf-8" }));
    return;
  }
  const { markup, width, height } = picture(about);
  if (format === "svg") {
    save(`${name}.svg`, new Blob([markup], { type: "image/svg+xml" }));
    return;
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
  await image.decode();
  const canvas = h("canvas");
  canvas.width = width * PICTURE.scale;
  canvas.height = height * PICTURE.scale;
  const context = canvas.getContext("2d");
  context.scale(PICTURE.scale, PICTURE.scale);
  context.drawImage(image, 0, 0);
  canvas.toBlob((blob) => save(`${name}.png`, blob), "image/png");
}

/** Who made the figures from what, and when the picture was taken. */
function sourceLine() {
  const today = new Date().toLocaleDateString(LOCALE, { day: "numeric", month: "long", year: "numeric" });
  return t("chart.source", { agreements: tn("count.agreement", AGREEMENTS.length), made: ABOUT.made_by, date: today });
}

/** Return a chart as a picture that stands alone: on white, colours resolved, with title, legend and source. */
function picture(about) {
  const theme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  const colours = getComputedStyle(document.documentElement);
  const inner = about.chart.cloneNode(true);
  const chartWidth = Number(inner.getAttribute("width"));
  const chartHeight = Number(inner.getAttribute("height"));
  const width = Math.max(chartWidth, 560) + 2 * PICTURE.pad;
  const titles = wrapped(about.title, Math.floor((width - 2 * PICTURE.pad) / 8.6));
  const sources = wrapped(sourceLine(), Math.floor((width - 2 * PICTURE.pad) / 6.2));
  const keys = legendRows(about.legend ?? [], width - 2 * PICTURE.pad);
  let y = PICTURE.pad + PICTURE.title;
  const parts = [];
  for (const line of titles) {
    parts.push(svgText(line, PICTURE.pad, y, `font-size="${PICTURE.title}" font-weight="600"`));
    y += 22;
  }
  for (const row of keys) {
    for (const { name, colour, x } of row) {
      parts.push(`<rect x="${PICTURE.pad + x}" y="${y - 10}" width="12" height="12" rx="2" fill="${colour}"/>`);
      parts.push(svgText(name, PICTURE.pad + x + 17, y, `font-size="${PICTURE.small}"`));
    }
    y += PICTURE.line;
  }
  inner.setAttribute("x", PICTURE.pad);
  inner.setAttribute("y", y);
  inner.removeAttribute("aria-label");
  inner.removeAttribute("role");
  parts.push(new XMLSerializer().serializeToString(inner));
  y += chartHeight + PICTURE.line;
  for (const line of sources) {
    parts.push(svgText(line, PICTURE.pad, y, `font-size="11" fill="#555"`));
    y += 15;
  }
  const height = y + PICTURE.pad / 2;
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" fill="#17202b"><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>`;
  const resolved = markup.replace(/var\((--[\w-]+)\)/g, (_, name) => colours.getPropertyValue(name).trim().replace(/"/g, "'"));
  document.documentElement.dataset.theme = theme;
  return { markup: resolved, width, height };
}

function svgText(words, x, y, look) {
  return `<text x="${x}" y="${y}" ${look}>${xmlText(words)}</text>`;
}

function wrapped(words, most) {
  const lines = [""];
  for (const word of words.split(" ")) {
    if (lines.at(-1).length + word.length + 1 > most && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = [lines.at(-1), word].filter(Boolean).join(" ");
  }
  return lines;
}

/** Place the entries of a legend in as many rows as they need. */
function legendRows(entries, width) {
  const rows = [];
  let x = width;
  for (const [name, colour] of entries) {
    const size = 17 + 6.6 * name.length + 18;
    if (x + size > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1).push({ name, colour, x });
    x += size;
  }
  return rows;
}
