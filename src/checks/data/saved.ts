/** What saves one store: its own backups and the scheduled jobs that are about it, sorted by how surely they do. Pure. */
import { isKnown } from '../../evidence/known.ts';
import type { Backup, BackupJob } from '../../evidence/stores/store.ts';
import { inProduction } from '../workload-scope.ts';
import type { Kept, StoreSubject } from './kept.ts';
import { mayBeSame, namesStore, productWord } from './naming.ts';

/** The ways in which a store is saved. */
export interface Saved {
  /** On, about this store, and kept. */
  readonly sure: readonly Backup[];
  /** Switched off, in so many words or by default. */
  readonly off: readonly Backup[];
  /** Ways of which it cannot be told, and why not. */
  readonly open: readonly { readonly backup: Backup; readonly why: string }[];
}

/** Sorts what may save a store. `all`: the stores that a job without a name may mean. */
export function savedBy(kept: Kept, all: readonly Kept[], subject: StoreSubject): Saved {
  const jobs = inProduction(subject.evidence.stores.facts.jobs, subject);
  const own = kept.found
    .flatMap(({ backups }) => backups)
    .map((backup) => ({ backup, why: undefined as string | undefined }));
  const served = jobs.flatMap((job) => {
    const about = isAbout(job, kept, all);
    if (about === 'no') return [];
    const why =
      about === 'perhaps'
        ? `whether ${job.name} is about it${job.leavesOut === undefined ? '' : ` (${job.leavesOut})`}`
        : job.kept
          ? undefined
          : `where ${job.name} leaves what it makes`;
    return [{ backup: job as Backup, why }];
  });
  const every = [...own, ...served];
  const off = every.filter(({ backup: { on } }) => isKnown(on) && !on.value);
  const rest = every.filter((it) => !off.includes(it));
  return {
    sure: rest.filter(({ backup: { on }, why }) => isKnown(on) && why === undefined).map(({ backup }) => backup),
    off: off.map(({ backup }) => backup),
    open: rest.flatMap(({ backup, why }) => {
      if (!isKnown(backup.on)) return [{ backup, why: whyOpen(backup, backup.on.opaque) }];
      return why === undefined ? [] : [{ backup, why }];
    }),
  };
}

const AWS_SQL = /^aws_|^module terraform-aws/;

/** A hint says itself what cannot be seen. */
function whyOpen(backup: Backup, opaque: string): string {
  return 'hint' in backup ? opaque : `whether ${backup.by} is on (${opaque})`;
}

/** By the product whose tool it runs and the names in its commands; a tool that copies anything has to name the store. */
function isAbout(job: BackupJob, kept: Kept, all: readonly Kept[]): 'yes' | 'perhaps' | 'no' {
  if (job.hint) return kept.found.some(({ basis }) => basis === 'defined') ? 'no' : 'perhaps';
  if (job.namespaces) {
    const within = isWithin(job.namespaces, kept);
    return within === 'yes' && job.leavesOut !== undefined ? 'perhaps' : within;
  }
  const text = job.mentions.join(' ');
  const named = kept.names.some((it) => namesStore(text, it));
  if (job.product === undefined) return named ? 'yes' : 'no';
  if (job.product === 'files') return named && holdsFiles(kept) ? 'yes' : 'no';
  if (!fits(job.product, kept)) return 'no';
  const rivals = all.filter((it) => it !== kept && fits(job.product ?? '', it));
  if (named || rivals.length === 0) return 'yes';
  return rivals.some((it) => it.names.some((name) => namesStore(text, name))) ? 'no' : 'perhaps';
}

/** A copy of the files that a database runs on is no backup of it. */
function holdsFiles({ found, product }: Kept): boolean {
  return (
    found.some(({ kind }) => kind === 'bucket' || kind === 'volume') ||
    /^(?:bucket|volume)$/.test(productWord(product ?? ''))
  );
}

function fits(product: string, { found, product: own }: Kept): boolean {
  if (product === 'rds') return found.some(({ by, kind }) => AWS_SQL.test(by) && kind === 'db');
  if (product === 'cloud-sql')
    return found.some(({ by }) => by === 'google_sql_database_instance' || by === 'sqlInstances');
  return own !== undefined && mayBeSame(own, product);
}

/** Velero saves what runs in a namespace. */
function isWithin(namespaces: readonly string[], { found }: Kept): 'yes' | 'perhaps' | 'no' {
  const run = found.filter(({ basis }) => basis === 'run');
  if (run.length === 0) return 'no';
  if (
    namespaces.length === 0 ||
    run.every(({ namespace }) => namespace !== undefined && namespaces.includes(namespace))
  )
    return 'yes';
  return run.some(({ namespace }) => namespace === undefined) ? 'perhaps' : 'no';
}
