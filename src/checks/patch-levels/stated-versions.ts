/** Runtimes where no image and no function says what runs: what the repository states for version managers, platforms and packages. Pure. */
import type { Image } from '../../evidence/images/image.ts';
import type { Stated } from '../../evidence/runtimes/stated.ts';
import { productNamed } from '../../lifecycles/cycle.ts';
import { type Lifecycle, lifecycleOf } from '../../lifecycles/lifecycle.ts';
import { isDotted } from '../../lifecycles/numbers.ts';
import { meet, releasesOf } from '../../lifecycles/span.ts';
import { type Judged, judged } from './maintained.ts';
import { functionsOf, programsOf } from './running.ts';

/** Runtimes that the service runs on. */
export interface Runtimes {
  readonly judged: readonly Judged[];
  /** Neither an image nor a function says it: only what is stated for version managers, platforms and packages. */
  readonly areStated: boolean;
}

/** Those of the images that serve users and of functions; without any, those that are stated. */
export function runtimesOf(served: readonly Image[], stated: readonly Stated[], asOf: string): Runtimes {
  const running = [...served.flatMap((image) => programsOf(image)), ...functionsOf(stated)];
  if (running.length > 0) return { judged: judged(running, asOf), areStated: false };
  return { judged: judgedByStatements(stated, asOf), areStated: true };
}

/** What is stated, exact statements first. What pipelines set up and the kits that build are not what runs. */
function judgedByStatements(stated: readonly Stated[], asOf: string): readonly Judged[] {
  const own = stated.filter(({ source, family }) => source !== 'pipeline' && family !== 'dotnet-sdk');
  return [...new Set(own.map(({ family }) => family))].flatMap((family) => {
    const all = own.filter((it) => it.family === family);
    const exact = all.filter(({ says }) => says === 'version');
    const telling = exact.length > 0 ? exact : all.filter(({ says }) => says === 'range');
    // A minimum is not what runs; it is told only where nothing says more.
    return (telling.length > 0 ? telling : all.slice(0, 1)).map((it) => judgedBy(it, asOf));
  });
}

function judgedBy(it: Stated, asOf: string): Judged {
  const running = { product: it.product, shown: it.written, how: 'states', at: it.at } as const;
  const { product, version } = it;
  if (it.says === 'version' && version !== undefined)
    return { running: { ...running, version }, lifecycle: lifecycleOf(product, version, asOf) };
  const because = `${it.at.path} says ${it.written}, ${SAID[it.says]}`;
  const least = it.says === 'range' ? rangeOf(it, asOf) : undefined;
  return { running, lifecycle: least ?? { state: 'unknown', because } };
}

/** Of a range the lowest release decides, where none that it allows has ended: which one runs is not told. */
function rangeOf({ product, spans }: Stated, asOf: string): Lifecycle | undefined {
  const cycles = (productNamed(product)?.cycles ?? []).filter(
    ({ cycle }) => isDotted(cycle) && meet([releasesOf(cycle)], spans),
  );
  const ended = cycles.some(({ cycle }) => lifecycleOf(product, cycle, asOf).state === 'ended');
  const [first] = spans;
  return ended || !first ? undefined : lifecycleOf(product, lineOf(first.from), asOf);
}

/** 20.0.0 stands for all of 20, and 3.11.0 for all of 3.11. */
function lineOf(version: string): string {
  return version.replace(/(\.0)+$/, '');
}

const SAID: Readonly<Record<Stated['says'], string>> = {
  version: 'one release',
  range: 'which allows several releases, of which some have ended',
  minimum: 'which is only the least that will do',
  moving: 'which is whatever is newest',
  open: 'which is filled in elsewhere or not understood',
};
