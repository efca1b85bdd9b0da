/** Which commands save data, and of which product: by the program that runs, never by the name of a job, a file or a folder. Pure. */

import { table } from '../../table.ts';
import type { ShellCommand } from '../pipelines/shell.ts';

/** What a script does about saving data. */
export interface Saving {
  /** The command that saves, e.g. pg_dump. */
  readonly tool: string;
  /** The product; `files` for what copies files, and whatever is in them. */
  readonly product?: string;
  /** What is copied, where files are. */
  readonly from?: readonly string[];
  /** Line within the script, from 1. */
  readonly line: number;
  readonly weakened?: string;
}

/** Programs, what they have to be told to save anything, and the product that they save. */
const SAVERS: readonly (readonly [program: RegExp, use: RegExp, product?: string])[] = [
  [/^(?:pg_dump|pg_dumpall|pg_basebackup|barman-cloud-backup)$/, /^/, 'postgres'],
  [/^(?:mysqldump|mariadb-dump|mysqlpump|mydumper)$/, /^/, 'mysql'],
  [/^mongodump$/, /^/, 'mongodb'],
  [/^pgbackrest$/, /(?:^| )backup(?: |$)/, 'postgres'],
  [/^barman$/, /^(?:-\S+ )*backup /, 'postgres'],
  [/^wal-[ge]$/, /(?:^| )backup-push(?: |$)/],
  [/^(?:xtrabackup|mariabackup|mariadb-backup)$/, /--backup\b/, 'mysql'],
  [/^redis-cli$/, /(?:^| )(?:--rdb|BGSAVE|SAVE)(?: |$)/i, 'redis'],
  [/^restic$/, /(?:^| )backup(?: |$)/],
  [/^borg$/, /(?:^| )create /],
  [/^kopia$/, /(?:^| )snapshot create /],
  [/^duplicity$/, /(?:^| )(?:full|incremental|backup) /],
  [/^velero$/, /(?:^| )backup create/],
  [/^etcdctl$/, /(?:^| )snapshot save /, 'etcd'],
  [/^nodetool$/, /(?:^| )snapshot(?: |$)/, 'cassandra'],
  [/^aws$/, /^(?:-\S+ )*rds create-db-(?:cluster-)?snapshot /, 'rds'],
  [/^aws$/, /^(?:-\S+ \S+ )*s3 (?:cp|sync) /, 'files'],
  [/^gcloud$/, /(?:^| )sql (?:backups create|export) /, 'cloud-sql'],
  [/^gsutil$/, /(?:^| )(?:cp|rsync) /, 'files'],
  [/^rclone$/, /(?:^| )(?:copy|copyto|sync) /, 'files'],
];
/** What carries a file out of the job. */
const UPLOADS: readonly (readonly [RegExp, RegExp])[] = [
  [/^aws$/, /(?:^| )s3 (?:cp|sync|mv) |(?:^| )s3api put-object /],
  [/^(?:gsutil|rclone|mc|s3cmd|azcopy)$/, /(?:^| )(?:cp|rsync|mv|copy|copyto|sync|mirror|put|rcat|pipe) /],
  [/^gcloud$/, /(?:^| )storage (?:cp|rsync) |(?:^| )sql (?:backups create|export) /],
  [/^az$/, /(?:^| )storage (?:blob|fs|file) (?:\S+ )?upload/],
  [/^aws$/, /(?:^| )rds create-db-/],
  [/^(?:restic|borg|kopia|duplicity|wal-[ge]|pgbackrest|barman|barman-cloud-backup|velero)$/, /./],
  [/^(?:scp|sftp|rsync)$/, /\S+:\S*/],
  [/^curl$/, /(?:^| )(?:-T|--upload-file) /],
];
/** Programs that run the program that they are given. */
const RUNNERS =
  /^(?:kubectl|oc|docker|docker-compose|podman|nerdctl|sudo|doas|su-exec|gosu|runuser|timeout|nice|ionice|env|exec|nohup|time|ssh|heroku|fly|flyctl|chroot|command|retry|flock|setpriv)$/;
/** Asked for its version, a program saves nothing. */
const ASKED = /(?:^| )(?:--version|--help)(?: |$)/;
/** What saves only the shape of a database. */
const ONLY_SHAPE: Readonly<Record<string, RegExp>> = table({
  postgres: /(?:^| )(?:--schema-only|-s|--globals-only|-g|--roles-only|-V)(?: |$)/,
  mysql: /(?:^| )(?:--no-data|-d)(?: |$)/,
});

/** What each command saves. */
export function savingsIn(commands: readonly ShellCommand[]): readonly Saving[] {
  return commands.flatMap((command) => savingOf(command) ?? []);
}

/** Whether anything is carried out of the job. */
export function uploadsIn(commands: readonly ShellCommand[]): boolean {
  return commands.some(({ words }) => {
    const run = programIn(words);
    return run !== undefined && UPLOADS.some(([program, use]) => program.test(run.program) && use.test(`${run.rest} `));
  });
}

function savingOf({ words, line, weakened }: ShellCommand): Saving | undefined {
  const run = programIn(words);
  if (!run) return undefined;
  const { program, rest } = run;
  const found = SAVERS.find(([pattern, use]) => pattern.test(program) && use.test(`${rest} `));
  if (!found) return undefined;
  const [, , product] = found;
  if (ASKED.test(rest) || ONLY_SHAPE[product ?? '']?.test(rest)) return undefined;
  return {
    tool: program,
    line,
    ...(product !== undefined && { product }),
    ...(weakened !== undefined && { weakened }),
  };
}

/** The program that runs and what it is given; past those that only run others. */
function programIn(words: readonly string[]): { readonly program: string; readonly rest: string } | undefined {
  const first = base(words[0] ?? '');
  const at = RUNNERS.test(first) ? words.findIndex((word, index) => index > 0 && isSaver(base(word))) : 0;
  const program = words[at];
  if (at < 0 || program === undefined) return undefined;
  return {
    program: base(program),
    rest: words
      .slice(at + 1)
      .join(' ')
      .slice(0, 2000),
  };
}

function base(word: string): string {
  return word.split('/').at(-1) ?? word;
}

function isSaver(word: string): boolean {
  return [...SAVERS, ...UPLOADS].some(([pattern]) => pattern.test(word));
}
