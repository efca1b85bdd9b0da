/** Which alerts watch a backup: by the metric that they ask for, never by their names. Pure. */
import type { Alert } from '../../evidence/alerts.ts';
import type { Backup, BackupJob } from '../../evidence/stores/store.ts';

/** Metrics by which the usual tools tell of their backups. */
const METRICS =
  /(?:^|_)backups?_.*(?:fail|error|success|last|timestamp|age|completion|status|missing|available|seconds|time)|(?:fail|error|success|last|latest|oldest|time_since|age|available)\w*_backups?(?:_|$)|^cnpg_collector_(?:last_(?:available|failed)_backup|first_recoverability_point)|^velero_\w*backup|^pgbackrest_|^barman_|^restic_|^walg_/i;
/** Metrics of Kubernetes about jobs and what starts them. */
const JOBS =
  /^kube_(?:job_(?:status_(?:failed|succeeded|completion_time)|failed|complete)|cronjob_(?:status_last_(?:successful|schedule)_time|next_schedule_time|status_active))/;
/** Longest metric name that is looked at. */
const LONGEST = 200;
const CODES = /backup_?codes?/i;
/** What clouds call them. */
const CLOUD =
  /NumberOfBackupJobs(?:Failed|Aborted|Expired|Completed)|BackupRetentionPeriodStorage|backup_job|Backup Job State Change|\bRDS-EVENT-0(?:001|002|034|035|036)\b/;

/** Whether an alert fires when this backup fails or does not run. */
export function watches(alert: Alert, backup: Backup): boolean {
  if (alert.muted) return false;
  if (CLOUD.test(alert.expr)) return /aws_backup|^backup_retention|point_in_time/.test(backup.by);
  return alert.metrics.some(({ name, matchers }) => {
    if (CODES.test(name) || name.length > LONGEST) return false;
    if (METRICS.test(name)) return isOf(name, backup);
    if (!JOBS.test(name) || !isJob(backup) || backup.kind !== 'CronJob') return false;
    const own = matchers.filter(({ label }) => /^(?:job_name|cronjob|owner_name|exported_job)$/.test(label));
    return own.every(({ op, value }) => admits(op, value, backup.name));
  });
}

/** A tool's own metric is about that tool. */
function isOf(metric: string, { by }: Backup): boolean {
  const tools: readonly (readonly [RegExp, RegExp])[] = [
    [/^cnpg_/, /ScheduledBackup|barman/],
    [/^velero_/, /Velero|velero/],
    [/^pgbackrest_/, /pgbackrest/i],
    [/^restic_/, /restic/],
    [/^barman_/, /barman/],
    [/^walg_/, /wal-g/],
  ];
  const own = tools.find(([pattern]) => pattern.test(metric));
  return own === undefined || own[1].test(by);
}

function isJob(backup: Backup): backup is BackupJob {
  return 'mentions' in backup;
}

/** Names of a CronJob's jobs begin with its own; of a pattern only what it begins with is compared. */
function admits(op: string, value: string, job: string): boolean {
  const starts = (op.endsWith('~') ? value.split('|') : [value]).map(
    (it) => /^[\w-]*/.exec(it.replace(/^[(^]+/, ''))?.[0] ?? '',
  );
  const hit = starts.some((it) => job.startsWith(it.replace(/-$/, '')) || it.startsWith(`${job}-`));
  return op.startsWith('!') ? !hit : hit;
}
