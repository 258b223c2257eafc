// The data of the hub: arrays become objects, and positions become what they refer to. Names and meanings of all codes
// come with the data.

const ABOUT = raw.about;
/** Names and meanings of codes in the language of the page. */
const NAMES = raw.names[LANG];
const STRENGTH_ORDER = Object.keys(raw.strengths);
const STRENGTHS = Object.fromEntries(STRENGTH_ORDER.map((code) => [code, NAMES.strengths[code][0]]));
const STRENGTH_MEANINGS = Object.fromEntries(STRENGTH_ORDER.map((code) => [code, NAMES.strengths[code][1]]));
const BINDING = raw.binding;
const PILLARS = raw.pillars;

const CATEGORIES = raw.categories.map(([code, name, group, pillar, definition, principle], place) => ({
  code,
  name: NAMES.categories[code]?.[0] ?? name,
  group,
  pillar,
  definition: NAMES.categories[code]?.[1] ?? definition,
  principle: principle === 1,
  place,
}));
const CATEGORY = new Map(CATEGORIES.map((one) => [one.code, one]));
const GROUPS = raw.category_groups;
const INDICATORS = raw.indicators.map(([id, name, group, definition], place) => ({ id, name, group, definition, place }));
const INDICATOR = new Map(INDICATORS.map((one) => [one.id, one]));

const COUNTRY = new Map(raw.countries.map(([code, number, name, region]) => [code, { code, number, name, region }]));
for (const [code, name] of Object.entries(raw.state_groups))
  COUNTRY.set(code, { code, number: "", name, region: "", group: true });
const NO_REGION = "Other";
/** Parties that are no State or group that the program knows have their name for a code. */
for (const values of raw.agreements)
  for (const name of values[raw.fields.agreements.indexOf("named")])
    if (!COUNTRY.has(name)) COUNTRY.set(name, { code: name, number: "", name, region: "", named: true });
/** A year outside these bounds is a mistake of the source; it would stretch every chart. */
const YEAR_BOUNDS = [1800, 2100];
const LANGUAGES = raw.languages;

const AGREEMENTS = raw.agreements.map((values, place) => {
  const one = Object.fromEntries(raw.fields.agreements.map((field, at) => [field, values[at]]));
  return {
    ...one,
    place,
    id: one.agreement_id,
    name: one.title || one.agreement_id,
    short: one.short || one.agreement_id,
    year: yearOf(one.date_signed || one.date_in_force),
    sides: one.sides.length ? one.sides : one.named.map((name) => [name]),
    parties: one.sides.length ? one.sides.map(([code]) => code) : one.named,
    // The codes by which the filter for parties finds it: States, and the groups through which they are parties.
    partyCodes: [...new Set([...one.states, ...one.sides.map(([code]) => code), ...one.named])],
    regions: [...new Set(one.states.map(regionOf))].sort(),
    provisions: [],
  };
});
const AGREEMENT = new Map(AGREEMENTS.map((one) => [one.id, one]));
/** Copies and language versions of one agreement belong to the one that is counted. */
for (const one of AGREEMENTS) {
  one.main = AGREEMENT.get(one.version_of) ?? one;
  one.versions = AGREEMENTS.filter((other) => other !== one && (other.version_of === one.id || (one.version_of && other.version_of === one.version_of)));
}

const PROVISIONS = raw.provisions.map((values, place) => {
  const one = Object.fromEntries(raw.fields.provisions.map((field, at) => [field, values[at]]));
  for (const field of raw.fields.words) one[field] = raw.words[one[field]];
  one.place = place;
  one.agreement = AGREEMENTS[one.agreement];
  one.agreement.provisions.push(one);
  one.key = `${one.agreement.id}|${one.clause_id}`;
  one.review = one.review === 1;
  one.standard = one.standard === 1;
  one.evidence = one.evidence.map(([category, given, source, rule, words, confidence]) => ({
    category: CATEGORIES[category],
    given: given === 1,
    source: raw.words[source],
    rule: raw.words[rule],
    words,
    confidence,
  }));
  one.categories = one.categories.map((at) => CATEGORIES[at]);
  one.codes = one.categories.map((category) => category.code);
  one.pillars = PILLARS.filter((pillar) => one.categories.some((category) => category.pillar === pillar));
  one.principles = one.categories.filter((category) => category.principle).map((category) => category.code);
  return one;
});
/** What stands between the provisions of labour chapters: {agreement, start, chapter, article, heading, location, text}. */
AGREEMENTS.forEach((agreement, place) => {
  agreement.passages = (raw.passages[place] ?? []).map(([start, chapter, article, heading, location, text]) => ({
    agreement, start, chapter, article, heading, location, text, passage: true,
  })); // prettier-ignore
});
const PROVISION = new Map(PROVISIONS.map((one) => [one.key, one]));
const ERRORS = raw.errors;
/** Positions in raw.standings. */
const NOT_KNOWN = 0;
const NOT_RATIFIED = 1;
const RATIFIED_LATER = 2;
const RATIFIED_AT_SIGNATURE = 3;
const DENOUNCED = 4;
const YEARS = AGREEMENTS.map((one) => one.year).filter((year) => year !== null);
const HAS_PAGES = PROVISIONS.some((one) => one.page_start !== null);
const HAS_PARTIES = AGREEMENTS.some((one) => one.states.length > 0);
/** True if there is something to draw: States on the map, or parties with partners. */
const HAS_NETWORK = HAS_PARTIES || AGREEMENTS.some((one) => one.sides.length > 1);

function yearOf(date) {
  const found = /^(\d{4})/.exec(date);
  const year = found ? Number(found[1]) : 0;
  return year >= YEAR_BOUNDS[0] && year <= YEAR_BOUNDS[1] ? year : null;
}

function regionOf(code) {
  return COUNTRY.get(code)?.region ?? NO_REGION;
}

function countryName(code) {
  return COUNTRY.get(code)?.name ?? code;
}

function instrumentTitle(code) {
  const [title, year] = raw.instruments[code] ?? [];
  return title ? `${title}${year ? `, ${year}` : ""}` : code;
}

/** The names of the parties, only the first few of many; a group of States stands for its members. */
function partyNames(agreement, most = Infinity) {
  const names = agreement.parties.map(countryName);
  if (names.length <= most) return names.join(", ");
  return t("parties.more", { names: names.slice(0, most - 1).join(", "), n: names.length - most + 1 });
}

function titleWithYear(agreement) {
  return agreement.year ? `${agreement.name} (${agreement.year})` : agreement.name;
}

/** The short name that tables and charts use, with the year. */
function shortTitle(agreement) {
  return agreement.year ? `${agreement.short} (${agreement.year})` : agreement.short;
}

function pillarName(pillar) {
  return NAMES.pillars[pillar] ?? pillar;
}

function groupName(group) {
  return NAMES.groups[group] ?? GROUPS[group] ?? group;
}

function indicatorGroupName(group) {
  return raw.indicator_groups[group] ?? group;
}

function regionName(region) {
  return MESSAGES[`region.${region}`] ?? region;
}

function placeName(place) {
  return MESSAGES[`place.${place}`] ?? capital(place);
}

function languageName(code) {
  try {
    return capital(new Intl.DisplayNames([LANG], { type: "language" }).of(code));
  } catch {
    return LANGUAGES[code] ?? code;
  }
}

function standingName(standing) {
  return t(`standing.${standing}`);
}

function invocationName(form) {
  return NAMES.invocations[form] ?? form;
}

/** A code with its name, for readers who do not know the codebook. */
function codeAndName(code) {
  return `${code} ${CATEGORY.get(code)?.name ?? ""}`.trim();
}
