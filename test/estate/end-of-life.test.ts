/** What the lines of an audit keep of a service: who leads what, and when support of what it runs on ends. */
import { expect, it } from 'vitest';
import { factsOf } from '../../src/estate/facts.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeInFull } from '../../src/run.ts';
import { YARDSTICK } from '../yardstick.ts';

async function factsFor(files: Readonly<Record<string, string>>, only: readonly string[]) {
  const repo = memoryRepo({ files });
  const { services } = await judgeInFull({ repo, dir: '', rootNamed: () => undefined }, { ...YARDSTICK, only });
  return services.map((it) => factsOf(it, YARDSTICK.asOf))[0];
}

const MANIFEST =
  'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 2\nreviewed: 2026-11-01\nleads: { reliability: a.khan, x-note: { a: 1 } }\n';

it('names the people and the days, the first to end first, free long-term support included', async () => {
  const files = { 'gonogo.yaml': MANIFEST, Dockerfile: 'FROM node:20-bookworm\nUSER 1000\nCMD ["node", "x.js"]\n' };
  expect(await factsFor(files, ['patch-levels/end-of-life-ahead'])).toMatchObject({
    leads: [{ area: 'reliability', person: 'a.khan', at: { path: 'gonogo.yaml', line: 6 } }],
    endOfLife: [
      { name: 'Node.js 20', on: '2026-04-30' },
      { name: 'Debian 12', on: '2028-06-30' },
    ],
  });
});

it('says nothing of days where no rule asked for what runs', async () => {
  const files = { 'gonogo.yaml': MANIFEST, Dockerfile: 'FROM node:20\n' };
  expect(await factsFor(files, ['manifest/present'])).not.toHaveProperty('endOfLife');
});
