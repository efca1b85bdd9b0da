/** What the service needs, whom to call about it, and what happens without it. */
import { type Listed, listDependencies } from '../../checks/dependencies/listed.ts';
import { assessRetry, check as retryBounded } from '../../checks/dependencies/retry-bounded.ts';
import { assessTimeouts, check as timeoutsSet } from '../../checks/dependencies/timeouts-set.ts';
import type { Part } from '../../checks/parts.ts';
import type { Dependency } from '../../generated/service.ts';
import { type Context, gathered, manifestName, valuesOf } from '../context.ts';
import type { Group, Section } from '../handover.ts';
import { claimed, group, joined, line, ruled, troubleWith } from '../line.ts';

/** The section. */
export function dependencies(context: Context): Section {
  const listed = listDependencies(context);
  const groups = [
    ...listed.map((it) => one(context, it, listed)),
    ...group(listed.length > 0 ? 'All of them together' : undefined, [
      ...ruled(context, 'What is listed', 'dependencies/criticality-declared'),
      ...ruled(context, 'Longest wait', 'dependencies/timeout-chain-sane'),
      ...ruled(context, 'What they promise', 'non-functionals/slo-not-above-dependency'),
    ]),
  ];
  const nothing = context.claims.dependencies
    ? `${context.judged.manifest.path} says that the service depends on nothing.`
    : `${manifestName(context)} says what the service depends on.`;
  return {
    id: 'dependencies',
    title: 'Dependencies',
    ...(listed.length === 0 && { lead: nothing }),
    groups,
  };
}

function one(context: Context, it: Listed, all: readonly Listed[]): Group {
  const { dependency, pointer } = it;
  const { id, kind, criticality, owner, contact, impact, fallback, timeout, retry, slo } = dependency;
  const parts = boundsOf(context, it, all);
  const stops =
    criticality &&
    (criticality === 'hard' ? 'the service does not work without it' : 'the service works in part without it');
  const lines = [
    ...claimed(
      context,
      'What it is',
      joined([kind, stops, owner && `${owner} is behind it`], '; '),
      `${pointer}/criticality`,
    ),
    ...claimed(context, 'Without it', impact, `${pointer}/impact`),
    ...claimed(context, 'Instead', fallback?.kind, `${pointer}/fallback`, {
      part: troubleWith(context, 'dependencies/fallback-declared', id),
    }),
    ...(contact || kind === 'file'
      ? claimed(context, 'Whom to call', contact, `${pointer}/contact`)
      : [line('Whom to call', 'nobody is named', 'missing', { places: [context.at(pointer)] })]),
    ...claimed(context, 'Waits at most', timeoutText(timeout), `${pointer}/timeout`, { part: parts.timeout }),
    ...claimed(context, 'Tries again', retryText(retry), `${pointer}/retry`, { part: parts.retry }),
    ...claimed(context, 'Promises', promiseText(slo), `${pointer}/slo`),
  ];
  return { title: id, lines };
}

interface Bounds {
  readonly timeout?: Part;
  readonly retry?: Part;
}

/** Whether the cited configuration shows how long and how often it is called. */
function boundsOf(context: Context, it: Listed, all: readonly Listed[]): Bounds {
  const evidence = gathered(context, 'claimed-numbers');
  if (!evidence || it.dependency.kind === 'file') return {};
  const { facts } = evidence['claimed-numbers'];
  const ids = all.filter(({ dependency }) => dependency.kind !== 'file').map(({ dependency }) => dependency.id);
  const { connect } = valuesOf(context, 'dependencies/timeouts-set', timeoutsSet.params);
  const { most } = valuesOf(context, 'dependencies/retry-bounded', retryBounded.params);
  return {
    timeout: assessTimeouts(it, { facts, ids, connect, at: context.at }),
    retry: assessRetry(it, { facts, ids, most, at: context.at }),
  };
}

function timeoutText(timeout: Dependency['timeout']): string | undefined {
  return joined([
    timeout?.connect && `${timeout.connect} to connect`,
    timeout?.request && `${timeout.request} for an answer`,
  ]);
}

function retryText(retry: Dependency['retry']): string | undefined {
  if (retry?.max === undefined) return undefined;
  if (retry.max === 0) return 'never';
  return joined([
    retry.max === 1 ? 'once' : `${retry.max} times`,
    retry.backoff && `backoff: ${retry.backoff}`,
    retry.idempotent === true && 'calling twice does no harm',
    retry.idempotent === false && 'calling twice does harm',
  ]);
}

function promiseText(slo: Dependency['slo']): string | undefined {
  const numbers = joined([
    slo?.availability !== undefined && `${slo.availability} % available`,
    slo?.latency_p95 && `95 of 100 within ${slo.latency_p95}`,
    slo?.latency_p99 && `99 of 100 within ${slo.latency_p99}`,
  ]);
  return numbers && joined([numbers, slo?.on && `looked up on ${slo.on}`], '; ');
}
