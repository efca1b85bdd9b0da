/** Assesses whether each journey has an objective that somebody answers for. */
import { days } from '../../dates.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Journey } from '../../generated/service.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { isSomebody } from '../ownership/people.ts';
import { integer } from '../params.ts';
import { type Part, together } from '../parts.ts';
import { listed } from '../words.ts';

export const check = defineCheck({
  summary:
    'Reads `slo` and `owner` of every journey: an availability below 100, a latency, a window and an owner. A journey without `slo` whose `evidence` names where its owner keeps the objective counts as declared.',
  needs: ['references'],
  claimOnly: true,
  params: {
    shortest: integer('shortest window in days', 7, 1),
    longest: integer('longest window in days', 90, 1),
  },
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, evidence, params, at } = subject;
    const journeys = claims.journeys ?? [];
    if (journeys.length === 0) {
      const message = 'without an objective for the whole way, each team may be content while the user is not';
      return missing(unclaimed(manifest, 'a journey'), [
        {
          message,
          ...placed(claimPlace(subject, '/journeys')),
          fix: 'Add `journeys:`, each with `slo: { availability, latency_p99, window }` and `owner`.',
          subject: 'journeys',
        },
      ]);
    }
    const parts = journeys.map((journey, index): Part => {
      const elsewhere = referencesUnder(evidence.references.facts, `/journeys/${index}/evidence`).filter(
        ({ outcome }) => !['no-file', 'no-match', 'outside'].includes(outcome),
      );
      if (!journey.slo && elsewhere.length > 0)
        return { standing: 'declared', evidence: elsewhere.flatMap(({ matches }) => matches.slice(0, 1)) };
      const gaps = gapsIn(journey, params);
      if (gaps.length === 0) return { standing: 'declared' };
      const fix =
        'Complete `slo: { availability: 99.9, latency_p99: 2s, window: 30d }` and `owner`; when another team owns the journey, leave `slo` out and name its file in `evidence`.';
      return {
        standing: 'missing',
        problems: [
          { message: `${journey.id} ${listed(gaps)}`, at: at(`/journeys/${index}`), fix, subject: journey.id },
        ],
      };
    });
    const kept = parts.filter((part) => part.standing === 'declared' && part.evidence !== undefined).length;
    const complete = parts.filter(({ standing }) => standing === 'declared').length;
    return together(
      parts,
      `journeys with availability, latency, window and owner: ${complete - kept} of ${journeys.length}${kept > 0 ? `; ${kept} whose owner keeps them elsewhere` : ''}`,
      at('/journeys'),
    );
  },
});

function gapsIn(
  { slo = {}, owner }: Journey,
  { shortest, longest }: { readonly shortest: number; readonly longest: number },
): readonly string[] {
  const window = days(slo.window ?? '');
  return [
    slo.availability === undefined
      ? 'has no availability'
      : slo.availability >= 100
        ? 'promises 100 %, which nothing can keep'
        : '',
    (slo.latency_p50 ?? slo.latency_p95 ?? slo.latency_p99) ? '' : 'has no latency',
    window === undefined
      ? 'has no window'
      : window < shortest
        ? `has a window of ${slo.window}, in which one bad hour decides (at least ${shortest}d)`
        : window > longest
          ? `has a window of ${slo.window}, after which nobody remembers (at most ${longest}d)`
          : '',
    isSomebody(owner) ? '' : 'has no owner',
  ].filter(Boolean);
}
