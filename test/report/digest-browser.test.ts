/** The digest's page in a real browser: nothing that axe finds fault with, nothing asked for, and no wider than its reader's screen. */
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestHtml } from '../../src/report/digest-html.ts';
import { digestFrom } from '../../src/trends/digest.ts';
import { runOf, type Sample } from '../trends/sample-runs.ts';
import { absent, type Chromium, openTab, startChromium } from './chromium.ts';

const RULES = Array.from({ length: 9 }, (_, index) => `observability/alerts-page-on-symptoms-${index}`);

function week(asOf: string, met: number) {
  const services = Array.from({ length: 30 }, (_, service): readonly [string, Sample] => [
    `acme-platform/a-service-with-a-name-${service}//services/part-of-it`,
    Object.fromEntries(RULES.map((rule, index) => [rule, (index + service) % 9 < met ? 'met' : 'fails'])),
  ]);
  return runOf(asOf, Object.fromEntries(services), {}, () => ({ overdue: 1, leads: { observability: 'kim' } }));
}

function page(): string {
  const before = week('2026-11-09', 3);
  return digestHtml(
    digestFrom({
      ...{ now: week('2026-11-16', 5), before, earlier: [before] },
      focus: { alerts: { title: 'Every alert leads to a runbook', rules: ['observability'], deadline: '2027-03-31' } },
    }),
  );
}

describe.skipIf(absent !== '')(`a digest in a browser${absent}`, { timeout: 240_000 }, () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await startChromium();
  }, 240_000);
  afterAll(() => chromium?.close(), 240_000);

  it.each([
    ['wide and light', {}],
    ['narrow and dark', { viewport: { width: 400, height: 800 }, colorScheme: 'dark' }],
  ] as const)('is fit for everybody: %s', async (_, how) => {
    const tab = await openTab(chromium, how);
    await tab.show(page());
    await tab.page.evaluate(axe.source);
    const faults = await tab.page.evaluate(
      "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((it) => id + ': ' + it.html)))",
    );
    expect(faults).toEqual([]);
    expect(tab.offences).toEqual([]);
    expect(await tab.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
