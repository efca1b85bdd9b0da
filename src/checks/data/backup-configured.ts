/** Assesses whether every store is backed up by something that runs on its own, for as long as is claimed. */
import { days } from '../../dates.ts';
import { isKnown } from '../../evidence/known.ts';
import type { Backup } from '../../evidence/stores/store.ts';
import { defineCheck } from '../define.ts';
import { everyStore, lacking, type StorePart } from './every-store.ts';
import { isContainer, type Kept, type StoreSubject } from './kept.ts';
import { type Saved, savedBy } from './saved.ts';

const FIX =
  'Switch on the backups that the platform offers, or add a scheduled job that dumps it to another place; where that is done elsewhere, say so in `backup` with `evidence`.';

export const check = defineCheck({
  summary:
    "Reads the backups of RDS, DynamoDB, S3, EFS and AWS Backup's plans, of Cloud SQL, Cloud Storage and Azure's databases; of NAIS, CloudNativePG and Crunchy's operator; Velero's schedules, and CronJobs and scheduled workflows whose commands dump a database or copy a store that they name. The name of a job, a folder or a feature proves nothing. A dump that stays in the job's own container is lost with it.",
  needs: ['stores', 'references'],
  params: {},
  assess(subject) {
    const verb = ['is backed up automatically', 'are backed up automatically'] as const;
    const part = (kept: Kept, all: readonly Kept[]): StorePart => partOf(kept, savedBy(kept, all, subject), subject);
    return everyStore(subject, verb, part, { unsaid: true });
  },
});

function partOf(kept: Kept, saved: Saved, { at }: StoreSubject): StorePart {
  const { id, claim, pointer, found } = kept;
  const { sure, off, open } = saved;
  const [best] = sure;
  if (best)
    return (
      shortOf(kept, sure) ?? {
        standing: 'verified',
        said: `${id} by ${spoken(best)}`,
        evidence: sure.map((it) => it.at),
      }
    );
  const [first] = open;
  if (first) return unclear(id, `${first.why} cannot be told`, first.backup.at);
  const partial = found.find((it) => it.partial !== undefined);
  if (partial && !claim?.backup) return unclear(id, partial.partial ?? '', partial.at);
  const explicit = off.find(({ on }) => isKnown(on) && on.via !== 'default');
  if (explicit)
    return lacking('contradicted', {
      message: `${id}: backups by ${explicit.by} are switched off`,
      at: explicit.at,
      fix: FIX,
      subject: id,
    });
  if (claim?.backup && pointer !== undefined)
    return { standing: 'declared', said: `${id} by what the manifest says`, evidence: [at(`${pointer}/backup`)] };
  const [store] = found;
  if (store && isContainer(store) && !claim)
    return unclear(id, 'nobody says what is in it, and nothing here backs it up', store.at);
  const message =
    found.length > 0 ? `nothing here backs up ${id} (${found[0]?.by})` : `nothing says how ${id} is backed up`;
  return lacking('missing', { message, at: store?.at ?? kept.at, fix: FIX, subject: id });
}

function unclear(id: string, why: string, at: Backup['at']): StorePart {
  return lacking(
    'unknown',
    { message: `${id}: ${why}`, at, fix: 'Say in the manifest what backs it up, with `evidence`.', subject: id },
    `${id}: ${why}`,
  );
}

/** "pg_dump", "backup_retention_period, kept 35d". */
function spoken({ by, retention }: Backup): string {
  return retention && isKnown(retention) ? `${by}, kept ${retention.value}` : by;
}

/** What is claimed of how long backups are kept, and is not so. */
function shortOf({ id, claim }: Kept, sure: readonly Backup[]): StorePart | undefined {
  const wanted = claim?.backup?.retention;
  const kept = sure.flatMap(({ retention }) =>
    retention && isKnown(retention) ? [{ text: retention.value, count: days(retention.value) ?? 0 }] : [],
  );
  const longest = kept.sort((a, b) => b.count - a.count)[0];
  if (wanted === undefined || !longest || kept.length < sure.length || longest.count >= (days(wanted) ?? 0))
    return undefined;
  return lacking('contradicted', {
    message: `${id}: the manifest says backups are kept ${wanted}, and ${sure[0]?.by} keeps them ${longest.text}`,
    ...(sure[0] && { at: sure[0].at }),
    fix: 'Keep them as long as is claimed, or correct the claim.',
    subject: id,
  });
}
