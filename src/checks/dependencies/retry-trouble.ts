/** What is wrong with declared retries: too many, all at once, or of calls that must not be repeated. */
import type { Dependency } from '../../generated/service.ts';

/** One thing wrong. */
export interface Trouble {
  /** `missing`: nothing is said. `contradicted`: what is said is against the rule. */
  readonly standing: 'missing' | 'contradicted';
  readonly message: string;
  readonly fix: string;
}

/** Everything wrong with the retries of one dependency; `most` is the highest number allowed. */
export function troubleWith({ retry }: Dependency, most: number): readonly Trouble[] {
  if (retry?.max === undefined) return [UNSAID];
  if (retry.max === 0) return [];
  return [tooMany(retry.max, most), together(retry.backoff), harmful(retry.idempotent)].filter(
    (it) => it !== undefined,
  );
}

const UNSAID: Trouble = {
  standing: 'missing',
  message: 'nothing says how often a failed call is tried again; many clients retry by default',
  fix: 'Say `retry: 0`, or add `retry.max`, `retry.backoff: exponential-jitter` and `retry.idempotent: true`.',
};

function tooMany(max: number, most: number): Trouble | undefined {
  if (max <= most) return undefined;
  const message = `${max} retries make ${max + 1} calls of one, at most ${most} retries are allowed`;
  return { standing: 'contradicted', message, fix: `Lower \`retry.max\` to ${most} or less.` };
}

function together(backoff: string | undefined): Trouble | undefined {
  if (backoff === 'exponential-jitter') return undefined;
  if (backoff === undefined) {
    const message = 'nothing says how the wait between tries grows';
    return { standing: 'missing', message, fix: 'Add `retry.backoff: exponential-jitter`.' };
  }
  const message = `with backoff ${backoff} all callers try again at the same moments`;
  const fix = 'Spread the waits at random and say `retry.backoff: exponential-jitter`.';
  return { standing: 'contradicted', message, fix };
}

function harmful(idempotent: boolean | undefined): Trouble | undefined {
  if (idempotent) return undefined;
  if (idempotent === undefined) {
    const fix =
      'Add `retry.idempotent: true` once the other side recognises a repeated call, e.g. by an idempotency key.';
    return { standing: 'missing', message: 'nothing says that calling twice does no harm', fix };
  }
  const message = 'calls are repeated although calling twice does harm';
  return { standing: 'contradicted', message, fix: 'Set `retry: 0`, or make the call idempotent first.' };
}
