import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptiness } from '../../src/checks/manifest/reasons.ts';

describe('reasons for setting a rule aside', () => {
  it.each(['no queues', 'it consumes no queue', 'a batch job without an HTTP port', 'keine Warteschlangen'])(
    'accepts %j',
    (reason) => {
      expect(emptiness(reason, 8)).toBeUndefined();
    },
  );

  it.each(['N/A', 'n/a', 'not needed', 'It is not relevant to us.', 'TODO', 'because', '........ ....', 'by design'])(
    'refuses %j',
    (reason) => {
      expect(emptiness(reason, 8)?.message).toContain('says nothing');
    },
  );

  it.each(['not yet done', 'in the backlog of Q3', 'we do that next quarter'])('sends %j to the waivers', (reason) => {
    expect(emptiness(reason, 8)?.fix).toContain('waiver');
  });

  it('never throws and is quick on long text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (text) => void emptiness(text, 8)));
    expect(emptiness('not '.repeat(100_000), 8)).toBeUndefined();
  });
});
