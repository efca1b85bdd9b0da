/** Assesses whether each failure mode that people have to deal with has a runbook that exists and an alert that tells of it. */
import type { Facts as Alerts } from '../../evidence/alerts.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place, Problem } from '../../model.ts';
import { defineCheck, missing, notApplicable } from '../define.ts';
import { type Part, together } from '../parts.ts';
import { share } from '../shares.ts';

type Mode = NonNullable<Claims['failure_modes']>[number];

const LEADS = ['file', 'section', 'folder'];
const ELSEWHERE = ['url', 'root-not-at-hand'];

export const check = defineCheck({
  summary:
    'Follows the `runbook` of every declared failure mode and looks for the alerts it names among those defined. A mode that the service deals with itself (`auto: true`) needs none.',
  needs: ['references', 'alerts'],
  params: {},
  ofClaims: true,
  assess({ claims, evidence, at }) {
    const modes = claims.failure_modes ?? [];
    if (modes.length === 0) return missing('no failure mode is declared', [], { claim: at('/failure_modes') });
    const manual = modes.flatMap((mode, index) => (mode.auto ? [] : [{ mode, pointer: `/failure_modes/${index}` }]));
    if (manual.length === 0)
      return notApplicable(
        `the service deals with ${modes.length === 1 ? 'its failure mode' : `all ${modes.length} failure modes`} by itself`,
        { claim: at('/failure_modes') },
      );
    const parts = manual.flatMap(({ mode, pointer }) => [
      runbookOf(mode, pointer, evidence.references.facts, at),
      ...alertsOf(mode, pointer, evidence.alerts, at),
    ]);
    const good =
      manual.length -
      new Set(parts.flatMap((part) => (part.problems ?? []).map((it) => it.subject?.split(' ')[0]))).size;
    return together(
      parts,
      `${share(good, manual.length, 'failure mode', ['has', 'have'])} a runbook and an alert that exist`,
      at('/failure_modes'),
    );
  },
});

type At = (pointer: string) => Place;

/** Whether the runbook of one failure mode is there. */
function runbookOf(mode: Mode, pointer: string, references: References, at: At): Part {
  const reference = referenceAt(references, `${pointer}/runbook`);
  if (!reference)
    return {
      standing: 'missing',
      problems: [
        problem(
          mode,
          'names no runbook',
          at(pointer),
          'Add `runbook:` with the page, or the section, that says what to do.',
          'runbook',
        ),
      ],
    };
  if (LEADS.includes(reference.outcome)) return { standing: 'verified', evidence: reference.matches };
  if (ELSEWHERE.includes(reference.outcome)) return { standing: 'declared' };
  if (reference.outcome === 'unread') return { standing: 'unknown' };
  const fix = reference.nearest ? `Did you mean \`${reference.nearest}\`?` : 'Write the page, or correct the path.';
  return {
    standing: 'contradicted',
    problems: [
      problem(mode, `names the runbook ${reference.target}, which does not exist`, reference.at, fix, 'runbook'),
    ],
  };
}

/** Whether each alert that one failure mode names is defined. */
export function alertsOf(
  mode: Mode,
  pointer: string,
  alerts: { readonly facts: Alerts; readonly unread: readonly unknown[]; readonly delegated: readonly unknown[] },
  at: At,
): readonly Part[] {
  const names = mode.alert ?? [...(mode.detection ?? '').matchAll(/\balert:([\w.-]+)/g)].map(([, name = '']) => name);
  if (names.length === 0)
    return [
      {
        standing: 'missing',
        problems: [
          problem(
            mode,
            'names no alert, so that users are the first to know',
            at(pointer),
            'Add `alert:` with the name of the alert that tells of it.',
            'alert',
          ),
        ],
      },
    ];
  return names.map((name) => {
    const alert = alerts.facts.alerts.find((it) => it.name === name);
    if (alert) return { standing: 'verified', evidence: [alert.at] };
    const unseen = alerts.unread.length + alerts.delegated.length > 0;
    if (unseen)
      return {
        standing: 'unknown',
        problems: [
          problem(
            mode,
            `names the alert ${name}, which is not among those that could be read`,
            at(`${pointer}/alert`),
            'Have the place where the alerts are kept at hand.',
            `alert ${name}`,
          ),
        ],
      };
    return {
      standing: 'contradicted',
      problems: [
        problem(
          mode,
          `names the alert ${name}, which is defined nowhere`,
          at(`${pointer}/alert`),
          'Define it, or correct the name.',
          `alert ${name}`,
        ),
      ],
    };
  });
}

function problem(mode: Mode, what: string, at: Place, fix: string, about: string): Problem {
  return { message: `${mode.id} ${what}`, at, fix, subject: `${mode.id} ${about}` };
}
