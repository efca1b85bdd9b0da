// One finding of a service, with all that the page knows of it.
import { UNMET } from './data.js';
import { address, element, sign } from './element.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */
/** @typedef {import('../../audit/page-data.ts').PageFinding} PageFinding */
/** @typedef {import('../../audit/page-data.ts').PageProblem} PageProblem */
/** @typedef {import('../../audit/page-data.ts').PageWaiver} PageWaiver */

/**
 * @param {Estate} estate
 * @param {Service} service
 * @param {number} rule
 */
function answerOf({ data }, { letters }, rule) {
  return data.answers[data.letters.indexOf(letters.charAt(rule))];
}

/**
 * @param {Estate} estate
 * @param {Service} service
 * @param {PageFinding} finding
 */
export function findingElement(estate, service, finding) {
  const { words, rules } = estate.data;
  const [id = '', , statement = '', why = '', fix = '', refs = []] = rules[finding.rule] ?? [];
  const [severity, standing, ruling] = answerOf(estate, service, finding.rule) ?? ['standard', 'unknown', 'warn'];
  const [mark, word] = words.rulings[ruling];
  const { because, problems, more, claim, evidence, moreEvidence = 0, waiver, countsFrom } = finding;
  const places = evidence.filter((place) => !problems.some(({ at }) => at === place));
  return element(
    'details',
    { class: `finding ${ruling}`, open: '' },
    element(
      'summary',
      {},
      element('span', { class: `mark ${ruling}` }, sign(mark), word),
      ' ',
      element('span', { class: `severity ${severity}` }, words.severities[severity]),
      ' ',
      element('h4', {}, statement),
      ' ',
      element('code', {}, id),
    ),
    element(
      'p',
      { class: 'opinion' },
      element('strong', { class: `standing ${standing}` }, words.standings[standing]),
      `: ${because}`,
    ),
    countsFrom === undefined ? undefined : element('p', {}, `Blocks from ${countsFrom}.`),
    problems.length > 0 ? problemList(problems, more, fix) : undefined,
    element(
      'dl',
      { class: 'facts' },
      fact('Claim', claim),
      fact('Evidence', places.length + moreEvidence > 0 ? placeList(places, moreEvidence) : undefined),
      fact('Waiver', waiver && terms(waiver)),
      fact('Why', why),
      fact('Fix', fix),
      fact(
        'From',
        refs.length > 0 ? element('div', {}, ...refs.map((it) => element('div', {}, address(it)))) : undefined,
      ),
    ),
  );
}

/**
 * @param {string} name
 * @param {Node | string | undefined} content
 */
function fact(name, content) {
  if (content === undefined || content === '') return undefined;
  return element('div', {}, element('dt', {}, name), element('dd', {}, content));
}

/**
 * @param {readonly string[]} places
 * @param {number} more how many are left out
 */
function placeList(places, more) {
  const rest = more > 0 ? element('li', { class: 'soft' }, `and ${more} more`) : undefined;
  return element('ul', { class: 'places' }, ...places.map((it) => element('li', {}, it)), rest);
}

/**
 * Each with its own fix only where that says something new.
 * @param {readonly PageProblem[]} problems
 * @param {number} more
 * @param {string} ruleFix
 */
function problemList(problems, more, ruleFix) {
  const items = problems.map(({ message, at, fix, waived }, index) => {
    const said = problems[index - 1]?.fix ?? ruleFix;
    return element(
      'li',
      {},
      at === undefined ? undefined : element('span', { class: 'at' }, at),
      at === undefined ? undefined : ' ',
      waived ? element('strong', { class: 'waived' }, 'waived ') : undefined,
      message,
      fix === undefined || fix === said ? undefined : element('p', {}, fix),
    );
  });
  return element('ul', { class: 'problems' }, ...items, more > 0 ? element('li', {}, `and ${more} more`) : undefined);
}

/** @param {PageWaiver} waiver */
function terms({ clock, reason, owner, expires, approvedBy, ticket, scope }) {
  return element(
    'span',
    {},
    element('strong', {}, clock),
    `, until ${expires}; accepted by ${owner}${approvedBy === undefined ? '' : `, approved by ${approvedBy}`}${scope === undefined ? '' : `; only for ${scope}`}: ${reason} `,
    ticket === undefined ? undefined : address(ticket),
  );
}

/**
 * What is met or does not apply: statements alone, folded.
 * @param {Estate} estate
 * @param {Service} service
 * @param {(rule: number) => boolean} wanted
 */
export function metList(estate, service, wanted) {
  const { data, rankOf } = estate;
  const its = data.rules.flatMap(([id, , statement], rule) => {
    const rank = rule < service.letters.length ? rankOf(service.letters.charCodeAt(rule)) : 0;
    return wanted(rule) && rank > 0 && rank < UNMET ? [{ id, statement, answer: answerOf(estate, service, rule) }] : [];
  });
  if (its.length === 0) return [];
  const items = its.map(({ id, statement, answer }) => {
    const [, standing = 'unknown', ruling = 'skip'] = answer ?? [];
    const [mark, word] = data.words.rulings[ruling];
    return element(
      'li',
      {},
      element('span', { class: `mark ${ruling}` }, sign(mark), word),
      ` ${statement} `,
      element('span', { class: 'soft' }, `(${data.words.standings[standing]}) `),
      element('code', {}, id),
    );
  });
  return [
    element(
      'details',
      {},
      element('summary', {}, element('strong', {}, `Met, or not applicable: ${its.length}`)),
      element('ul', { class: 'met-list' }, ...items),
    ),
  ];
}
