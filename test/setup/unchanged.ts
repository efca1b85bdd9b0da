/** Files that share a process leave it as they found it: what one changed, all that follow would meet. A file that has to change it says so in a way that `alone.ts` knows. */
import { afterAll, expect } from 'vitest';
import { changedSince, processState } from './process-state.ts';

const before = processState();

afterAll(() => {
  expect(changedSince(before), 'the process is as the tests of this file found it').toEqual([]);
});
