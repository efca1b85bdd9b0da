/** The run as a whole: one finding a rule, faults of ours survived and named, evidence that is plain data. */
import { describe, expect, it, vi } from 'vitest';
import { gather } from '../src/evidence/gather.ts';
import { openReading, openSources } from '../src/evidence/sources.ts';
import { CHECKLISTS, PROFILES } from '../src/generated/checklists.ts';
import { COLLECTORS } from '../src/generated/evidence.ts';
import { InputError } from '../src/input-error.ts';
import { findManifests } from '../src/manifest/find.ts';
import { diskRepo } from '../src/repo/disk.ts';
import { memoryRepo } from '../src/repo/memory.ts';
import { subRepo } from '../src/repo/sub.ts';
import { judgeRepository, type Options } from '../src/run.ts';

const OPTIONS: Options = {
  asOf: '2026-11-16',
  only: [],
  failOn: 'major',
  checklists: CHECKLISTS,
  profiles: PROFILES,
  version: '0.0.0',
};
const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\nowner: team-shop\n';

vi.mock('../src/checks/ownership/owner-named.ts', async (original) => {
  const real = await original<typeof import('../src/checks/ownership/owner-named.ts')>();
  return {
    check: {
      ...real.check,
      assess(subject: never) {
        if (JSON.stringify(subject).includes('"name":"broken"')) throw new Error('out of paper');
        return real.check.assess(subject);
      },
    },
  };
});

vi.mock('../src/evidence/routes.ts', async (original) => {
  const real = await original<typeof import('../src/evidence/routes.ts')>();
  return {
    ...real,
    collector: {
      ...real.collector,
      collect(sources: Parameters<typeof real.collector.collect>[0]) {
        if (sources.manifest.identity.name === 'jammed') throw new Error('paper jam');
        return real.collector.collect(sources);
      },
    },
  };
});

async function judge(files: Record<string, string>, options: Partial<Options> = {}) {
  return judgeRepository(
    { repo: memoryRepo({ files }), dir: '', rootNamed: () => undefined },
    { ...OPTIONS, ...options },
  );
}

describe('a run', () => {
  it('gives exactly one finding for every rule that applies, in the order of the checklists', async () => {
    const [service] = (await judge({ 'gonogo.yaml': MANIFEST })).services;
    const ids = service?.findings.map((finding) => finding.rule) ?? [];
    const all = CHECKLISTS.flatMap((list) => list.rules.map((rule) => rule.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids, ...(service?.later ?? [])].sort()).toEqual([...all].sort());
    expect(ids).toEqual(all.filter((id) => ids.includes(id)));
  });

  it('answers "unknown" for a check that throws, names it, and goes on', async () => {
    const report = await judge({ 'gonogo.yaml': MANIFEST.replace('shop', 'broken') });
    const finding = report.services[0]?.findings.find((it) => it.rule === 'ownership/owner-named');
    expect(finding).toMatchObject({ standing: 'unknown', because: expect.stringContaining('out of paper') });
    expect(report.notes.join()).toContain('ownership/owner-named');
    expect(report.services[0]?.findings.length).toBeGreaterThan(30);
    await expect(judge({ 'gonogo.yaml': MANIFEST.replace('shop', 'broken') }, { debug: true })).rejects.toThrow(
      'out of paper',
    );
  });

  it('answers "unknown" for all rules of a kind whose collector throws, and goes on', async () => {
    const report = await judge({ 'gonogo.yaml': MANIFEST.replace('shop', 'jammed') });
    const routed = report.services[0]?.findings.find((it) => it.rule === 'observability/severity-routed');
    expect(routed).toMatchObject({ standing: 'unknown', because: expect.stringContaining('paper jam') });
    expect(report.notes.join()).toContain('routes');
  });

  it('is an error when no rule applies: nothing checked is no success', async () => {
    const run = judge({ 'gonogo.yaml': `${MANIFEST}stage: design\n` }, { only: ['runbooks/fresh'] });
    await expect(run).rejects.toThrow(InputError);
  });

  it('refuses a rule or area that does not exist, with the nearest', async () => {
    await expect(judge({ 'gonogo.yaml': MANIFEST }, { only: ['runbook/fresh'] })).rejects.toMatchObject({
      hint: expect.stringContaining('runbooks/fresh'),
    });
  });

  it('turns missing into unknown where evidence was there unread, and says which', async () => {
    const report = await judge(
      {
        'gonogo.yaml': MANIFEST,
        'mixin/alerts.libsonnet':
          "{\n  groups+: [{\n    rules: [{\n      alert: 'ShopDown',\n      expr: 'up == 0',\n    }],\n  }],\n}\n",
      },
      { only: ['observability/alerts-defined'] },
    );
    expect(report.services[0]?.findings[0]).toMatchObject({
      standing: 'unknown',
      because: expect.stringContaining('mixin/alerts.libsonnet'),
    });
  });

  it('lets `na` set a rule aside for a reason of substance, and for no other', async () => {
    const standing = async (reason: string) => {
      const na = `na: [{ rule: runbooks/runbook-present, reason: ${JSON.stringify(reason)} }]\n`;
      const report = await judge({ 'gonogo.yaml': MANIFEST + na }, { only: ['runbooks/runbook-present'] });
      return report.services[0]?.findings[0]?.standing;
    };
    expect(await standing('no')).toBe('missing');
    await expect(standing('operated by the platform team, whose handbook covers it')).rejects.toThrow(
      'nothing was judged',
    );
  });

  it('takes tier, stage and profile from the caller over the manifest, and says what nobody declared', async () => {
    const report = await judge({ 'gonogo.yaml': MANIFEST }, { tier: 3, only: ['ownership'] });
    expect(report.services[0]?.service).toMatchObject({
      tier: 3,
      stage: 'live',
      profile: 'balanced',
      assumed: ['stage', 'profile'],
    });
  });
});

describe('evidence', () => {
  it.each(['payments', 'orders', 'notifications', 'monorepo', 'unclaimed'])('of %s is plain data', async (name) => {
    const repo = subRepo(diskRepo('.'), `fixtures/services/${name}`);
    const found = await findManifests(repo, '', OPTIONS.asOf);
    const reading = openReading(repo, () => undefined);
    for (const manifest of found.manifests) {
      const kinds = Object.keys(COLLECTORS) as (keyof typeof COLLECTORS)[];
      const { evidence, failures } = await gather(kinds, openSources(reading, manifest, found.dirs), reading.parsers);
      expect([...failures]).toEqual([]);
      expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
    }
  });
});
