/** Assesses whether the manifest's escalation goes on: enough levels, later and later, up to someone who may decide. */
import { milliseconds } from '../../dates.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing } from '../define.ts';
import { flag, integer, list } from '../params.ts';
import { counted } from '../words.ts';
import { type Level, levelTroubles } from './escalation.ts';

const MANAGEMENT = [
  ...['head', 'manager', 'management', 'director', 'vp', 'chief', 'executive', 'incident-commander'],
  ...['cto', 'cio', 'coo', 'ceo', 'ciso'],
];

export const check = defineCheck({
  summary:
    'Reads `escalation` in the manifest: at least so many levels, each after the first with a time later than the one before, `lead:` and `oncall:` naming something the manifest has, and, where asked, one level in management.',
  needs: [],
  params: {
    levels: integer('The least number of levels.', 2, 1),
    management: flag('Whether one level has to be in management, who may decide about money and customers.', false),
    management_words: list("Words in a level's name that say that it is in management.", MANAGEMENT),
  },
  ofClaims: true,
  assess(subject) {
    const { claims, params, manifest, at } = subject;
    const levels: readonly Level[] = claims.escalation ?? [];
    const claim = at('/escalation');
    if (levels.length === 0) {
      const fix = 'Add `escalation:` with at least two levels: who, and `after:` how long.';
      const message = 'when the first person does not answer, the page ends there';
      const problem = { message, ...placed(claimPlace(subject, '/escalation')), fix, subject: 'escalation' };
      return missing(unclaimed(manifest, 'anyone after the first page'), [problem]);
    }
    const faults = levels.flatMap((_, index) =>
      levelTroubles(index, levels, claims).map((trouble) => ({ ...trouble, at: at(`/escalation/${index}`) })),
    );
    const undecided = params.management && !levels.some(({ who }) => isManagement(who, params.management_words));
    const tooFew = {
      message: `the chain has ${counted(levels.length, 'level')}, at least ${params.levels} are needed`,
      at: claim,
      fix: 'Add a level with someone else and a later time.',
      subject: 'levels',
    };
    const noManagement = {
      message: 'no level is in management, so nobody in the chain may decide about customers, money or more people',
      at: claim,
      fix: 'Add a last level such as `head-of-payments`.',
      subject: 'management',
    };
    const gaps = [...(levels.length < params.levels ? [tooFew] : []), ...(undecided ? [noManagement] : [])];
    const said = `${counted(levels.length, 'level')}${undecided ? ', none in management' : ''}: ${chain(levels)}`;
    if (faults.length > 0) return contradicted(said, [...gaps, ...faults], { claim });
    return gaps.length > 0 ? missing(said, gaps, { claim }) : declared(said, claim);
  },
});

/** Whole words of the name, so that a "ctor" is no CTO. */
function isManagement(who: string, words: readonly string[]): boolean {
  const said = ` ${who.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return words.some((word) => said.includes(` ${word.toLowerCase().replaceAll('-', ' ')} `));
}

function chain(levels: readonly Level[]): string {
  return levels.map(({ who, after }) => (after && milliseconds(after) ? `${who} after ${after}` : who)).join(', then ');
}
