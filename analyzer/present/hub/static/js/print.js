// The printed pages: the filtered provisions, agreement by agreement, each with its citation.

/** The browser asks for the pages itself (beforeprint), also when the reader prints from its menu. */
function printRows() {
  window.print();
}

function preparePrint(rows) {
  const blocks = [];
  let agreement = null;
  for (const row of rows) {
    if (row.agreement !== agreement) {
      agreement = row.agreement;
      blocks.push(
        h("h2", titleWithYear(agreement)),
        agreement.parties.length ? h("p.parties", partyNames(agreement)) : "",
      );
    }
    blocks.push(
      h(
        "section",
        h("h3", articleLabel(row), row.heading ? h("span", ` ${row.heading}`) : null),
        h("p.clause", { lang: agreement.language, dir: "auto" }, unwrap(row.text)),
        h(
          "p.notes",
          `${row.codes.join(", ")} · ${STRENGTHS[row.strength]}${row.instruments.length ? ` · ${row.instruments.join(", ")}` : ""}${row.review ? " · to be reviewed" : ""}`,
        ),
        h("p.cite", `${citation(row)}.`),
      ),
    );
  }
  const chosen = [...document.querySelectorAll("#chosen .removable")].map((chip) => chip.firstChild.textContent);
  if (state.q) chosen.unshift(`Search: ${state.q}`);
  fill(
    $("#print"),
    h("h1", "Labour provisions in trade agreements"),
    h(
      "p.notes",
      `${plural(rows.length, "provision")} in ${plural(new Set(rows.map((row) => row.agreement)).size, "agreement")}. ${chosen.join("; ")}`,
    ),
    blocks,
    h("p.notes", madeBy()),
  );
}

let themeOnScreen = "";

addEventListener("beforeprint", () => {
  // Paper is light, whatever the theme of the screen.
  themeOnScreen = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  if (state.view === "provisions") preparePrint(sortedRows());
  document.body.classList.toggle("print-rows", state.view === "provisions");
});
addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = themeOnScreen;
  document.body.classList.remove("print-rows");
  $("#print").replaceChildren();
});
