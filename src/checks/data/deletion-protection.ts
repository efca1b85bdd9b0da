/** Assesses whether a change of infrastructure code can drop a store of production with its data. */
import { isKnown } from '../../evidence/known.ts';
import { defineCheck } from '../define.ts';
import { everyStore, lacking, type StorePart } from './every-store.ts';
import type { Kept } from './kept.ts';

export const check = defineCheck({
  summary:
    "Looks where production's stores are defined for what keeps them: `deletion_protection`, `prevent_destroy`, locks, `force_destroy`, reclaim policies and Helm's policy to keep. A final snapshot brings data back and does not keep the store. What is not defined here is unknown.",
  needs: ['stores', 'references'],
  params: {},
  assess(subject) {
    return everyStore(subject, ['is protected from deletion', 'are protected from deletion'], partOf);
  },
});

function partOf({ id, found, at }: Kept): StorePart {
  const fix =
    'Set `deletion_protection` (or `prevent_destroy`, or reclaim policy `Retain`), so that dropping the store takes two deliberate steps.';
  if (found.length === 0)
    return lacking(
      'unknown',
      {
        message: `${id} is not defined here, so that what keeps it cannot be seen`,
        at,
        fix: 'Have the infrastructure code at hand, or point at it with `evidence`.',
        subject: id,
      },
      `${id} is not defined here`,
    );
  const open = found.flatMap(({ safeguards, at: place, partial }) => {
    const holds = safeguards.filter((it) => isKnown(it.holds) && it.holds.value);
    if (holds.length > 0) return [];
    const off = safeguards.find((it) => isKnown(it.holds) && it.holds.via !== 'default');
    const hidden = safeguards.find((it) => !isKnown(it.holds));
    return [
      {
        place: (off ?? hidden)?.at ?? place,
        off,
        why: hidden ? `${hidden.by} is decided elsewhere` : off ? undefined : partial,
      },
    ];
  });
  const kept = found.flatMap(({ safeguards }) => safeguards.filter((it) => isKnown(it.holds) && it.holds.value));
  const [first] = open;
  if (!first) return { standing: 'verified', said: `${id} by ${kept[0]?.by}`, evidence: kept.map((it) => it.at) };
  if (first.why !== undefined)
    return lacking(
      'unknown',
      { message: `${id}: ${first.why}`, at: first.place, fix, subject: id },
      `${id}: ${first.why}`,
    );
  const message = first.off
    ? `${id}: ${first.off.by} does not hold, so that one wrong change drops it with its data`
    : `nothing keeps ${id} (${found[0]?.by}) from being dropped with its data`;
  return lacking(first.off ? 'contradicted' : 'missing', { message, at: first.place, fix, subject: id });
}
