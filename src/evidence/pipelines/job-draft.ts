/** A job as readers of the other systems put it down, and the job that it makes. */
import type { Place } from '../../model.ts';
import type { Job, Purpose, Use } from './pipeline.ts';
import { conditionOf, neverRuns, type Runs } from './situations.ts';

/** What a reader found out about a job. */
export interface Draft {
  readonly id: string;
  readonly name?: string | undefined;
  readonly needs: readonly string[];
  readonly environment?: string | undefined;
  /** When it runs; where it is left out: always. */
  readonly runs?: Runs | undefined;
  /** It waits for a failure, or does not mind one. */
  readonly after?: 'failure' | 'anything' | undefined;
  readonly manual?: boolean;
  /** Its failure stops nothing: why. */
  readonly weakened?: string | undefined;
  readonly purposes: readonly Purpose[];
  readonly uses?: readonly Use[];
  readonly at: Place;
}

/** The job of a draft. */
export function jobOf({
  id,
  name,
  needs,
  environment,
  runs = {},
  after,
  manual = false,
  weakened,
  purposes,
  uses = [],
  at,
}: Draft): Job {
  const condition = [conditionOf(runs), after === 'failure' ? 'failure()' : undefined].filter((it) => it !== undefined);
  const all = weakened === undefined ? purposes : purposes.map((it) => ({ ...it, weakened: it.weakened ?? weakened }));
  return {
    id,
    ...(name !== undefined && { name }),
    needs: [...new Set(needs)].filter((it) => it !== id),
    ...(environment !== undefined && environment !== '' && { environment }),
    ...(condition.length > 0 && { condition: condition.map((it) => `(${it})`).join(' && ') }),
    ...(after === 'anything' &&
      needs.length > 0 && { ungated: needs, weakened: `it runs although ${needs.join(', ')} failed` }),
    ...(neverRuns(runs) && { never: 'its rules never let it run' }),
    manual,
    purposes: all,
    uses,
    artefacts: [...new Set(all.flatMap(({ carries = [] }) => carries))],
    at,
  };
}
