// Which services are wanted, and in which order.
import { UNMET } from './data.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */

/** What a reader wants to see; empty wants anything, and `-` what has none. */
/** @typedef {{ text: string, owner: string, tier: string, stage: string, verdict: string }} Wanted */

/** Names of the fields, as the form and the page's address have them. */
export const FIELDS = /** @type {const} */ (['text', 'owner', 'tier', 'stage', 'verdict']);

/**
 * @param {Estate} estate
 * @param {Wanted} wanted
 * @returns {Service[]}
 */
export function filtered(estate, wanted) {
  const { owner, tier, stage, verdict, text } = wanted;
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ word, rules: rulesNamed(estate, word) }));
  const verdicts = estate.data.words.verdicts;
  return estate.services.filter(
    (it) =>
      (owner === '' || it.owner === (owner === '-' ? '' : owner)) &&
      (tier === '' || String(it.tier) === tier) &&
      (stage === '' || it.stage === stage) &&
      (verdict === '' || verdictIs(it.verdict, verdict, verdicts)) &&
      words.every(({ word, rules }) => it.text.includes(word) || rules.some((rule) => isUnmet(estate, it, rule))),
  );
}

/**
 * @param {number} verdict
 * @param {string} wanted
 * @param {Estate['data']['words']['verdicts']} verdicts
 */
function verdictIs(verdict, wanted, verdicts) {
  return wanted === '-' ? verdict === verdicts.length - 1 : verdicts[verdict]?.[2] === wanted;
}

/**
 * @param {Estate} estate
 * @param {string} word
 */
function rulesNamed({ data }, word) {
  return data.rules.flatMap(([id], rule) => (id.toLowerCase().includes(word) ? [rule] : []));
}

/**
 * @param {Estate} estate
 * @param {Service} service
 * @param {number} rule
 */
function isUnmet({ rankOf }, { letters }, rule) {
  return rule < letters.length && rankOf(letters.charCodeAt(rule)) >= UNMET;
}
