/** What the numbers of one objective say of its last window. Pure. */
import type { Measured } from '../../evidence/live/objectives.ts';
import { attainment } from '../../live/attainment.ts';
import type { Problem } from '../../model.ts';
import { percent, plain, reaches } from '../arithmetic.ts';

/** What is said of one objective. */
export interface Opinion {
  readonly say: string;
  readonly met: boolean;
  readonly problem?: Problem;
}

/** Whether it was met, missed, or cannot be told. */
export function opinionOn(objective: Measured, server: string): Opinion {
  const { name, target, window = '', part, total, before, at } = objective;
  const readings = [total, part, before];
  const trouble = readings.find((it) => it && 'trouble' in it);
  if (!part) return open(`${name} is not measured: nothing says in PromQL what is counted over its window`);
  if (trouble && 'trouble' in trouble) return open(`${name}: ${trouble.trouble}`);
  const [value, all, early] = [part, total, before].map((it) => (it && 'value' in it ? it.value : undefined));
  if (all === null || (total === undefined && value === null)) {
    const message = `the metric of ${name} is not there: its query gives nothing over ${window}`;
    return {
      say: `${name} has no metric`,
      met: false,
      problem: { message, at, fix: `Correct the query, or see why ${server} does not scrape it.`, subject: name },
    };
  }
  if (value === null || value === undefined)
    return open(
      `${name}: no series counts its ${objective.of === 'errors' ? 'errors' : 'good events'}, which is so without any, and also where the query matches nothing`,
    );
  const share = attainment(objective, value, all);
  if (share === undefined)
    return open(`${name}: ${plain(value)}${all === undefined ? '' : ` of ${plain(all)}`} is no share of events`);
  const time = early === null ? `what the data covers of ${window}` : window;
  const sum = `${name} ${percent(share, target)} over ${time}, objective ${percent(target, share)}`;
  if (!reaches(share, target)) {
    const message = `${name} was not met: ${percent(share, target)} over ${early === null ? time : `the last ${window}`}, below ${percent(target, share)}`;
    return {
      say: sum,
      met: false,
      problem: { message, at, fix: 'Spend no more of the error budget: reliability work comes first.', subject: name },
    };
  }
  return early === null ? open(sum) : { say: sum, met: true };
}

function open(say: string): Opinion {
  return { say, met: false };
}
