/** What an organisation means reaches every check that asks: whom its alerts wake, what its severities say, which rules are off; a service's own manifest has the last word. */
import { describe, expect, it } from 'vitest';
import type { PolicyContent } from '../../src/checklist/merge-policy.ts';
import { severityParams } from '../../src/checks/severity.ts';
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import { CHECKS } from '../../src/generated/checks.ts';
import { pageFor } from '../../src/page/page.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeRepository } from '../../src/run.ts';

const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\nowner: team-shop\n';

function alert(labels: string): string {
  return `groups: [{ name: shop, rules: [{ alert: ShopDown, expr: "up{job='shop'} == 0", for: 5m, labels: { ${labels} } }] }]\n`;
}

function policyOf(content: PolicyContent) {
  return { ...content, name: 'p.yaml', digest: '0', originOf: () => undefined };
}

async function findingOf(rule: string, files: Readonly<Record<string, string>>, content?: PolicyContent) {
  const report = await judgeRepository(
    { repo: memoryRepo({ files }), dir: '', rootNamed: () => undefined },
    {
      asOf: '2026-11-16',
      only: [rule, 'manifest/present'],
      failOn: 'major',
      ...(content && { policy: policyOf(content) }),
      checklists: CHECKLISTS,
      profiles: PROFILES,
      version: '0.1.0',
      debug: true,
    },
  );
  return report.services[0]?.findings.find((it) => it.rule === rule);
}

const LINKED = 'runbooks/alert-links-runbook';

/** Whether the alert, which links no runbook, is taken for one that wakes someone. */
async function wakes(labels: string, content?: PolicyContent, more = ''): Promise<boolean> {
  const files = { 'gonogo.yaml': MANIFEST + more, 'alerts.yaml': alert(labels) };
  // Alerts that only warn are left alone, so that what is left wakes someone.
  const finding = await findingOf(LINKED, files, { ...content, rules: { [LINKED]: { with: { every: false } } } });
  return finding?.standing === 'contradicted';
}

describe('whom alerts wake', () => {
  const paging = { labels: { severity: ['urgent', 'sev-*'], oncall: ['*'] } };

  it('is what the usual words say without a policy, and what the policy says with one', async () => {
    expect(await wakes('severity: critical')).toBe(true);
    expect(await wakes('severity: critical', { paging })).toBe(false);
    expect(await wakes('severity: info')).toBe(false);
    expect(await wakes('severity: info, OnCall: shop', { paging })).toBe(true);
    expect(await wakes('severity: warning')).toBe(false);
    expect(await wakes('severity: warning', { paging: { labels: { severity: ['Warning'] } } })).toBe(true);
    expect(await wakes('severity: SEV2', { paging })).toBe(true);
    expect(await wakes('severity: sev2', { paging: { labels: { severity: ['sev1'] } } })).toBe(false);
  });

  it('is what the manifest says, before any policy', async () => {
    expect(await wakes('severity: warning', { paging }, 'alerts: { page: [warning] }\n')).toBe(true);
    expect(await wakes('severity: urgent', { paging }, 'alerts: { page: [warning] }\n')).toBe(false);
    const classes = 'error_classes: { critical: { definition: All of it is down., page: true } }\n';
    expect(await wakes('severity: critical', { paging }, classes)).toBe(true);
  });

  it('is on the card', async () => {
    async function card(content?: PolicyContent): Promise<string> {
      const repo = memoryRepo({ files: { 'gonogo.yaml': MANIFEST, 'alerts.yaml': alert('severity: ticket') } });
      const judging = {
        checklists: CHECKLISTS,
        profiles: PROFILES,
        checks: new Map(),
        ...(content && { policy: policyOf(content) }),
      };
      const workspace = { repo, dir: '', rootNamed: () => undefined };
      return JSON.stringify(await pageFor(workspace, 'ShopDown', { asOf: '2026-11-16', roots: [], judging }));
    }
    expect(await card()).toContain('ticket, standard here, it wakes nobody');
    expect(
      await card({ paging: { labels: { severity: ['ticket'] } }, severity_map: { ticket: 'critical' } }),
    ).toContain('ticket, critical here, it wakes someone');
  });
});

describe('receivers that wake someone', () => {
  const routes = `route: { receiver: phone }\nreceivers: [{ name: phone, webhook_configs: [{ url: http://x.test }] }]\n`;
  const files = { 'gonogo.yaml': MANIFEST, 'alerts.yaml': alert('severity: critical'), 'alertmanager.yml': routes };
  const ROUTED = 'observability/severity-routed';

  it('are known where the policy names them, and not for a receiver that tells nobody', async () => {
    expect((await findingOf(ROUTED, files))?.standing).toBe('unknown');
    expect((await findingOf(ROUTED, files, { paging: { receivers: ['pho*'] } }))?.standing).toBe('verified');
    const silent = { ...files, 'alertmanager.yml': 'route: { receiver: phone }\nreceivers: [{ name: phone }]\n' };
    expect((await findingOf(ROUTED, silent, { paging: { receivers: ['phone'] } }))?.standing).toBe('contradicted');
  });
});

describe('what severities mean', () => {
  const MAPPED = 'observability/alert-severity';
  const files = { 'gonogo.yaml': MANIFEST, 'alerts.yaml': alert('severity: team-shop') };

  it('is what the policy says, where neither manifest nor usage knows the word', async () => {
    expect((await findingOf(MAPPED, files))?.standing).not.toBe('verified');
    expect((await findingOf(MAPPED, files, { severity_map: { 'team-shop': 'critical' } }))?.standing).toBe('verified');
    expect(await wakes('severity: team-shop', { severity_map: { 'team-shop': 'critical' } })).toBe(true);
    expect(await wakes('severity: critical', { severity_map: { critical: 'standard' } })).toBe(false);
  });

  it('is asked for by every check that reads severities', async () => {
    const checks = await Promise.all(
      Object.values(CHECKS).map(async (load) => (await load()) as { readonly params: object }),
    );
    const reading = checks.filter(({ params }) => 'severity_labels' in params);
    expect(reading.length).toBeGreaterThan(10);
    for (const { params } of reading) expect(params).toMatchObject(severityParams);
  });
});

describe('a rule', () => {
  const REVIEWED = 'manifest/reviewed-recently';
  const files = { 'gonogo.yaml': `${MANIFEST}reviewed: 2026-01-01\n` };

  it('is off where the policy disables it, whatever severity is set, and on again where that is undone', async () => {
    const rule = (enabled: boolean) => ({
      rules: { [REVIEWED]: { enabled, severity: { tier1: 'critical' as const } } },
    });
    expect(await findingOf(REVIEWED, files, rule(false))).toBeUndefined();
    expect((await findingOf(REVIEWED, files, rule(true)))?.severity).toBe('critical');
  });
});
