import { expect, it } from 'vitest';
import { rowNotes } from '../../../src/report/audit/row-notes.ts';

it('says once what many rows say', () => {
  const notes = rowNotes();
  for (const repo of ['a', 'b', 'c']) notes.add({ repo, notes: ['no past', ...(repo === 'b' ? ['odd'] : [])] });
  expect(notes.all()).toEqual(['a and 2 more: no past', 'b: odd']);
});
