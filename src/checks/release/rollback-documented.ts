/** Assesses whether it is written how a release is taken back; where the manifest claims it, also how long that takes and when it was last tried. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { Facts as Records } from '../../evidence/records.ts';
import { referenceAt, referencesUnder } from '../../evidence/references/lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { Facts as Passages, RollbackPassage } from '../../evidence/rollback-docs.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place, Problem, Standing } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing, verified } from '../define.ts';
import { duration } from '../params.ts';
import { failing, type Part, together } from '../parts.ts';
import { counted } from '../words.ts';

type Rollback = NonNullable<NonNullable<Claims['release']>['rollback']>;

export const check = defineCheck({
  summary:
    'Looks for headings about taking a release back, in runbooks and other pages, with at least one command or step below them; undoing a migration, a commit or a decision is something else. Where the manifest claims a rollback, its page has to say what to do, the longest time has to be named, and the last try must not be older than the limit; a record of that day proves it.',
  needs: ['rollback-docs', 'references', 'records'],
  params: { max_age: duration('Longest time since a release was last taken back, or that was rehearsed.', '180d') },
  assess(subject) {
    const { claims, evidence, manifest, params, asOf, at } = subject;
    const { passages } = evidence['rollback-docs'].facts;
    const rollback = claims.release?.rollback;
    if (rollback) {
      const parts = [
        pagePart(rollback, evidence['rollback-docs'].facts, evidence.references.facts, at),
        rollback.max === undefined
          ? failing('missing', lacks('the longest time it takes', '`max: 10m`', at))
          : { standing: 'declared' as const },
        triedPart(rollback, evidence.records.facts, evidence.references.facts, {
          limit: days(params.max_age) ?? 180,
          asOf,
          at,
        }),
      ];
      const tried = rollback.tested_on ? `last tried on ${rollback.tested_on}` : 'never said to have been tried';
      const page = parts[0]?.standing === 'verified' ? 'written down' : 'said to be written down';
      const whole = together(
        parts,
        `taking a release back is ${page}, takes ${rollback.max ?? 'a time that is not named'}, and was ${tried}`,
        at('/release/rollback'),
      );
      // How long it takes can only be claimed: where the page and the try are shown, that is all there is to show.
      return parts[0]?.standing === 'verified' && parts[2]?.standing === 'verified' && rollback.max !== undefined
        ? { ...whole, standing: 'verified' }
        : whole;
    }
    const [first] = passages.filter(({ steps }) => steps > 0);
    if (first)
      return verified(
        `${first.at.path} says how a release is taken back: "${first.title}", with ${counted(first.steps, 'step')}`,
        passages
          .filter(({ steps }) => steps > 0)
          .slice(0, 5)
          .map((it) => it.at),
      );
    const hollow = passages.map((passage): Problem => {
      const fix = 'Write what one types or clicks, and how one sees that it worked.';
      return {
        message: `"${passage.title}" says nothing that one could do`,
        at: passage.at,
        fix,
        subject: passage.at.path,
      };
    });
    const because = `${unclaimed(manifest, 'a rollback')}, and no page says how a release is taken back`;
    return missing(
      because,
      hollow.length > 0
        ? hollow
        : [
            {
              message: 'the first bad release is taken back by whoever happens to know how',
              ...placed(claimPlace(subject, '/release')),
              fix: 'Write down what one types to have the previous version back, how long that takes, and what it does to data; name it in `release.rollback`.',
              subject: 'rollback',
            },
          ],
    );
  },
});

type At = (pointer: string) => Place;

function lacks(what: string, how: string, at: At): Problem {
  return {
    message: `the claim does not name ${what}`,
    at: at('/release/rollback'),
    fix: `Add ${how} below \`release.rollback\`.`,
    subject: what,
  };
}

/** Whether the page that tells how to take a release back is there, with something to do. */
export function pagePart(rollback: Rollback, { passages }: Passages, references: References, at: At): Part {
  if (rollback.runbook === undefined) return withoutPage(passages, at);
  const reference = referenceAt(references, '/release/rollback/runbook');
  const claimed = passages.filter((it) => it.claimed);
  const good = claimed.find(({ steps }) => steps > 0);
  if (good) return { standing: 'verified', evidence: [good.at] };
  const outcome = reference?.outcome ?? 'unread';
  if (outcome === 'url' || outcome === 'root-not-at-hand') return { standing: 'declared' };
  const place = at('/release/rollback/runbook');
  const problem = (message: string, fix: string): Problem => ({ message, at: place, fix, subject: 'runbook' });
  if (outcome === 'unread' || (claimed.length === 0 && ['file', 'folder', 'glob', 'section'].includes(outcome)))
    return failing('unknown', problem(`${rollback.runbook} could not be read`, 'Keep it in Markdown.'));
  if (claimed.length === 0)
    return failing(
      'contradicted',
      problem(
        `${rollback.runbook} leads nowhere`,
        reference?.nearest ? `Did you mean \`${reference.nearest}\`?` : 'Write the page, or correct the path.',
      ),
    );
  return failing(
    'contradicted',
    problem(
      `${rollback.runbook} says nothing that one could do`,
      'Write what one types or clicks, and how one sees that it worked.',
    ),
  );
}

function withoutPage(passages: readonly RollbackPassage[], at: At): Part {
  const good = passages.find(({ steps }) => steps > 0);
  return good
    ? { standing: 'verified', evidence: [good.at] }
    : failing('missing', lacks('the page that says how', '`runbook:`', at));
}

interface When {
  readonly limit: number;
  readonly asOf: string;
  readonly at: At;
}

/** Whether a release was taken back lately, and whether a record of that day is there. */
export function triedPart(
  rollback: Rollback,
  { records }: Records,
  references: References,
  { limit, asOf, at }: When,
): Part {
  const on = rollback.tested_on;
  if (on === undefined) return failing('missing', lacks('when it was last tried', '`tested_on:` with the day', at));
  const place = at('/release/rollback/tested_on');
  const problem = (message: string, fix: string): Problem => ({ message, at: place, fix, subject: 'tested_on' });
  if (on > asOf)
    return failing(
      'contradicted',
      problem(`it is said to have been tried on ${on}, which is still to come`, 'Correct the date.'),
    );
  const fix = 'Take a release back once more, on purpose, and write down the day.';
  if (daysBetween(on, asOf) > limit)
    return {
      standing: 'stale' satisfies Standing,
      problems: [problem(`it was last tried on ${on}; the next try was due by ${addDays(on, limit)}`, fix)],
    };
  const cited = referencesUnder(references, '/release/rollback/evidence').flatMap(({ matches }) => matches);
  const record = records.find(
    (it) => it.date === on && cited.some(({ path, root }) => path === it.at.path && root === it.at.root),
  );
  return record ? { standing: 'verified', evidence: [record.at] } : { standing: 'declared' };
}
