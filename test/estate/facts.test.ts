/** The facts of a service: what its manifest and evidence say to the rules across services, bounded, and what could not be told. */
import { describe, expect, it } from 'vitest';
import { FACT_KINDS, factsOf } from '../../src/estate/facts.ts';
import type { ServiceFacts } from '../../src/model-facts.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeInFull } from '../../src/run.ts';
import { YARDSTICK } from '../yardstick.ts';

async function factsIn(files: Readonly<Record<string, string>>): Promise<ServiceFacts> {
  const repo = memoryRepo({ name: 'shop', files, absent: 'not a git repository' });
  const options = { ...YARDSTICK, only: ['manifest'], mayBeEmpty: true, kinds: FACT_KINDS };
  const { services } = await judgeInFull({ repo, dir: '', rootNamed: () => undefined }, options);
  const [first] = services.map((it) => factsOf(it, options.asOf));
  if (!first) throw new Error('there is no service');
  return first;
}

const HEAD = 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\n';

describe('facts', () => {
  it('are plain data that a JSON round trip leaves alone', async () => {
    const facts = await factsIn({
      'gonogo.yaml': `${HEAD}timeout: 3s\nconsumers:\n  - { id: web, manifest: "repo:acme/web//gonogo.yaml" }\ndependencies:\n  - { id: ledger, kind: grpc, criticality: hard, timeout: { connect: 100ms, request: 1s }, retry: 2, slo: 99.9, fallback: TODO }\nnfrs:\n  availability: { target: 99.5, unit: percent }\nleads: { reliability: a.khan }\nna:\n  - { rule: estate/hard-cycle, reason: "starts with the ledger in one deployment" }\n  - { rule: estate/tier-inversion, reason: none }\n`,
    });
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    expect(facts).toMatchObject({
      manifest: 'valid',
      names: [{ name: 'shop' }],
      timeout: { request: '3s' },
      consumers: [{ name: 'web', repo: 'acme/web' }],
      availability: { name: 'nfrs.availability', percent: 99.5 },
      promise: { availability: 99.5 },
      leads: [{ area: 'reliability', person: 'a.khan' }],
    });
    expect(facts.dependencies).toEqual([
      {
        name: 'ledger',
        at: expect.objectContaining({ path: 'gonogo.yaml', line: 9 }),
        kind: 'grpc',
        criticality: 'hard',
        timeout: { connect: '100ms', request: '1s' },
        retry: { max: 2 },
        slo: { availability: 99.9 },
        fallback: false,
      },
    ]);
    expect(facts.excuses?.map(({ rule }) => rule)).toEqual(['estate/hard-cycle']);
  });

  it('tell lists that are cut, and keep no more of them', async () => {
    const many = Array.from({ length: 400 }, (_, index) => `  - d${index}`).join('\n');
    const facts = await factsIn({ 'gonogo.yaml': `${HEAD}dependencies:\n${many}\n` });
    expect(facts.dependencies).toHaveLength(300);
    expect(facts.unknown).toContainEqual({
      what: 'all',
      because: 'only the first 300 of its dependencies are looked at',
    });
  });

  it('call an invalid manifest unknown, and what nothing fixes the versions of', async () => {
    const facts = await factsIn({
      'gonogo.yaml': `${HEAD}dependencies: 7\n`,
      'package.json': '{ "name": "shop", "dependencies": { "react": "^19.0.0" } }',
    });
    expect(facts.manifest).toBe('invalid');
    expect(facts.unknown?.map(({ what }) => what)).toEqual(['all', 'libraries']);
  });

  it('keep direct libraries of production in their exact versions', async () => {
    const lock = {
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { react: '^19.0.0' }, devDependencies: { vitest: '^4.0.0' } },
        'node_modules/react': { version: '19.1.0', dependencies: { scheduler: '^0.26.0' } },
        'node_modules/scheduler': { version: '0.26.0' },
        'node_modules/vitest': { version: '4.0.0', dev: true },
      },
    };
    const facts = await factsIn({
      'package.json': JSON.stringify(lock.packages['']),
      'package-lock.json': JSON.stringify(lock),
    });
    expect(facts.libraries).toEqual([
      { ecosystem: 'npm', path: 'package-lock.json', packages: [['react', '19.1.0', 1]] },
    ]);
    expect(facts.manifest).toBe('absent');
  });

  it('tell texts on failures apart by their words, and not by the name of the service', async () => {
    const modes = (name: string): string =>
      `${HEAD.replace('shop', name)}failure_modes:\n  - { id: down, effect: "Users of ${name} see an error for 5 minutes." }\n`;
    const [one, other] = [
      await factsIn({ 'gonogo.yaml': modes('shop') }),
      await factsIn({ 'gonogo.yaml': modes('desk') }),
    ];
    expect(one.failureModes?.[0]?.digest).toBe(other.failureModes?.[0]?.digest);
    const third = await factsIn({ 'gonogo.yaml': modes('shop').replace('error', 'old price') });
    expect(third.failureModes?.[0]?.digest).not.toBe(one.failureModes?.[0]?.digest);
  });
});
