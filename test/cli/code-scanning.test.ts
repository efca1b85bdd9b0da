/** The formats for forges from the command line: addresses from the checkout's root, lines by their content, and the same exit code. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { lineHashes } from '../../src/line-hashes.ts';
import type { Report } from '../../src/model.ts';
import { repository } from '../repo/temporary.ts';
import { run } from './run.ts';

const ALERTS =
  'groups:\n  - name: shop\n    rules:\n      - alert: ShopDown\n        expr: up == 0\n        labels: { severity: critical }\n';
const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\nroot: true\n';

/** A service set apart in a folder of a larger checkout. */
function checkout(): string {
  return repository({ 'services/shop/gonogo.yaml': MANIFEST, 'services/shop/alerts.yaml': ALERTS });
}

const CHECK = ['check', 'services/shop', '--only', 'runbooks', '--as-of', '2026-11-16'];

function shown(cwd: string, format: string): unknown {
  const { status, stdout, stderr } = run([...CHECK, '--format', format], { cwd });
  expect([status, stderr]).toEqual([1, '']);
  return JSON.parse(stdout);
}

function placeOf({ locations, partialFingerprints }: Result): unknown {
  const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
  return [artifactLocation?.uri, region, partialFingerprints?.primaryLocationLineHash];
}

describe.each(['sarif', 'code-scanning'])('check --format %s', (format) => {
  it('names the line in the checkout, to its end, and by its content', () => {
    const [sarif] = (shown(checkout(), format) as Log).runs;
    const alert = sarif?.results?.find(({ ruleId }) => ruleId === 'runbooks/alert-links-runbook');
    expect(alert && placeOf(alert)).toEqual([
      'services/shop/alerts.yaml',
      { startLine: 4, startColumn: 9, endLine: 4, endColumn: 24 },
      lineHashes(ALERTS, new Set([4])).get(4),
    ]);
  });
});

describe('check --format gitlab', () => {
  it('names the line in the checkout', () => {
    const items = shown(checkout(), 'gitlab') as readonly { check_name: string; location: unknown }[];
    expect(items.find((item) => item.check_name === 'runbooks/alert-links-runbook')).toMatchObject({
      location: { path: 'services/shop/alerts.yaml', lines: { begin: 4 } },
    });
  });
});

describe('check --format json', () => {
  it('carries lines only where another format asks for them', () => {
    const folder = checkout();
    expect(shown(folder, 'json')).not.toHaveProperty('lines');
    run([...CHECK, '--format', 'json=report.json', '--format', 'sarif'], { cwd: folder });
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    expect(report.repo.dir).toBe('services/shop');
    expect(report.lines).toContainEqual(expect.objectContaining({ path: 'alerts.yaml', line: 4, length: 23 }));
  });
});
