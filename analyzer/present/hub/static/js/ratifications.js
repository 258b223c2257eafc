// Ratifications: which parties are not bound by the Conventions that their agreements invoke, gaps first.

/** The ways to invoke an instrument, the strongest first, and those by which a party can lack one. */
const INVOCATIONS = raw.invocations.map(([code]) => code);
const CAN_LACK = new Set(raw.can_lack);

/** Return one line per party and instrument: {party, code, standing, forms, gap, agreements: [{agreement, form, clauses}]}. */
function ratificationLines() {
  const lines = new Map();
  const wanted = new Set(state.party);
  for (const agreement of results().agreements) {
    agreement.states.forEach((party, place) => {
      if (wanted.size && !wanted.has(party) && !isGroupChosen(agreement, party, wanted)) return;
      agreement.invoked.forEach(([code, through, mentions, form, clauses], at) => {
        const standing = Number(agreement.ratified[place * agreement.invoked.length + at]);
        if (standing === NOT_KNOWN) return;
        if (state.instrument.length && !state.instrument.includes(code)) return;
        const key = `${party}|${code}`;
        const line = lines.get(key) ?? { party, code, standing, gap: false, forms: new Set(), agreements: [] };
        line.forms.add(form);
        line.gap ||= CAN_LACK.has(form) && (standing === NOT_RATIFIED || standing === DENOUNCED);
        line.agreements.push({ agreement, form, clauses, through });
        lines.set(key, line);
      });
    });
  }
  return [...lines.values()];
}

/** A group that is chosen stands for its members. */
function isGroupChosen(agreement, party, wanted) {
  return agreement.sides.some(([code, ...members]) => wanted.has(code) && members.includes(party));
}

function strongestForm(line) {
  return INVOCATIONS.find((form) => line.forms.has(form)) ?? "";
}

const RATIFICATION_COLUMNS = [
  { key: "standing", title: t("column.standing"), value: (line) => (line.gap ? 0 : line.standing === NOT_RATIFIED ? 1 : line.standing === DENOUNCED ? 2 : 3) },
  { key: "party", title: t("column.party"), value: (line) => countryName(line.party) },
  { key: "instrument", title: t("column.instrument"), value: (line) => line.code },
  { key: "form", title: t("column.form"), value: (line) => INVOCATIONS.indexOf(strongestForm(line)) },
  { key: "agreements", title: t("column.agreements"), value: (line) => -line.agreements.length },
]; // prettier-ignore

