/** The built-in checklists, as most tests judge by them: on the day of the samples, and with what a check throws thrown on. */
import { CHECKLISTS, PROFILES } from '../src/generated/checklists.ts';
import type { Options } from '../src/run.ts';

/** Every rule; a test that wants less or other says so over it. */
export const YARDSTICK: Options = {
  asOf: '2026-11-16',
  only: [],
  failOn: 'major',
  checklists: CHECKLISTS,
  profiles: PROFILES,
  version: '0.0.0',
  debug: true,
};
