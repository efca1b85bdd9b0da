/** Assesses whether what the service runs on stays maintained for long enough to move off it in peace. */
import { addDays, days } from '../../dates.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { duration } from '../params.ts';
import { unlessHidden } from './hidden.ts';
import { lasting } from './lasting.ts';
import { judged } from './maintained.ts';
import { functionsOf, programsOf, systemOf } from './running.ts';

export const check = defineCheck({
  summary:
    "Takes the runtimes, servers and systems of the images that serve users and the runtimes of functions, and looks how long their makers' support still lasts. What has ended already is the matter of other rules; where free long-term support has stepped in for the makers' own, both days are told.",
  needs: ['images', 'runtimes'],
  params: {
    within: duration('For how long support has to last at least.', '90d'),
  },
  assess({ evidence, asOf, params }) {
    const served = evidence.images.facts.images.filter(({ aside }) => !aside);
    const programs = served.flatMap((image) => programsOf(image));
    // Of AWS' own images, runtime and system are maintained as one.
    const systems = served
      .flatMap((image) => systemOf(image) ?? [])
      .filter(({ product, version, at }) => !version || !programs.some((it) => it.product === product && it.at === at));
    const running = [...programs, ...systems, ...functionsOf(evidence.runtimes.facts.stated)];
    if (running.length === 0) return notApplicable('no image that serves users and no function is here');
    const limit = addDays(asOf, days(params.within) ?? 0);
    return unlessHidden(lasting(judged(running, asOf), limit), evidence.images.unread);
  },
});