function showRatifications(view) {
  const all = ratificationLines();
  const kinds = { gaps: (line) => line.gap, all: () => true, "": (line) => line.gap };
  const chosen = state.form === "all" ? "all" : INVOCATIONS.includes(state.form) ? state.form : "gaps";
  const fits = kinds[chosen] ?? ((line) => line.forms.has(chosen));
  const [, key, down] = /^([a-z]+)(-?)$/.exec(state.sort || "standing") ?? [];
  const column = RATIFICATION_COLUMNS.find((one) => one.key === key) ?? RATIFICATION_COLUMNS[0];
  const listed = all.filter(fits).sort((a, b) => {
    const [left, right] = [column.value(a), column.value(b)];
    const order = typeof left === "string" ? inOrder(left, right) : left - right;
    return (down ? -1 : 1) * order || b.agreements.length - a.agreements.length || inOrder(countryName(a.party), countryName(b.party)) || inOrder(a.code, b.code);
  });
  const focused = document.activeElement?.dataset?.focus;
  fill(
    view,
    h("div.view-head", h("h1", VIEWS.ratifications), h("div.tools", formChooser(chosen, all), printButton())),
    h("p.note", t("ratifications.lead"), ABOUT.ratifications_as_of ? ` ${t("ratifications.as-of", { date: longDate(ABOUT.ratifications_as_of) })}` : ""),
    all.length ? gapMatrix(all) : null,
    listed.length
      ? h("section", h("h2", tn("ratifications.count", listed.length)), ratificationList(listed, column, down))
      : h("div.empty", h("p", t(all.length ? "ratifications.no-gap" : "ratifications.none"))),
  );
  if (focused) $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function formChooser(chosen, all) {
  const gaps = all.filter((line) => line.gap).length;
  const options = [
    ["gaps", `${t("ratifications.gaps")} (${number(gaps)})`],
    ["all", `${t("ratifications.all")} (${number(all.length)})`],
    ...INVOCATIONS.map((form) => [form, `${invocationName(form)} (${number(all.filter((line) => line.forms.has(form)).length)})`]),
  ];
  return h(
    "label",
    `${t("ratifications.show")} `,
    h(
      "select",
      { "data-focus": "form", onchange: (event) => change({ form: event.target.value === "gaps" ? "" : event.target.value }) },
      options.map(([value, name]) => h("option", { value, selected: value === chosen }, name)),
    ),
  );
}

/** Parties by instruments at a glance: those with most gaps first, all of them on paper. */
function gapMatrix(all) {
  const gaps = all.filter((line) => line.gap);
  if (!gaps.length) return null;
  const codes = [...new Set(gaps.map((line) => line.code))].sort();
  const byParty = new Map();
  for (const line of all) {
    if (!byParty.has(line.party)) byParty.set(line.party, new Map());
    byParty.get(line.party).set(line.code, line);
  }
  const lacking = (party) => [...byParty.get(party).values()].filter((line) => line.gap).length;
  const parties = [...byParty.keys()].filter(lacking).sort((a, b) => lacking(b) - lacking(a) || inOrder(countryName(a), countryName(b)));
  return h(
    "div.scroll.matrix-scroll",
    { tabIndex: 0, role: "region", "aria-label": t("ratifications.matrix") },
    h(
      "table.ratifications",
      h("caption.hidden", t("ratifications.matrix")),
      h("thead", h("tr", h("th", { scope: "col" }, t("column.party")), codes.map((code) => h("th", { scope: "col", title: instrumentTitle(code) }, code)))),
      h(
        "tbody",
        parties.map((party) =>
          h("tr", h("th", { scope: "row" }, countryName(party)), codes.map((code) => gapCell(byParty.get(party).get(code)))),
        ),
      ),
    ),
  );
}

function gapCell(line) {
  if (!line) return h("td", h("span.hidden", t("ratifications.not-invoked")));
  const year = raw.years[line.party]?.[line.code];
  return h(
    `td.standing-${line.standing}`,
    { title: `${countryName(line.party)}, ${line.code} ${instrumentTitle(line.code)}: ${standingName(line.standing)}` },
    line.gap ? "✕" : line.standing === NOT_RATIFIED ? "–" : (year ?? ""),
    h("span.hidden", ` ${standingName(line.standing)}`),
  );
}

function ratificationList(listed, column, down) {
  const head = (one) => {
    const sorted = one === column ? (down ? "descending" : "ascending") : "none";
    return sortHead(one, sorted, sorted === "ascending" ? `${one.key}-` : one.key);
  };
  return scrollingTable(
    "table.provisions.gaps",
    t("ratifications.list"),
    t("ratifications.list"),
    RATIFICATION_COLUMNS.map(head),
    h("tbody", { role: "rowgroup" }, listed.map(ratificationRow)),
  );
}

function ratificationRow(line) {
  const year = raw.years[line.party]?.[line.code];
  const cells = {
    standing: h(`span.standing.standing-${line.standing}`, [line.gap ? t("ratifications.gap") : standingName(line.standing), year && line.standing !== NOT_RATIFIED ? ` ${year}` : ""]),
    party: countryName(line.party),
    instrument: [h("b.code", line.code), ` ${instrumentTitle(line.code)}`],
    form: invocationName(strongestForm(line)),
    agreements: h("ul.invoking", { role: "list" }, line.agreements.map((one) => invokingItem(line, one))),
  };
  return h(
    "tr",
    { role: "row" },
    RATIFICATION_COLUMNS.map((column) => h("td", { role: "cell", "data-title": column.title }, cells[column.key])),
  );
}

/** The agreement and the clauses by which it invokes the instrument. */
function invokingItem(line, { agreement, clauses }) {
  const rows = clauses.map((id) => PROVISION.get(`${agreement.id}|${id}`)).filter(Boolean);
  return h(
    "li",
    viewLink("agreement", { id: agreement.id }, { lang: agreement.language }, shortTitle(agreement)),
    rows.slice(0, 3).map((row) => [
      ", ",
      button(articleLabel(row), () => change({ open: row.key }), {
        className: "link",
        "aria-label": t("details.of", { address: `${shortTitle(agreement)}, ${articleLabel(row)}` }),
      }),
    ]),
  );
}
