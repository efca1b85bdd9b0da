/** Assesses whether it is written down who is paged, through what and when. Does not ask the paging tool. */
import type { Said } from '../../evidence/owners/catalog-readers.ts';
import type { Assessment } from '../../model.ts';
import { entriesFor } from '../catalog-entries.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing } from '../define.ts';
import { flag } from '../params.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { spot } from './answers.ts';
import { isRoundTheClock } from './hours.ts';

const PARTS = [
  ['provider', 'the tool that pages', '`provider: pagerduty`'],
  ['ref', 'the schedule', "`ref:` with the schedule's id, name or link"],
  ['hours', 'the hours covered', '`hours: 24x7`, or the hours that are covered'],
] as const;

export const check = defineCheck({
  summary:
    'Reads `oncall` in the manifest: the paging tool, the schedule, the hours. A link to the schedule counts as naming the tool. A catalogue file may name a schedule too, but no hours. No repository shows who is on the rota, so the best answer is "declared".',
  needs: ['owners'],
  claimOnly: true,
  params: { round_the_clock: flag('Whether someone has to be on call at every hour of every day.', false) },
  ofClaims: true,
  assess(subject) {
    const { claims, params, manifest, service, at, evidence } = subject;
    const { oncall } = claims;
    if (!oncall) {
      const elsewhere = entriesFor(evidence.owners.facts.catalog, subject).flatMap((entry) => entry.oncall)[0];
      if (elsewhere) return onlyInCatalogue(elsewhere, unclaimed(manifest, 'anyone on call'));
      const message = 'when the service breaks at night, nobody can tell who is called';
      const fix = 'Add `oncall:` with the tool, the schedule and the hours.';
      const problem = { message, ...placed(claimPlace(subject, '/oncall')), fix, subject: 'oncall' };
      return missing(unclaimed(manifest, 'anyone on call'), [problem]);
    }
    const claim = at('/oncall');
    const byLink = /^https?:\/\//.test(oncall.ref ?? '');
    const absent = PARTS.filter(([part]) => !says(oncall[part]) && !(part === 'provider' && byLink));
    const gaps = absent.map(([part, what, fix]) => ({
      message: `the on-call entry does not name ${what}`,
      at: claim,
      fix: `Add ${fix}.`,
      subject: part as string,
    }));
    if (says(oncall.hours) && params.round_the_clock && !isRoundTheClock(oncall.hours)) {
      const message = `the rota covers "${oncall.hours}", and a tier ${service.tier} service can break at any other hour`;
      const fix = 'Cover 24x7, for example with a second team that follows the sun, or agree a waiver with an end.';
      const uncovered = { message, at: at('/oncall/hours'), fix, subject: 'hours-covered' };
      return contradicted(`on call is "${oncall.hours}", not around the clock`, [...gaps, uncovered], { claim });
    }
    if (gaps.length > 0)
      return missing(`the on-call entry lacks ${listed(absent.map(([, what]) => what))}`, gaps, { claim });
    const tool = says(oncall.provider) ? `${oncall.provider}, schedule ` : '';
    const people =
      oncall.participants === undefined ? '' : `, ${counted(oncall.participants, 'person takes', 'people take')} turns`;
    return declared(`on call ${oncall.hours} through ${tool}${oncall.ref}${people}`, claim);
  },
});

/** A catalogue's annotation says where a page goes, not that somebody is there. */
function onlyInCatalogue({ value, at }: Said, words: string): Assessment {
  const message = `"${value}" is named here, and nothing says at which hours someone answers`;
  const fix = 'Add `oncall:` to the manifest with the tool, this reference and the hours.';
  return missing(`${words}; ${spot(at)} names "${value}" without any hours`, [{ message, at, fix, subject: 'hours' }], {
    evidence: [at],
  });
}
