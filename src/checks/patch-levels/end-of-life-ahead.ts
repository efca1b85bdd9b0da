/** Assesses whether what the service runs on stays maintained for long enough to move off it in peace. */
import { addDays, days } from '../../dates.ts';
import { defineCheck, notApplicable, unknown } from '../define.ts';
import { duration } from '../params.ts';
import { allThatRuns } from './all-that-runs.ts';
import { unlessHidden } from './hidden.ts';
import { lasting } from './lasting.ts';

export const check = defineCheck({
  summary:
    "Takes the runtimes, servers and systems of the images that serve users, the runtimes of functions, or without both those that are stated, and the frameworks that the service is built with, and looks how long their makers' support still lasts. What has ended already is the matter of other rules; where free long-term support has stepped in for the makers' own, both days are told.",
  needs: ['images', 'runtimes', 'frameworks'],
  params: {
    within: duration('For how long support has to last at least.', '90d'),
  },
  assess({ evidence, asOf, params }) {
    const { images, frameworks } = evidence;
    const all = allThatRuns(evidence, asOf);
    const unread = [...images.unread, ...frameworks.unread];
    const limit = addDays(asOf, days(params.within) ?? 0);
    if (all.length > 0) return unlessHidden(lasting(all, limit), unread);
    const [hidden] = unread;
    return hidden
      ? unknown(`${hidden.at.path} could not be read: ${hidden.detail}`, { evidence: [hidden.at] })
      : notApplicable('no image that serves users, no function, no version of a runtime and no framework is here');
  },
});
