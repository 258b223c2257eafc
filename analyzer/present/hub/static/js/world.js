// The drawing of the world: shapes of countries, their positions, and lines between them.

const MAP_WIDTH = 960;
const MAP_HEIGHT = 470;
/** Size of a shape, in units of the drawing, below which a country gets a dot. */
const SMALL = 5;
/** Most lines that are drawn at once, those of the most agreements. */
const MOST_LINES = 250;

let world = null;
const groupPlaces = new Map();

/** Return the shapes with their codes; they are made when the map is first shown. */
function worldShapes() {
  if (world) return world;
  const topology = JSON.parse($("#lpa-world").textContent);
  const codes = new Map([...COUNTRY.values()].filter((one) => one.number).map((one) => [one.number, one.code]));
  const shapes = topojson.feature(topology, topology.objects.countries).features.filter((shape) => shape.id !== "010");
  for (const shape of shapes) shape.code = codes.get(shape.id) ?? (shape.properties.name === "Kosovo" ? "XKX" : null);
  const projection = d3
    .geoEqualEarth()
    .rotate([-11, 0])
    .fitExtent(
      [
        [4, 4],
        [MAP_WIDTH - 4, MAP_HEIGHT - 4],
      ],
      { type: "FeatureCollection", features: shapes },
    );
  const path = d3.geoPath(projection);
  const centres = new Map();
  for (const shape of shapes) {
    shape.drawn = path(shape);
    const [[left, top], [right, bottom]] = path.bounds(shape);
    shape.small = Math.max(right - left, bottom - top) < SMALL;
    if (shape.code && !centres.has(shape.code)) centres.set(shape.code, d3.geoCentroid(largestPart(shape)));
  }
  centres.set("RKS", centres.get("XKX"));
  world = { shapes, projection, path, centres };
  return world;
}

/** Return the largest part of a country, so that the centre of France is in Europe. */
function largestPart(shape) {
  if (shape.geometry.type !== "MultiPolygon") return shape;
  const parts = shape.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return parts.reduce((largest, part) => (d3.geoArea(part) > d3.geoArea(largest) ? part : largest));
}

/** Return the lines between the sides of agreements: those of the chosen parties, or of agreements with two sides. */
function partnerLines() {
  const lines = new Map();
  const chosen = new Set(state.party);
  for (const agreement of results().agreements) {
    const ends = agreement.sides.map(([code, ...members]) => ({ code, members: members.length ? members : [code] }));
    for (const [start, end] of pairs(agreement, ends, chosen)) {
      const key = [start, end].sort().join("-");
      const line = lines.get(key) ?? { ends: [start, end], count: 0, labour: 0 };
      line.count += 1;
      line.labour += results().withRows.has(agreement);
      lines.set(key, line);
    }
  }
  return [...lines.values()]
    .filter((line) => line.ends.every((code) => placeOf(code)))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_LINES);
}

function pairs(agreement, ends, chosen) {
  if (!chosen.size) return ends.length === 2 ? [ends.map((end) => end.code)] : [];
  // A chosen member of a group is itself a partner of the other sides.
  return [...chosen]
    .filter((code) => agreement.partyCodes.includes(code))
    .flatMap((code) =>
      ends.filter((end) => end.code !== code && !end.members.includes(code)).map((end) => [code, end.code]),
    );
}

/** Return the position of a State, or of the middle of a group of States, in the drawing. */
function placeOf(code) {
  const { projection, centres } = worldShapes();
  if (centres.has(code)) return projection(centres.get(code));
  if (!groupPlaces.has(code)) {
    const sides = AGREEMENTS.flatMap((one) => one.sides).filter((side) => side[0] === code && side.length > 1);
    const members = [...new Set(sides.flatMap((side) => side.slice(1)))].filter((member) => centres.has(member));
    const middle = members.length
      ? d3.geoCentroid({ type: "MultiPoint", coordinates: members.map((member) => centres.get(member)) })
      : null;
    groupPlaces.set(code, middle && projection(middle));
  }
  return groupPlaces.get(code);
}

/** Return a flat arc, bent upwards, between two places. */
function arc([left, right]) {
  const [[x1, y1], [x2, y2]] = [placeOf(left), placeOf(right)];
  const bend = Math.min(60, 0.18 * Math.hypot(x2 - x1, y2 - y1));
  return `M${x1.toFixed(1)},${y1.toFixed(1)}Q${((x1 + x2) / 2).toFixed(1)},${((y1 + y2) / 2 - bend).toFixed(1)} ${x2.toFixed(1)},${y2.toFixed(1)}`;
}
