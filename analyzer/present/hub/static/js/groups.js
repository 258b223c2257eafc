// Two sets of agreements side by side: by party or group of States, region or period. A whole pillar at once: how many
// agreements of each have a category, and the wording that is typical of each.

const MOST_ALIKE = 60;
const GROUP_KINDS = {
  party: { of: (one) => one.partyCodes, name: countryName },
  region: { of: (one) => one.regions, name: regionName },
  period: { of: (one) => (one.year === null ? [] : [String(Math.floor(one.year / 10) * 10)]), name: (start) => `${start}–${Number(start) + 9}` },
  language: { of: (one) => [one.language], name: languageName },
}; // prettier-ignore

/** Agreements that are counted: one of the versions of each. */
function groupable() {
  return AGREEMENTS.filter((one) => one === one.main);
}

/** Return all groups with at least one agreement with labour provisions: [{key, kind, name, agreements}]. */
function allGroups() {
  return Object.entries(GROUP_KINDS).flatMap(([kind, { of, name }]) => {
    const members = new Map();
    for (const one of groupable())
      for (const value of of(one)) members.set(value, [...(members.get(value) ?? []), one]);
    return [...members]
      .map(([value, agreements]) => ({ key: `${kind}:${value}`, kind, name: name(value), agreements }))
      .filter((group) => group.agreements.some((one) => one.provisions.length))
      .sort((a, b) => (kind === "period" ? inOrder(a.name, b.name) : b.agreements.length - a.agreements.length || inOrder(a.name, b.name)));
  });
}

/** The two groups of the address; where it names none, the two parties with the most provisions that share no agreement. */
function chosenGroups(groups) {
  const weight = (group) => group.agreements.reduce((sum, one) => sum + one.provisions.length, 0);
  const parties = groups.filter((group) => group.kind === "party").sort((a, b) => weight(b) - weight(a));
  const left = groups.find((group) => group.key === state.left) ?? parties[0] ?? groups[0];
  const apart = (group) => group !== left && !group.agreements.some((one) => left.agreements.includes(one));
  const right = groups.find((group) => group.key === state.right) ?? parties.find(apart) ?? groups.find((group) => group !== left);
  return [left, right];
}

