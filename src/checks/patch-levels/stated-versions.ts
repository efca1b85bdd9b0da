/** Runtimes where no image and no function says what runs: what the repository states for version managers, platforms and packages. Pure. */
import type { Stated } from '../../evidence/runtimes/stated.ts';
import { lifecycleOf } from '../../lifecycles/lifecycle.ts';
import type { Judged } from './maintained.ts';

/** What is stated, in the order of how much it says about what runs; of pipelines only where nothing else speaks of the runtime. */
export function judgedByStatements(stated: readonly Stated[], asOf: string): readonly Judged[] {
  const families = [...new Set(stated.map(({ family }) => family))];
  return families.flatMap((family) => {
    const all = stated.filter((it) => it.family === family);
    const own = all.filter(({ source }) => source !== 'pipeline');
    const told = own.length > 0 ? own : all.filter(({ matrix }) => !matrix);
    const exact = told.filter(({ says }) => says === 'version');
    const telling = exact.length > 0 ? exact : told.filter(({ says }) => says === 'range');
    // A minimum is not what runs; it is looked at only where nothing says more.
    return (telling.length > 0 ? telling : told.slice(0, 1)).map((it) => judgedBy(it, asOf));
  });
}

function judgedBy(it: Stated, asOf: string): Judged {
  const running = { product: it.product, shown: it.written, at: it.at };
  if (it.says === 'version' && it.version !== undefined)
    return { running, lifecycle: lifecycleOf(it.product, it.version, asOf) };
  const because = `${it.at.path} says ${it.written}, ${SAID[it.says]}`;
  if (it.says !== 'range') return { running, lifecycle: { state: 'unknown', because } };
  // The lowest that is allowed decides; where only that has ended, which one runs is not told.
  const least = lifecycleOf(it.product, lineOf(it.spans[0]?.from ?? ''), asOf);
  return {
    running,
    lifecycle:
      least.state === 'ended' ? { state: 'unknown', because: `${because}, of which ${least.title} has ended` } : least,
  };
}

/** 20.0.0 stands for all of 20, and 3.11.0 for all of 3.11. */
function lineOf(version: string): string {
  return version.replace(/(\.0)+$/, '');
}

const SAID: Readonly<Record<Stated['says'], string>> = {
  version: 'one release',
  range: 'which allows several releases',
  minimum: 'which is only the least that will do',
  moving: 'which is whatever is newest',
  open: 'which is filled in elsewhere or not understood',
};
