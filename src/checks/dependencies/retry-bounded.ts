/** Assesses whether repeated calls are few, spread out and harmless, and whether the cited configuration shows their number. */
import type { Facts } from '../../evidence/claimed-numbers.ts';
import type { Place } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { integer } from '../params.ts';
import { failing, type Part, together } from '../parts.ts';
import { counted } from '../words.ts';
import { type Listed, listDependencies, withoutDependencies } from './listed.ts';
import { troubleWith } from './retry-trouble.ts';
import { numbersFor, showingRetries } from './shown.ts';

export const check = defineCheck({
  summary:
    "Reads `retry` of every dependency but files: `max`, and where it is above 0 `backoff: exponential-jitter` and `idempotent: true`. The number is shown when a file that `retry.evidence` or the dependency's `evidence` names has it next to a retry key; backoff and idempotence are taken from the manifest.",
  needs: ['claimed-numbers'],
  params: { most: integer('most retries of one call', 3) },
  ofClaims: true,
  assess(subject) {
    const { evidence, params, at } = subject;
    const why = 'callers that all try again at once keep a service down that was about to recover';
    const nothing = withoutDependencies(subject, why);
    if (nothing) return nothing;
    const dependencies = listDependencies(subject).filter(({ dependency }) => dependency.kind !== 'file');
    const ids = dependencies.map(({ dependency }) => dependency.id);
    const question = { facts: evidence['claimed-numbers'].facts, ids, most: params.most, at };
    const parts = dependencies.map((it) => assessRetry(it, question));
    const sound = parts.filter(({ standing }) => standing === 'declared' || standing === 'verified');
    const shown = sound.filter((part) => (part.evidence ?? []).length > 0).length;
    const numbers = shown === 0 ? 'no number is' : `${counted(shown, 'number')} ${shown === 1 ? 'is' : 'are'}`;
    const of = counted(parts.length, 'dependency', 'dependencies');
    const because = `retries of ${sound.length} of ${of} are bounded, spread out and harmless; ${numbers} shown by configuration`;
    return together(parts, because, at('/dependencies'));
  },
});

/** What the retries of one dependency are held against. */
interface Question {
  readonly facts: Facts;
  readonly ids: readonly string[];
  readonly most: number;
  at(pointer: string): Place;
}

/** Whether repeated calls of one dependency are few, spread out and harmless, and whether the cited configuration shows their number. */
export function assessRetry(it: Listed, { facts, ids, most, at }: Question): Part {
  const trouble = troubleWith(it.dependency, most);
  if (trouble.length === 0) return shownPart(it, facts, ids);
  const { id } = it.dependency;
  const problems = trouble.map(({ message, fix }) => {
    return { message: `${id}: ${message}`, at: at(`${it.pointer}/retry`), fix, subject: id };
  });
  const against = trouble.some(({ standing }) => standing === 'contradicted');
  return { standing: against ? 'contradicted' : 'missing', problems };
}

/** A file can show the number; that waits are random and repeated calls harmless it cannot, unless there are none. */
function shownPart({ dependency: { id, retry }, pointer }: Listed, facts: Facts, ids: readonly string[]): Part {
  const max = retry?.max ?? 0;
  const showing = showingRetries(numbersFor(facts, [`${pointer}/retry/evidence`, `${pointer}/evidence`], id, ids), max);
  if (showing.state === 'silent') return { standing: 'declared' };
  if (showing.state === 'shown') return { standing: max === 0 ? 'verified' : 'declared', evidence: [showing.at] };
  const message = `${id}: the manifest says ${counted(max, 'retry', 'retries')}, this file says ${showing.text}`;
  const fix = "Make the manifest and the configuration agree; the timeout chain multiplies by the manifest's number.";
  return failing('contradicted', { message, at: showing.at, fix, subject: id });
}
