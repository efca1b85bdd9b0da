/** Assesses whether somebody is told when a backup fails or does not run. */
import type { Evidence } from '../../generated/evidence.ts';
import { defineCheck } from '../define.ts';
import { listed } from '../words.ts';
import { watches } from './backup-alerts.ts';
import { everyStore, lacking, type StorePart } from './every-store.ts';
import type { Kept, StoreSubject } from './kept.ts';
import { savedBy } from './saved.ts';

export const check = defineCheck({
  summary:
    "Looks among the alerts for one whose metric is about the backups of the store: those of CloudNativePG, Velero, pgBackRest, restic, barman, of Kubernetes' jobs for the CronJob that dumps it, AWS Backup's failed jobs, or a metric of one's own that counts backups or tells the time of the last. An alert's name proves nothing. Clouds that back up by themselves send events, which may be subscribed to elsewhere.",
  needs: ['stores', 'references', 'alerts'],
  params: {},
  assess(subject) {
    return everyStore(
      subject,
      ['has backups that an alert watches', 'have backups that an alert watches'],
      (kept, all) => partOf(kept, all, subject),
    );
  },
});

type Subject = StoreSubject & { readonly evidence: Pick<Evidence, 'alerts'> };

function partOf(kept: Kept, all: readonly Kept[], subject: Subject): StorePart {
  const { id, claim, pointer } = kept;
  const { alerts } = subject.evidence.alerts.facts;
  const { sure: every, open } = savedBy(kept, all, subject);
  const sure = every.filter(({ means }) => means !== 'versions');
  const watching = alerts.filter((alert) => sure.some((it) => watches(alert, it)));
  const certain = watching.filter(({ conditions }) => conditions.length === 0);
  const [first] = certain;
  if (first) return { standing: 'verified', said: `${id} by ${first.name}`, evidence: certain.map(({ at }) => at) };
  const [perhaps] = watching;
  const fix =
    'Alert on the time since the last backup that succeeded: it tells of one that failed and of one that never ran.';
  if (perhaps)
    return lacking('unknown', {
      message: `${id}: ${perhaps.name} is there only where ${perhaps.conditions[0]}`,
      at: perhaps.at,
      fix,
      subject: id,
    });
  const named = claim?.backup?.alert ?? [];
  const lost = named.filter((name) => !alerts.some((it) => it.name === name));
  const at = subject.at(`${pointer}/backup/alert`);
  if (named.length > 0 && lost.length === 0)
    return {
      standing: 'declared',
      said: `${id} by ${listed(named)}, whose queries do not tell of backups`,
      evidence: [at],
    };
  if (named.length > 0) {
    const unseen = subject.evidence.alerts.unread.length + subject.evidence.alerts.delegated.length > 0;
    return lacking(unseen ? 'unknown' : 'contradicted', {
      message: `${id}: the alert ${lost[0]} is defined nowhere`,
      at,
      fix: 'Define it, or correct the name.',
      subject: id,
    });
  }
  const managed = sure.find(
    ({ means, by }) => means !== 'dump' && !/^(?:ScheduledBackup|Velero|pgBackRest|barman)/.test(by),
  );
  if (managed)
    return lacking(
      'unknown',
      {
        message: `${id}: the platform tells of its own backups (${managed.by}) by events, and nothing here says who gets them`,
        at: managed.at,
        fix,
        subject: id,
      },
      `${id}: who is told by the platform is not here`,
    );
  const [unclear] = open;
  if (unclear || (sure.length === 0 && claim?.backup))
    return lacking('unknown', {
      message: `${id}: what backs it up cannot be seen, so neither can what watches it`,
      at: unclear?.backup.at ?? kept.at,
      fix: 'Name the alerts in `backup.alert`.',
      subject: id,
    });
  const [backup] = sure;
  // A store without backups is told of by another rule; where versions are kept there is no run that could fail.
  if (!backup) return { standing: 'not-applicable' };
  return lacking('missing', {
    message: `nobody is told when ${backup.by} fails to save ${id}`,
    at: backup.at,
    fix,
    subject: id,
  });
}
