// What binds the parties of an agreement: the instruments that it invokes, and who has ratified them.

/** What stands in a cell of the ratifications that has no year. */
const STANDING_MARKS = { [NOT_KNOWN]: "·", [NOT_RATIFIED]: "–" };

/** The instruments that the agreement invokes, and whether its parties are bound by them. */
function instrumentMatrix(one, rows) {
  const tally = new Map();
  for (const row of rows) for (const code of row.instruments) tally.set(code, (tally.get(code) ?? 0) + 1);
  const matrix = new Set(one.invoked.map(([code]) => code));
  const others = [...tally.keys()].filter((code) => !matrix.has(code)).sort();
  return h(
    "section.card",
    h("h2", t("facet.instrument")),
    one.invoked.length && one.states.length ? ratificationTable(one) : null,
    others.length
      ? h(
          "ul.instruments",
          { role: "list" },
          others.map((code) =>
            h("li", h("b.code", code), " ", instrumentTitle(code), h("span.count", tn("count.clause", tally.get(code)))),
          ),
        )
      : null,
    tally.size || one.invoked.length ? null : h("p.note", t("agreement.no-instrument")),
  );
}

function howInvoked(how) {
  return how === "named" ? t("invoked.named") : t("invoked.set", { set: raw.sets[how] ?? how });
}

function ratificationTable(one) {
  const cell = (place, at) => {
    const standing = Number(one.ratified[place * one.invoked.length + at]);
    const name = standingName(standing);
    const year = raw.years[one.states[place]]?.[one.invoked[at][0]];
    return h(
      `td.standing-${standing}`,
      { title: `${countryName(one.states[place])}, ${one.invoked[at][0]}: ${name}` },
      STANDING_MARKS[standing] ?? year ?? "",
      h("span.hidden", ` ${name}`),
    );
  };
  const head = ([code, how, mentions]) =>
    h(
      "th",
      {
        scope: "col",
        title: `${instrumentTitle(code)}: ${how.map(howInvoked).join("; ")}, ${tn("count.mention", mentions)}`,
      },
      h("b.code", code),
      how.includes("named") ? null : h("span.in-set", { "aria-label": t("invoked.star") }, "*"),
    );
  return [
    h(
      "div.scroll.matrix-scroll",
      { tabIndex: 0, role: "region", "aria-label": t("ratifications.matrix") },
      h(
        "table.ratifications",
        h("thead", h("tr", h("th", { scope: "col" }, t("column.party")), one.invoked.map(head))),
        h(
          "tbody",
          one.states.map((code, place) =>
            h(
              "tr",
              h("th", { scope: "row" }, countryName(code)),
              one.invoked.map((_, at) => cell(place, at)),
            ),
          ),
        ),
      ),
    ),
    h(
      "ul.legend",
      { role: "list" },
      [RATIFIED_AT_SIGNATURE, RATIFIED_LATER, NOT_RATIFIED, DENOUNCED].map((standing) =>
        h("li", h(`i.swatch.standing-${standing}`), standingName(standing)),
      ),
    ),
    h(
      "p.note",
      t("agreement.ratified-note"),
      ABOUT.ratifications_as_of ? ` ${t("ratifications.as-of", { date: longDate(ABOUT.ratifications_as_of) })}` : "",
      ` ${one.invoked.map(([code]) => `${code}: ${instrumentTitle(code)}`).join("; ")}.`,
    ),
  ];
}
