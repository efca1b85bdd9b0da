/** Assesses whether the targets stood before the first users came, by a dated record that holds the number or by the manifest's history. */
import type { Standing } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { together } from '../parts.ts';
import { counted } from '../words.ts';
import { baselined, onRecord } from './baselined.ts';
import { beginningOfBeta, NOT_LOOKED_AT, namedBeginning } from './beta-begins.ts';
import { targetsOf } from './dimensions.ts';

export const check = defineCheck({
  summary:
    'For each requirement with a target: the record that `baselined.evidence` names has to hold the number and a date before beta, or git has to show the target in the manifest before it said beta. `baselined.on` alone is declared. A manifest that came into git in one commit tells nothing about the order.',
  needs: ['baseline-records'],
  onDemand: {
    kinds: ['history'],
    // Without a day in `stages` it is the manifest's past that tells when beta began.
    when: ({ claims, evidence }) => {
      const begins = namedBeginning(claims);
      const { records } = evidence['baseline-records'].facts;
      return targetsOf(claims.nfrs).some((target) => !begins || !onRecord(target, { records, begins }));
    },
  },
  params: {},
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, evidence, at } = subject;
    const targets = targetsOf(claims.nfrs);
    if (targets.length === 0) {
      const message = 'a number that comes after the first measurement describes the service and asks nothing of it';
      const fix = 'Add `nfrs:` with targets, each with `baselined: { on, evidence }`.';
      return missing(unclaimed(manifest, 'a single target'), [
        { message, ...placed(claimPlace(subject, '/nfrs')), fix, subject: 'nfrs' },
      ]);
    }
    const history = evidence.history?.facts ?? NOT_LOOKED_AT;
    const begins = beginningOfBeta(claims, history);
    const question = { records: evidence['baseline-records'].facts.records, history, begins, at };
    const parts = targets.map((target) => baselined(target, question));
    const count = (...standings: readonly Standing[]): number =>
      parts.filter(({ standing }) => standings.includes(standing)).length;
    const inGit = parts.filter(({ git }) => git).length;
    const said = [
      `${count('verified') - inGit} on a dated record`,
      `${inGit} in git before`,
      `${count('declared')} dated by the manifest alone`,
      `${count('contradicted')} later`,
      `${count('missing', 'unknown')} without a date`,
    ].filter((it) => !it.startsWith('0 '));
    const when = begins ? begins.text : 'nothing says when beta began';
    return together(parts, `of ${counted(targets.length, 'target')} ${said.join(', ')}; ${when}`, at('/nfrs'));
  },
});