function showGroups(view) {
  const groups = allGroups();
  const focused = document.activeElement?.dataset?.focus;
  const [left, right] = groups.length ? chosenGroups(groups) : [];
  const pillar = PILLARS.includes(state.on) ? state.on : PILLARS.at(-1);
  if (!right) {
    fill(view, h("div.view-head", h("h1", VIEWS.groups)), h("div.empty", h("p", t("groups.none"))));
    return;
  }
  const sides = [left, right].map((group) => ({ ...group, rows: group.agreements.flatMap((one) => one.provisions).filter(countsForMeasure) }));
  const categories = CATEGORIES.filter((one) => one.pillar === pillar && sides.some((side) => side.rows.some((row) => row.codes.includes(one.code))));
  fill(
    view,
    h("div.view-head", h("h1", VIEWS.groups), h("div.tools", printButton())),
    h(
      "div.picker",
      groupPicker("left", groups, left),
      h("span", t("groups.against")),
      groupPicker("right", groups, right),
      pillarPicker(pillar),
    ),
    h("p.note", t(`measure.${measure()}-now`), " ", sharedNote(left, right)),
    categories.length
      ? [
          h("h2", t("groups.share-title", { pillar: pillarName(pillar), left: left.name, right: right.name })),
          shareTable(sides, categories.map((one) => [codeAndName(one.code), (side) => having(side, one), { category: [one.code] }])),
          h("h2", t("groups.indicators")),
          indicatorTable(sides, categories),
          h("h2", t("groups.wording", { pillar: pillarName(pillar) })),
          categories.map((one) => typicalPair(sides, one)),
        ]
      : h("div.empty", h("p", t("groups.nothing"))),
  );
  if (focused) $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function groupPicker(side, groups, chosen) {
  return h(
    "select",
    { "data-focus": side, "aria-label": t(`groups.${side}`), onchange: (event) => change({ [side]: event.target.value }) },
    Object.keys(GROUP_KINDS).map((kind) => {
      const own = groups.filter((group) => group.kind === kind);
      return own.length
        ? h("optgroup", { label: t(`groups.kind-${kind}`) }, own.map((group) => h("option", { value: group.key, selected: group === chosen || group.key === chosen.key }, `${group.name} (n = ${group.agreements.length})`)))
        : null;
    }),
  );
}

function pillarPicker(pillar) {
  return h(
    "label",
    `${t("facet.pillar")} `,
    h(
      "select",
      { "data-focus": "pillar", onchange: (event) => change({ on: event.target.value }) },
      PILLARS.map((one) => h("option", { value: one, selected: one === pillar }, pillarName(one))),
    ),
  );
}

function sharedNote(left, right) {
  const shared = left.agreements.filter((one) => right.agreements.includes(one)).length;
  return shared ? tn("groups.shared", shared) : "";
}

function having(side, category) {
  return new Set(side.rows.filter((row) => row.codes.includes(category.code)).map((row) => row.agreement)).size;
}

/** Shares of the agreements of both groups, the number of agreements beside every share. */
function shareTable(sides, lines, head = t("facet.category")) {
  const cell = (side, count) => {
    const all = side.agreements.length;
    return h(
      "td.number",
      h("span.bar", { "aria-hidden": "true" }, h("span.bar-with", { style: `width:${(90 * count) / all}px` }), h("span.bar-rest", { style: `width:${(90 * (all - count)) / all}px` })),
      `${percent(count / all)} (${t("groups.of", { n: count, all })})`,
    );
  };
  return h(
    "div.scroll",
    { tabIndex: 0, role: "region", "aria-label": t("groups.shares") },
    h(
      "table.plain.shares",
      h("caption.hidden", t("groups.shares")),
      h("thead", h("tr", h("th", { scope: "col" }, head), sides.map((side) => h("th.number", { scope: "col" }, side.name)))),
      h("tbody", lines.map(([name, countOf]) => h("tr", h("th", { scope: "row" }, name), sides.map((side) => cell(side, countOf(side)))))),
    ),
  );
}

/** The indicators on which the two groups differ most, and those that go with the pillar. */
function indicatorTable(sides) {
  const count = (side, one) => side.agreements.filter((agreement) => (agreement.indicators?.[one.place] ?? 0) > 0).length;
  const gap = (one) => Math.abs(count(sides[0], one) / sides[0].agreements.length - count(sides[1], one) / sides[1].agreements.length);
  const listed = INDICATORS.filter((one) => sides.some((side) => count(side, one)))
    .sort((a, b) => gap(b) - gap(a) || a.place - b.place)
    .slice(0, 15);
  if (!listed.length) return h("p.note", t("groups.no-indicators"));
  return shareTable(sides, listed.map((one) => [one.name, (side) => count(side, one)]), t("groups.indicator"));
}

/** The clause that is most like the others of its side: their typical wording. */
function typicalRow(rows) {
  const some = rows.slice(0, MOST_ALIKE).map((row) => [row, wordSet(row)]);
  const alike = ([, words]) => some.reduce((sum, [, other]) => sum + likeness(words, other), 0) + words.size / 1e4;
  return some.reduce((best, one) => (alike(one) > best[1] ? [one[0], alike(one)] : best), [null, -1])[0];
}

function typicalPair(sides, category) {
  return h(
    "section.typical",
    h("h3", codeAndName(category.code)),
    h(
      "div.columns",
      { style: "--columns:2", tabIndex: 0, role: "region", "aria-label": t("compare.beside", { name: category.name }) },
      sides.map((side) => {
        const rows = side.rows.filter((row) => row.codes.includes(category.code));
        const row = rows.length ? typicalRow(rows) : null;
        return h(
          "div.column",
          h("p.column-name", h("b", side.name), `: ${tn("count.provision", rows.length)}, ${t("groups.of", { n: having(side, category), all: side.agreements.length })} ${tn("overview.agreements", side.agreements.length)}`),
          row
            ? [
                h("p.note", strengthsOf(rows)),
                leadText(row, []),
                clauseText(row, []),
                h("p.note", button(`${shortTitle(row.agreement)}, ${articleLabel(row)}`, () => change({ open: row.key }), { className: "link", "data-focus": `row-${row.place}` })),
              ]
            : h("p.note", t("compare.none-here")),
        );
      }),
    ),
  );
}

function strengthsOf(rows) {
  return STRENGTH_ORDER.map((code) => [code, rows.filter((row) => row.strength === code).length])
    .filter(([, count]) => count)
    .map(([code, count]) => `${STRENGTHS[code]} ${percent(count / rows.length)} (${count})`)
    .join(" · ");
}
