import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector } from '../../src/evidence/synthetics.ts';
import { collected, spot } from './collected.ts';

async function probesIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { facts } = await collected(collector, files);
  return facts.probes.map(({ tool, name, targets, at }) => `${tool} ${name} [${targets.join(' ')}] ${spot(at)}`);
}

describe('probes from outside', () => {
  it('are read from objects, jobs, lists and Terraform', async () => {
    expect(
      await probesIn({
        'p.yaml':
          'kind: Probe\nmetadata: { name: card }\nspec: { targets: { staticConfig: { static: ["https://a.io/card"] } } }',
      }),
    ).toEqual(['Probe card [https://a.io/card] p.yaml:1']);
    expect(
      await probesIn({
        'prometheus.yml':
          'scrape_configs:\n  - job_name: web\n    metrics_path: /probe\n    static_configs: [{ targets: ["https://a.io"] }]\n  - job_name: own\n    metrics_path: /metrics',
      }),
    ).toEqual(['the blackbox job web [https://a.io] prometheus.yml:1']);
    expect(
      await probesIn({
        'gatus.yaml': 'endpoints:\n  - name: web\n    url: https://a.io\n    conditions: ["[STATUS] == 200"]',
      }),
    ).toEqual(['Gatus web [https://a.io] gatus.yaml:1']);
    expect(
      await probesIn({
        'a.tf':
          'resource "datadog_synthetics_test" "pay" {\n  request_definition { url = "https://a.io/pay" }\n}\n/* resource "datadog_synthetics_test" "old" {} */',
      }),
    ).toEqual(['datadog_synthetics_test pay [https://a.io/pay] a.tf:1:1']);
    expect(
      await probesIn({
        'pay.check.ts':
          "import { ApiCheck } from 'checkly/constructs';\n// new ApiCheck('old', {});\nnew ApiCheck('pay', { request: { url: 'https://a.io/pay' } });",
      }),
    ).toEqual(["Checkly's ApiCheck pay [https://a.io/pay] pay.check.ts:3"]);
  });

  it('are not what only looks like one', async () => {
    expect(
      await probesIn({
        'api.yaml': 'endpoints:\n  - name: web\n    url: https://a.io',
        'deploy.yaml': 'kind: Deployment\nspec: { readinessProbe: {} }',
      }),
    ).toEqual([]);
  });

  it('survive any Terraform', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        await probesIn({ 'a.tf': `resource "datadog_synthetics_test" "b" {${text}` });
      }),
      { numRuns: 50 },
    );
  });
});
