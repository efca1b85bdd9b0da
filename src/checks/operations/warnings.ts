/** What stands about one thing that can run out: which alert watches it, and whether that fires in time. Pure. */

import type { Block } from '../../evidence/terraform/block.ts';
import type { Finite } from '../../evidence/workloads/finite.ts';
import type { Limit } from '../../generated/service.ts';
import type { Place } from '../../model.ts';
import type { JudgedAlert } from '../alert-scope.ts';
import { amountOf, compared, unitOf } from '../amount.ts';
import type { Part } from '../parts.ts';
import { listed, shortened } from '../words.ts';
import { timingOf } from './early-warning.ts';
import { watchingAcm, watchingFinite, watchingLimit } from './watched.ts';

/** An opinion on one of them, with a few words for the sentence. */
export interface Answer extends Part {
  readonly said: string;
}

interface Thing {
  readonly name: string;
  readonly at: Place;
  readonly fix: string;
}

/** A declared limit. `some`: alerts exist that tell nobody. */
export function answerLimit(limit: Limit, at: Place, alerts: readonly JudgedAlert[], some: boolean): Answer {
  const { id, alert: names = [], warn_at: warnAt } = limit;
  const unit = unitOf(limit.limit);
  const fix = `Alert below ${limit.limit}, and name the alert: \`alert: [...]\`.`;
  const thing = { name: id, at, fix };
  const late = compared(warnAt, limit.limit, unit);
  if (late && late[0].value >= late[1].value)
    return no(thing, `${id} is to warn at ${warnAt}, and ends at ${limit.limit}`);
  if (names.length === 0) return timed(thing, watchingLimit(id, alerts), [], amountOf(limit.limit));
  const named = alerts.filter(({ name }) => names.includes(name));
  const gone = names.filter((name) => !named.some((it) => it.name === name));
  if (named.length === 0)
    return {
      standing: 'missing',
      said: `${id} (none that is here)`,
      problems: [
        {
          message: `${listed(gone)} ${gone.length === 1 ? 'is' : 'are'} said to warn of ${id}, and no alert ${some ? 'that tells someone ' : ''}is called that here`,
          at,
          fix: 'Correct the name, or name the file it is in under `alerts.sources`.',
          subject: id,
        },
      ],
    };
  return timed(thing, named, [], amountOf(limit.limit));
}

/** A certificate or a volume. */
export function answerFinite(finite: Finite, alerts: readonly JudgedAlert[]): Answer {
  const { type, name, at } = finite;
  const { certain, possible } = watchingFinite(finite, alerts);
  const fix =
    type === 'certificate'
      ? 'Alert on `certmanager_certificate_expiration_timestamp_seconds - time() < 14 * 86400`.'
      : 'Alert on `kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.15`, or predict it.';
  return timed({ name: `${type} ${name}`, at, fix }, certain, possible);
}

/** A certificate that AWS keeps; of several nobody can tell here which an alarm is about. */
export function answerAcm({ name, at }: Block, alerts: readonly JudgedAlert[], total: number): Answer {
  const alarms = watchingAcm(alerts);
  const fix = 'Add an alarm on `DaysToExpiry` of AWS/CertificateManager below 30.';
  const thing = { name: `aws_acm_certificate ${name}`, at, fix };
  return total === 1 ? timed(thing, alarms, []) : timed(thing, [], alarms);
}

function timed(
  thing: Thing,
  certain: readonly JudgedAlert[],
  possible: readonly JudgedAlert[],
  limit?: ReturnType<typeof amountOf>,
): Answer {
  const { name, at, fix } = thing;
  const told = certain.map((alert) => ({ alert, timing: timingOf(alert, limit) }));
  const early = told.find(({ timing }) => timing === 'before');
  if (early) return { standing: 'verified', said: `${name} (${early.alert.name})`, evidence: [early.alert.exprAt] };
  const unclear = [...told.filter(({ timing }) => timing === 'unclear').map(({ alert }) => alert), ...possible];
  const [first] = unclear;
  if (first) {
    const names = shortened([...new Set(unclear.map((it) => it.name))], 3);
    return {
      standing: 'unknown',
      said: `${name} (${names}, and whether in time cannot be told)`,
      evidence: [first.exprAt],
    };
  }
  const [late] = told;
  if (late) return no({ ...thing, at: late.alert.exprAt }, `${late.alert.name} fires only when ${name} is at its end`);
  return {
    standing: 'missing',
    said: `${name} (none)`,
    problems: [{ message: `no alert warns of the end of ${name}`, at, fix, subject: name }],
  };
}

function no({ name, at, fix }: Thing, message: string): Answer {
  return { standing: 'contradicted', said: `${name} (too late)`, problems: [{ message, at, fix, subject: name }] };
}
