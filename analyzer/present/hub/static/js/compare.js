// Two to six agreements side by side: the categories of each, and the clauses of one category.

const MOST_COMPARED = 6;

function comparedIds() {
  return [...new Set(state.with.split(",").filter(Boolean).map(decodeComma))]
    .filter((id) => AGREEMENT.has(id))
    .slice(0, MOST_COMPARED);
}

function setCompared(ids) {
  change({ with: ids.map(encodeComma).join(","), a: "", b: "" }, { step: true });
}

function showCompare(view) {
  const ids = comparedIds();
  const chosen = ids.map((id) => AGREEMENT.get(id));
  const focused = document.activeElement?.dataset?.focus;
  fill(
    view,
    h(
      "div.view-head",
      h("h1", VIEWS.compare),
      chosen.length
        ? h(
            "div.tools",
            printButton(),
          )
        : null,
    ),
    comparePicker(chosen),
    chosen.length < 2
      ? h("div.empty", h("p", t("compare.choose")), suggestions(chosen))
      : [differences(chosen), compareMatrix(chosen), sideBySide(chosen)],
  );
  if (focused) $(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function comparePicker(chosen) {
  const others = AGREEMENTS.filter((one) => !chosen.includes(one)).sort((a, b) => inOrder(a.short, b.short));
  const select = h(
    "select",
    {
      id: "add-agreement",
      "data-focus": "add-agreement",
      disabled: chosen.length >= MOST_COMPARED,
      onchange: (event) => {
        if (event.target.value) setCompared([...chosen.map((one) => one.id), event.target.value]);
      },
    },
    h("option", { value: "" }, t(chosen.length >= MOST_COMPARED ? "compare.full" : "compare.add")),
    others.map((one) =>
      h("option", { value: one.id }, `${shortTitle(one)} – ${tn("count.provision", one.provisions.length)}`),
    ),
  );
  return h(
    "div.picker",
    h("label.hidden", { htmlFor: "add-agreement" }, t("compare.add-label")),
    select,
    chosen.map((one) =>
      button(
        [shortTitle(one), h("span", { "aria-hidden": "true" }, " ×")],
        () => setCompared(chosen.filter((other) => other !== one).map((other) => other.id)),
        { className: "removable", "aria-label": t("compare.remove", { name: one.name }) },
      ),
    ),
  );
}

function suggestions(chosen) {
  const names = new Set(chosen.map((one) => one.name));
  const richest = AGREEMENTS.filter((one) => one.provisions.length)
    .sort((a, b) => b.provisions.length - a.provisions.length)
    .filter((one) => !names.has(one.name) && names.add(one.name))
    .slice(0, 3);
  if (richest.length + chosen.length < 2) return null;
  const all = [...chosen, ...richest].slice(0, MOST_COMPARED);
  return button(t("compare.start", { names: all.map(shortTitle).join(", ") }), () => setCompared(all.map((one) => one.id)));
}

function codesOf(agreement) {
  return new Set(agreement.provisions.flatMap((row) => row.codes));
}

/** The categories that only one agreement has, and those that only it lacks. */
function differences(chosen) {
  const sets = new Map(chosen.map((one) => [one, codesOf(one)]));
  const chips = (codes) =>
    codes.length
      ? codes.map((one) =>
          button([h("b", one.code), ` ${one.name}`], () => change({ on: one.code, a: "", b: "" }), {
            className: `chip group-${one.group}`,
            title: one.name,
          }),
        )
      : h("span.note", t("compare.nothing"));
  return h(
    "section.differences",
    h("h2", t("compare.differences")),
    h(
      "div.cards",
      chosen.map((one) => {
        const others = chosen.filter((other) => other !== one);
        const only = CATEGORIES.filter(
          (category) =>
            sets.get(one).has(category.code) && others.every((other) => !sets.get(other).has(category.code)),
        );
        const lacks = CATEGORIES.filter(
          (category) =>
            !sets.get(one).has(category.code) && others.every((other) => sets.get(other).has(category.code)),
        );
        const share = bindingShare(one.provisions);
        return h(
          "div.card",
          h("h3", viewLink("agreement", { id: one.id }, { lang: one.language }, shortTitle(one))),
          h(
            "p.note",
            `${tn("count.provision", one.provisions.length)}${share === null ? "" : `, ${t("compare.binding", { share: percent(share) })}`}`,
          ),
          h("p.label", t("compare.only")),
          h("div.chips", chips(only)),
          h("p.label", t(others.length > 1 ? "compare.missing-only" : "compare.missing")),
          h("div.chips", chips(lacks)),
        );
      }),
    ),
  );
}

function strongest(rows) {
  return STRENGTH_ORDER.find((code) => rows.some((row) => row.strength === code));
}

function comparedCategory(chosen) {
  const present = CATEGORIES.filter((category) => chosen.some((one) => codesOf(one).has(category.code)));
  if (present.some((one) => one.code === state.on)) return state.on;
  const shared = (category) => chosen.filter((one) => codesOf(one).has(category.code)).length;
  return [...present].sort((a, b) => shared(b) - shared(a) || a.place - b.place)[0]?.code ?? "";
}

function compareMatrix(chosen) {
  const current = comparedCategory(chosen);
  const present = CATEGORIES.filter((category) => chosen.some((one) => codesOf(one).has(category.code)));
  let group = "";
  const lines = [];
  for (const category of present) {
    if (category.group !== group) {
      group = category.group;
      lines.push(h("tr.group", h("th", { colSpan: chosen.length + 1, scope: "colgroup" }, groupName(group))));
    }
    lines.push(
      h(
        "tr",
        { className: category.code === current ? "current" : "" },
        h(
          "th",
          { scope: "row" },
          button(
            [h("b.code", category.code), " ", category.name],
            () => {
              change({ on: category.code, a: "", b: "" });
              $("#side-by-side")?.scrollIntoView({ block: "start" });
            },
            {
              className: "link",
              "aria-pressed": String(category.code === current),
              "data-focus": `on-${category.code}`,
            },
          ),
        ),
        chosen.map((one) => {
          const rows = one.provisions.filter((row) => row.codes.includes(category.code));
          return h(
            "td",
            rows.length ? [h("span.cell-count", rows.length), strengthBadge(strongest(rows))] : h("span.nothing", "—"),
          );
        }),
      ),
    );
  }
  return h(
    "section",
    h("h2", t("compare.by-category")),
    h(
      "p.note",
      t("compare.by-category-lead"),
    ),
    h(
      "div.scroll",
      { tabIndex: 0, role: "region", "aria-label": t("compare.matrix") },
      h(
        "table.matrix",
        h(
          "thead",
          h(
            "tr",
            h("th", { scope: "col" }, t("facet.category")),
            chosen.map((one) => h("th", { scope: "col", lang: one.language }, shortTitle(one))),
          ),
        ),
        h("tbody", lines),
      ),
    ),
  );
}

/** The two clauses to compare: the chosen ones, or the most similar ones of the first two agreements that have any. */
function comparedPair(lists) {
  const all = lists.flat();
  const a = all.find((row) => row.key === state.a);
  const b = all.find((row) => row.key === state.b);
  if (a || b) return [a, b];
  const filled = lists.filter((list) => list.length);
  if (filled.length < 2) return [undefined, undefined];
  let best = [undefined, undefined, -1];
  const right = filled[1].slice(0, 60).map((row) => [row, wordSet(row)]);
  for (const row of filled[0].slice(0, 60)) {
    const words = wordSet(row);
    for (const [other, others] of right) {
      const alike = likeness(words, others);
      if (alike > best[2]) best = [row, other, alike];
    }
  }
  return best.slice(0, 2);
}

function sideBySide(chosen) {
  const code = comparedCategory(chosen);
  if (!code) return null;
  const lists = chosen.map((one) => one.provisions.filter((row) => row.codes.includes(code)));
  const [a, b] = comparedPair(lists);
  const pick = (row) => {
    // A new choice replaces the older one of the two, unless it takes one of them back.
    if (row === a) change({ a: b?.key ?? "", b: "" });
    else if (row === b) change({ b: "", a: a?.key ?? "" });
    else if (!a || !b) change({ a: (a ?? b)?.key ?? row.key, b: (a ?? b) ? row.key : "" });
    else change({ a: a.key, b: row.key });
  };
  return h(
    "section",
    { id: "side-by-side" },
    h("h2", t("compare.beside", { name: CATEGORY.get(code).name })),
    h(
      "div.columns",
      { style: `--columns:${chosen.length}`, tabIndex: 0, role: "region", "aria-label": t("compare.beside-label") },
      chosen.map((one, place) =>
        h(
          "div.column",
          h("h3", { lang: one.language }, shortTitle(one)),
          lists[place].length
            ? lists[place].map((row) =>
                h(
                  "div.beside",
                  { className: `beside${row === a || row === b ? " picked" : ""}` },
                  h(
                    "div.beside-head",
                    button(articleLabel(row), () => change({ open: row.key }), {
                      className: "link",
                      "data-focus": `row-${row.place}`,
                    }),
                    strengthBadge(row.strength),
                  ),
                  leadText(row, []),
                  clauseText(row, []),
                  h(
                    "label.choice",
                    h("input", {
                      type: "checkbox",
                      checked: row === a || row === b,
                      "data-focus": `pick-${row.place}`,
                      onchange: () => pick(row),
                    }),
                    h("span.choice-name", t("compare.words")),
                  ),
                ),
              )
            : h("p.note", t("compare.none-here")),
        ),
      ),
    ),
    wordDifferences(a, b),
  );
}
