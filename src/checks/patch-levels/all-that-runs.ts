/** All that serves users: runtimes, servers and systems of images, runtimes of functions, frameworks; each with what the table of lifecycles says. Pure. */
import type { Evidence } from '../../generated/evidence.ts';
import { frameworksOf } from './frameworks.ts';
import { type Judged, judged } from './maintained.ts';
import { systemOf } from './running.ts';
import { runtimesOf } from './stated-versions.ts';

/** Everything once, on a day. Without images and functions, what files state counts. */
export function allThatRuns(
  { images, runtimes, frameworks }: Pick<Evidence, 'images' | 'runtimes' | 'frameworks'>,
  asOf: string,
): readonly Judged[] {
  const served = images.facts.images.filter(({ aside }) => !aside);
  const found = runtimesOf(served, runtimes.facts.stated, asOf);
  // What is stated need not be what a Dockerfile that could not be read runs on.
  const programs = found.areStated && images.unread.length > 0 ? [] : found.judged;
  // Of AWS' own images, runtime and system are maintained as one.
  const systems = served
    .flatMap((image) => systemOf(image) ?? [])
    .filter(
      ({ product, version, at }) =>
        !version || !programs.some(({ running }) => running.product === product && running.at === at),
    );
  return [...programs, ...judged([...systems, ...frameworksOf(frameworks.facts.frameworks)], asOf)];
}
