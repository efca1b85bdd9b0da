/** Assesses, store by store, whether backups are close enough together that a loss costs no more than the RPO. Prints the arithmetic. */
import { humanDuration, milliseconds } from '../../dates.ts';
import type { Problem } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { everyStore, lacking, type StorePart } from './every-store.ts';
import type { Kept, StoreSubject } from './kept.ts';
import { leastLoss, scheduled } from './loss.ts';
import { type Saved, savedBy } from './saved.ts';

export const check = defineCheck({
  summary:
    'Computes the greatest gap between two runs of each schedule over its calendar (hours, days of the week and of the month, leap years, the hour by which clocks are set back), takes what the platform documents for continuous archiving, and holds the least of them against `rpo`. Where nothing here backs a store up, the schedule in the manifest is held against it.',
  needs: ['stores', 'references'],
  params: {},
  assess(subject) {
    return everyStore(
      subject,
      ['loses no more than its RPO allows', 'lose no more than their RPO allows'],
      (kept, all) => partOf(kept, savedBy(kept, all, subject), subject),
    );
  },
});

function partOf(kept: Kept, { sure, open }: Saved, { at }: StoreSubject): StorePart {
  const { id, claim, pointer } = kept;
  const rpo = claim?.rpo === undefined ? undefined : milliseconds(claim.rpo);
  if (rpo === undefined || pointer === undefined) {
    const fix = 'Add `rpo` to the store: how much recent data may be lost, e.g. 15m.';
    return lacking('missing', {
      message: `${id} has no RPO to hold its backups against`,
      at: kept.at,
      fix,
      subject: id,
    });
  }
  const words = `RPO ${claim?.rpo}`;
  const { least, open: unclear } = leastLoss(sure);
  if (least && least.most <= rpo)
    return {
      standing: 'verified',
      said: `${id}: ${least.said}, within ${words}`,
      evidence: [at(`${pointer}/rpo`), ...sure.map((it) => it.at)],
    };
  const [why] = [...open.map((it) => it.why), ...unclear];
  if (why !== undefined) {
    const fix = 'Write the schedule down where it can be read, or say in `backup.schedule` when it runs.';
    return lacking(
      'unknown',
      { message: `${id}: ${why} cannot be told`, at: kept.at, fix, subject: id },
      `${id}: ${why} cannot be told`,
    );
  }
  if (least) return lacking('contradicted', tooFar(id, least, rpo, words, sure[0]?.at ?? kept.at));
  return claimedOnly(kept, rpo, words, at);
}

function tooFar(
  id: string,
  { most, said }: { readonly most: number; readonly said: string },
  rpo: number,
  words: string,
  at: Problem['at'],
): Problem {
  return {
    message: `${id} may lose ${humanDuration(most)} of data, ${humanDuration(most - rpo)} more than its ${words}: ${said}`,
    ...(at && { at }),
    fix: 'Back up more often or archive continuously; or agree on an RPO that the backups can keep.',
    subject: id,
  };
}

/** Nothing here backs it up: the manifest's own numbers have to agree. */
function claimedOnly(
  { id, claim, pointer = '', at: place }: Kept,
  rpo: number,
  words: string,
  at: StoreSubject['at'],
): StorePart {
  const written = claim?.backup?.schedule;
  const where = at(`${pointer}/backup`);
  if (written === undefined)
    return lacking('missing', {
      message: `nothing says when ${id} is backed up`,
      at: place,
      fix: 'Add `backup.schedule`, and what proves it as `evidence`.',
      subject: id,
    });
  if (/^(?:pitr|continuous)$/i.test(written.trim()))
    return { standing: 'declared', said: `${id}: archived continuously, by what the manifest says`, evidence: [where] };
  const loss = scheduled(written, 'the manifest');
  if ('why' in loss)
    return lacking('unknown', {
      message: `${id}: ${loss.why} cannot be told`,
      at: where,
      fix: 'Write a cron expression, an interval such as 6h, or pitr.',
      subject: id,
    });
  if (loss.most > rpo) return lacking('contradicted', tooFar(id, loss, rpo, words, where));
  return { standing: 'declared', said: `${id}: ${loss.said}, within ${words}`, evidence: [where] };
}
