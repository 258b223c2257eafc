// Partners as a network: parties as circles, agreements between them as lines. It shows those that no world map has:
// groups, bodies below States, and States that the program does not know.

const NETWORK = { width: 960, height: 420, most: 80, steps: 240 };

/** Return what the network needs: parties and the lines between them, of agreements with a party that is on no map. */
function networkOf() {
  const { agreements, withRows } = results();
  const nodes = new Map();
  const links = new Map();
  const shown = agreements.filter((one) => one.sides.length > 1 && one.sides.length <= 6 && (!HAS_PARTIES || !isOnMap(one)));
  for (const agreement of shown) {
    const codes = agreement.sides.map(([code]) => code);
    for (const code of codes) {
      const node = nodes.get(code) ?? { id: code, name: countryName(code), count: 0, with: 0 };
      node.count += 1;
      node.with += withRows.has(agreement);
      nodes.set(code, node);
    }
    codes.forEach((source, at) =>
      codes.slice(at + 1).forEach((target) => {
        const key = `${source}|${target}`;
        const link = links.get(key) ?? { source, target, count: 0, labour: 0 };
        link.count += 1;
        link.labour += withRows.has(agreement);
        links.set(key, link);
      }),
    );
  }
  const kept = new Map([...nodes].sort((a, b) => b[1].count - a[1].count).slice(0, NETWORK.most));
  return {
    nodes: [...kept.values()],
    links: [...links.values()].filter((link) => kept.has(link.source) && kept.has(link.target)),
  };
}

function isOnMap(agreement) {
  const { centres } = worldShapes();
  return agreement.sides.every(([code, ...members]) => centres.has(code) || members.some((member) => centres.has(member)));
}

function partnerNetwork() {
  const { nodes, links } = networkOf();
  if (!nodes.length) return null;
  const { width, height, steps } = NETWORK;
  const simulation = d3
    .forceSimulation(nodes)
    .force("link", d3.forceLink(links).id((node) => node.id).distance(150))
    .force("charge", d3.forceManyBody().strength(-420))
    .force("x", d3.forceX(width / 2).strength(0.05))
    .force("y", d3.forceY(height / 2).strength(0.13))
    .force("collide", d3.forceCollide(46))
    .stop();
  simulation.tick(steps);
  for (const node of nodes) {
    node.x = Math.max(70, Math.min(width - 70, node.x));
    node.y = Math.max(24, Math.min(height - 34, node.y));
  }
  const svg = d3
    .create("svg")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("class", "network")
    .attr("role", "img")
    .attr("aria-label", t("network.label"));
  svg
    .append("g")
    .selectAll("line")
    .data(links)
    .join("line")
    .attr("class", (link) => (link.labour ? "link-line labour" : "link-line"))
    .attr("stroke-width", (link) => 1.5 + link.count)
    .attr("x1", (link) => link.source.x)
    .attr("y1", (link) => link.source.y)
    .attr("x2", (link) => link.target.x)
    .attr("y2", (link) => link.target.y)
    .append("title")
    .text((link) => `${link.source.name} – ${link.target.name}: ${tn("count.agreement", link.count)}`);
  const parties = svg
    .append("g")
    .selectAll("g")
    .data(nodes)
    .join("g")
    .attr("class", (node) => `node ${node.with ? "labour" : ""} ${state.party.includes(node.id) ? "chosen" : ""}`)
    .attr("transform", (node) => `translate(${node.x.toFixed(1)},${node.y.toFixed(1)})`)
    .on("click", (_, node) => change(toggled("party", node.id)));
  parties.append("circle").attr("r", (node) => 9 + 3 * Math.sqrt(node.count));
  parties
    .append("text")
    .attr("y", (node) => 24 + 3 * Math.sqrt(node.count))
    .text((node) => (node.name.length > 26 ? `${node.name.slice(0, 25)}…` : node.name));
  parties.append("title").text((node) => `${node.name}: ${tn("map.tip-with", node.with, { what: whatIsCounted() })}`);
  return h(
    "figure.map",
    h("div.map-frame", svg.node(), networkLegend()),
    h("figcaption", t(HAS_PARTIES ? "network.beside" : "network.caption")),
  );
}

function networkLegend() {
  return h(
    "ul.legend",
    { role: "list" },
    h("li.legend-title", t("network.title")),
    h("li", h("i.dash.labour"), t("map.partners-with", { what: whatIsCounted() })),
    h("li", h("i.dash"), t("map.partners-without")),
  );
}
