import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesFrom, readChanges } from '../../src/database/changes.ts';

const SINCE = '2026-11-10T00:00:00Z';

/** What a list says that arrives in pieces. */
async function read(pieces: readonly string[], most = 5) {
  const reader = readChanges(SINCE, most);
  const found = await changesFrom(reader, async () => {
    reader.begin();
    for (const piece of pieces) reader.write(Buffer.from(piece));
  });
  return found?.changes;
}

const LIST = [
  '2026-11-12T00:00:00Z,GHSA-3',
  '2026-11-11T00:00:00Z,MAL-1',
  '2026-11-10T00:00:00Z,GHSA-2',
  '2026-11-09T00:00:00Z,GHSA-1',
];

describe('a list of changes', () => {
  it('is read back to an instant, however it arrives', async () => {
    const text = LIST.join('\n');
    for (const whole of [text, `${text}\n`, text.replaceAll('\n', '\r\n')]) {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 6 }), async (cuts) => {
          const ends = [...cuts.sort((a, b) => a - b), whole.length];
          const pieces = ends.map((end, index) => whole.slice(ends[index - 1] ?? 0, end));
          expect(await read(pieces)).toEqual({ ids: ['GHSA-3', 'GHSA-2'], malware: true });
        }),
        { numRuns: 40 },
      );
    }
  });

  it('may go no further back than what is wanted, or be empty', async () => {
    expect(await read([LIST.slice(0, 1).join('\n')])).toEqual({ ids: ['GHSA-3'], malware: false });
    expect(await read([])).toEqual({ ids: [], malware: false });
  });

  it('that is too long, or is none, cannot tell', async () => {
    expect(await read([LIST.join('\n')], 1)).toBeUndefined();
    expect(await read(['<html>\n'])).toBeUndefined();
    expect(await read(['x'.repeat(500)])).toBeUndefined();
    expect(await read(['2026-11-12T00:00:00Z,../../x\n'])).toBeUndefined();
  });

  it('never says anything of which it is not sure, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 40 })), async (lines) => {
        const found = await read(lines.map((line) => `${line}\n`));
        expect(found === undefined || found.ids.every((id) => /^[A-Za-z0-9][\w.:-]*$/.test(id))).toBe(true);
      }),
    );
  });

  it('leaves other troubles to whoever reads it', async () => {
    const trouble = new Error('broken');
    await expect(changesFrom(readChanges(SINCE, 1), () => Promise.reject(trouble))).rejects.toBe(trouble);
  });
});
