/** Assesses whether the ways in which the service can fail are listed: every hard dependency, and what happens to every service. */
import type { Problem } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { list } from '../params.ts';
import { failing, type Part, together } from '../parts.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { type Mode, modesOf, withoutModes } from './modes.ts';

export const check = defineCheck({
  summary:
    'Looks for a failure mode for every hard dependency (`cause: dep:card-gateway`) and for each of the causes that meet every service, and reads of each how it is noticed, what users notice, and what is done. A mode that mends itself (`auto: true`) needs no mitigation. Whether the list is right nobody can tell from here, so the best answer is "declared".',
  needs: [],
  claimOnly: true,
  ofClaims: true,
  params: {
    causes: list('Causes that every service has to have thought of.', [
      'host',
      'zone',
      'overload',
      'bad-deploy',
      'bad-data',
    ]),
  },
  assess(subject) {
    const none = withoutModes(subject);
    if (none) return none;
    const { claims, params, at } = subject;
    const modes = modesOf(subject);
    const hard = (claims.dependencies ?? []).filter(({ criticality }) => criticality !== 'soft').map(({ id }) => id);
    const wanted = [...hard.map((id) => `dep:${id}`), ...params.causes];
    const uncovered = wanted.filter((cause) => !modes.some(({ mode }) => covers(mode, cause)));
    const parts: readonly Part[] = [
      ...modes.map((it) => partOf(it, at)),
      ...uncovered.map((cause) => {
        const message = cause.startsWith('dep:')
          ? `no mode says what happens without ${cause.slice(4)}`
          : `no mode has the cause ${cause}`;
        const fix = `Add one with \`cause: ${cause}\`.`;
        return failing('missing', { message, at: at('/failure_modes'), fix, subject: cause });
      }),
    ];
    const because = `${counted(modes.length, 'failure mode')} for ${wanted.length - uncovered.length} of ${counted(wanted.length, 'cause')} (${counted(hard.length, 'hard dependency', 'hard dependencies')} and ${counted(params.causes.length, 'cause')} that every service has)`;
    return together(parts, because, at('/failure_modes'));
  },
});

/** By its cause, else by its name: `zone-down` is about a zone. */
function covers({ id, cause }: Mode['mode'], wanted: string): boolean {
  if (cause !== undefined && bare(cause) === bare(wanted)) return true;
  const name = wanted.replace(/^dep:/, '');
  return [cause ?? '', id].some((text) => ` ${words(text)} `.includes(` ${words(name)} `));
}

function bare(text: string): string {
  return text.trim().toLowerCase();
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function partOf({ mode, pointer }: Mode, at: (pointer: string) => Problem['at']): Part {
  const { id, detection, alert, effect, mitigation, runbook, auto } = mode;
  const gaps = [
    ...(says(detection) || (alert ?? []).length > 0 ? [] : ['how it is noticed']),
    ...(says(effect) ? [] : ['what users notice']),
    ...(auto || says(mitigation) || says(runbook) ? [] : ['what is done about it']),
  ];
  if (gaps.length === 0) return { standing: 'declared' };
  const place = at(pointer);
  const fix = 'Add `alert` or `detection`, `effect`, and `mitigation` or `runbook`.';
  return failing('missing', {
    message: `${id} does not say ${listed(gaps)}`,
    ...(place && { at: place }),
    fix,
    subject: id,
  });
}
