// The page's data, read once: services with names for their parts, and each area's worst ruling.

/** @typedef {import('../../audit/page-data.ts').PageData} PageData */
/** @typedef {import('../../audit/page-data.ts').PageService} PageService */
/** @typedef {import('../../audit/page-data.ts').PageFinding} PageFinding */
/** @typedef {import('../../../model.ts').Ruling} Ruling */

/**
 * @typedef {object} Service
 * @property {number} index
 * @property {string} key how the page's address names it
 * @property {string} repo
 * @property {string} dir
 * @property {string} name
 * @property {string} owner empty where nobody declared one
 * @property {number} tier
 * @property {string} stage
 * @property {number} verdict
 * @property {number} met
 * @property {number} applicable
 * @property {number} verified
 * @property {number} percent -1 where no rule applies
 * @property {readonly number[]} trend percent met in earlier runs and now; empty where there was none
 * @property {number} change percentage points since the first of them
 * @property {string} letters
 * @property {string} commit
 * @property {string} text what is searched, in small letters
 */

/**
 * @typedef {object} Estate
 * @property {PageData} data
 * @property {readonly Service[]} services
 * @property {(letter: number) => number} rankOf rank of a letter's ruling
 * @property {(service: Service, area: number) => Cell} cellOf
 */

/** @typedef {{ rank: number, unmet: number, judged: number }} Cell `judged` counts the rules that apply */

/**
 * Rulings from what says nothing to what blocks; a cell is as bad as the worst in it.
 * @type {readonly (Ruling | undefined)[]}
 */
export const RANKS = [undefined, 'skip', 'pass', 'trust', 'warn', 'waived', 'fail'];

/** From this rank on a rule is not met. */
export const UNMET = RANKS.indexOf('warn');

/** @returns {Estate} */
export function readEstate() {
  /** @type {PageData} */
  const data = JSON.parse(document.getElementById('data')?.textContent ?? '');
  /** @type {PageService[]} */
  const lines = [...document.querySelectorAll('script.services')].flatMap((it) => JSON.parse(it.textContent ?? '[]'));
  const services = lines.map((line, index) => serviceOf(line, index, data));
  const ranks = new Uint8Array(0x400);
  data.answers.forEach(([, , ruling], at) => {
    ranks[data.letters.charCodeAt(at)] = RANKS.indexOf(ruling);
  });
  /** @param {number} letter */
  const rankOf = (letter) => ranks[letter] ?? 0;
  return { data, services, rankOf, cellOf: cells(data, services, rankOf) };
}

/**
 * @param {PageService} line
 * @param {number} index
 * @param {PageData} data
 * @returns {Service}
 */
function serviceOf(line, index, data) {
  const [repo, dir, name, by, tier, stage, verdict, met, applicable, verified, letters, earlier, commit] = line;
  const owner = data.owners[by] ?? '';
  const percent = applicable === 0 ? -1 : share(met, applicable);
  const trend = earlier.length > 0 && percent >= 0 ? [...earlier, percent] : [];
  const key = dir === '' ? repo : `${repo}//${dir}`;
  return {
    ...{
      index,
      key,
      repo,
      dir,
      name,
      owner,
      tier,
      stage: data.stages[stage] ?? '',
      verdict,
      met,
      applicable,
      verified,
    },
    ...{ percent, trend, change: trend.length > 0 ? percent - (trend[0] ?? percent) : 0, letters, commit },
    text: `${name}\n${key}\n${owner}`.toLowerCase(),
  };
}

/**
 * A share in whole percent that says 100 only of all and 0 only of none.
 * @param {number} part
 * @param {number} whole
 */
function share(part, whole) {
  if (part <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.max(1, Math.round((100 * part) / whole)));
}

/**
 * Every area of every service, counted once.
 * @param {PageData} data
 * @param {readonly Service[]} services
 * @param {(letter: number) => number} rankOf
 * @returns {Estate['cellOf']}
 */
function cells(data, services, rankOf) {
  const areas = data.areas.length;
  const areaOf = Uint16Array.from(data.rules, ([, area]) => area);
  const worst = new Uint8Array(services.length * areas);
  const unmet = new Uint16Array(services.length * areas);
  const judged = new Uint16Array(services.length * areas);
  for (const { letters, index } of services)
    for (let rule = 0; rule < letters.length; rule += 1) {
      const rank = rankOf(letters.charCodeAt(rule));
      const at = index * areas + (areaOf[rule] ?? 0);
      if (rank > (worst[at] ?? 0)) worst[at] = rank;
      if (rank > 1) judged[at] = (judged[at] ?? 0) + 1;
      if (rank >= UNMET) unmet[at] = (unmet[at] ?? 0) + 1;
    }
  return ({ index }, area) => {
    const at = index * areas + area;
    return { rank: worst[at] ?? 0, unmet: unmet[at] ?? 0, judged: judged[at] ?? 0 };
  };
}
