/** The page of an audit in a real browser: filtered, sorted, opened by mouse and keyboard, read by assistive technology, silent whatever a repository says. */
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import type { Audit } from '../../src/model-audit.ts';
import { format } from '../../src/report/audit/html.ts';
import { manyServices } from '../audit/many-services.ts';
import { anyAudit, auditOf, rowOf, unjudgedRow } from '../audit/sample-audit.ts';
import { canvas } from './canvas.ts';
import { absent, type Chromium, openTab, startChromium } from './chromium.ts';
import { poisoned } from './hostile.ts';
import { go, noGo, nothingJudged, several } from './sample-report.ts';

/** Each element that axe-core finds fault with. */
const VIOLATIONS =
  "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((it) => id + ': ' + it.html)))";

/** Milliseconds for a browser on a machine that has much else to do. */
const PATIENCE = 240_000;

const pageOf = (audit: Audit): string => [...format.render(audit, canvas())].join('');

/** 297 services in 300 repositories; and few, because axe-core looks at each line. */
const [MANY, FEW] = [manyServices(300, 60), manyServices(20, 60)];

const SETTINGS = [
  { name: 'light', how: { colorScheme: 'light' } },
  { name: 'dark', how: { colorScheme: 'dark' } },
  { name: 'narrow', how: { viewport: { width: 360, height: 740 } } },
] as const;

/** A report with rules that can be told apart, as those of every report. */
function withRules(report: Report): Report {
  const services = report.services.map((judged) => ({
    ...judged,
    findings: judged.findings.map((it, at) => ({ ...it, rule: `acme/rule-${at}` })),
  }));
  return { ...report, services };
}

describe.skipIf(absent !== '')(`an audit's page in Chromium${absent}`, () => {
  let chromium: Chromium;
  let many: string;
  beforeAll(async () => {
    chromium = await startChromium();
    many = pageOf(MANY);
  });
  afterAll(async () => chromium?.close());

  const status = (page: Page): Promise<string | null> => page.locator('#shown').textContent();
  const names = async (page: Page): Promise<readonly string[]> => {
    const rows = await page
      .locator('.line-of:visible')
      .evaluateAll((them) =>
        them.map((it) => [
          Number(it.getAttribute('aria-rowindex')),
          it.querySelector('.name')?.firstChild?.textContent ?? '',
        ]),
      );
    return rows.sort(([a], [b]) => Number(a) - Number(b)).map(([, name]) => String(name));
  };
  const focused = (page: Page): Promise<unknown> =>
    page.evaluate(
      "[document.activeElement.parentElement.getAttribute('aria-rowindex'), document.activeElement.getAttribute('aria-colindex')].join(':')",
    );
  const faults = async (page: Page): Promise<unknown> => {
    await page.evaluate(axe.source);
    return page.evaluate(VIOLATIONS);
  };
  const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it.each(SETTINGS)(
    '$name: no trouble for assistive technology, closed, open and on paper; nothing wider than the page, nothing said or asked',
    async ({ how }) => {
      const { page, offences, show } = await openTab(chromium, how);
      await show(pageOf(FEW));
      await expect.poll(() => page.locator('#graph-view svg').count()).toBe(1);
      expect(await faults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.locator('.line-of .name').first().click();
      await page.locator('#drill .finding').first().waitFor();
      expect(await faults(page)).toEqual([]);
      await press(page, 'Escape');
      await page.emulateMedia({ media: 'print' });
      await expect.poll(() => page.locator('#paper tbody tr').count()).toBeGreaterThan(5);
      expect(await faults(page)).toEqual([]);
      expect(offences).toEqual([]);
    },
    PATIENCE,
  );

  it('filters by each field and by words, says how many, and keeps only the lines in view', async () => {
    const { page, offences, show } = await openTab(chromium);
    await show(many);
    expect(await status(page)).toBe('297 of 297 services');
    expect(await page.locator('.line-of').count()).toBeLessThan(60);
    await page.selectOption('#by-verdict', 'GO');
    const ready = Number((await status(page))?.split(' ')[0]);
    expect(ready).toBe(50);
    expect(await page.locator('[role=grid]').getAttribute('aria-rowcount')).toBe('51');
    await page.selectOption('#by-tier', '1');
    await page.selectOption('#by-stage', 'live');
    await page.selectOption('#by-owner', 'team-growth');
    const few = await names(page);
    expect(few.length).toBe(Number((await status(page))?.split(' ')[0]));
    await page.click('#clear');
    await page.fill('#by-text', 'Gateway  lumenpay/PAYMENTS');
    expect((await names(page)).toSorted()).toEqual(['payments-gateway', 'payments-gateway-1']);
    await page.fill('#by-text', 'no such service');
    expect(await status(page)).toBe('0 of 297 services');
    expect(await page.locator('#map').isVisible()).toBe(false);
    await page.click('#clear-too');
    expect(await status(page)).toBe('297 of 297 services');
    // A rule's id finds the services that do not meet it.
    await page.fill('#by-text', 'runbooks/link-resolves');
    expect(await page.locator('.line-of:visible').count()).toBeGreaterThan(3);
    await page.locator('.line-of .name').first().click();
    expect(await page.locator('#drill .finding code').allTextContents()).toContain('runbooks/link-resolves');
    expect(offences).toEqual([]);
  });

  it(
    'sorts by each kind of column, both ways, and says which',
    async () => {
      const { page, show } = await openTab(chromium);
      await show(many);
      const heads = page.locator('[role=columnheader]');
      for (const at of [0, 2, 3, 5, 18]) {
        await heads.nth(at).click();
        const [first] = await names(page);
        const way = await heads.nth(at).getAttribute('aria-sort');
        await heads.nth(at).click();
        expect([way, await heads.nth(at).getAttribute('aria-sort')].toSorted()).toEqual(['ascending', 'descending']);
        expect((await names(page))[0]).not.toBe(first);
        expect(await page.locator('[aria-sort=ascending], [aria-sort=descending]').count()).toBe(1);
      }
    },
    PATIENCE,
  );

  it('is worked by the keyboard: arrows move, Enter opens and sorts, Escape closes and gives the place back', async () => {
    const { page, offences, show } = await openTab(chromium);
    await show(many);
    await page.focus('#csv-findings');
    await press(page, 'Tab');
    expect(await focused(page)).toBe('1:1');
    await press(page, 'ArrowRight', 'ArrowRight', 'Enter');
    expect(await page.locator('[aria-sort=ascending]').textContent()).toBe('owner');
    await press(page, 'ArrowDown', 'End');
    expect(await focused(page)).toBe('2:19');
    await press(page, 'Control+End');
    expect(await focused(page)).toBe('298:19');
    await press(page, 'PageUp', 'ArrowUp', 'Home');
    const place = await focused(page);
    expect(place).toMatch(/^2\d\d:1$/);
    await press(page, 'Enter');
    expect(await page.locator('#drill').isVisible()).toBe(true);
    await press(page, 'Escape');
    expect(await page.locator('#drill').isVisible()).toBe(false);
    expect(await focused(page)).toBe(place);
    // What has the focus stays, however far one scrolls.
    await page.evaluate("document.getElementById('map').scrollTop = 0");
    await expect.poll(() => page.locator('[aria-rowindex="2"]').isVisible()).toBe(true);
    expect(await focused(page)).toBe(place);
    expect(await page.locator('[role=grid] [tabindex="0"]').count()).toBe(1);
    expect(offences).toEqual([]);
  });

  it('opens a service and one area of it, with what stands, and leads to its neighbours', async () => {
    const { page, offences, show } = await openTab(chromium);
    await show(pageOf(auditOf([rowOf('lumenpay/payments', noGo()), rowOf('lumenpay/rates', go())])));
    await page.locator('.line-of .name').first().click();
    const drill = page.locator('#drill');
    await expect.poll(() => drill.locator('.finding').count()).toBe(8);
    const text = (await drill.textContent()) ?? '';
    for (const words of [
      'cardGateway.readTimeout is 30s, declared 900ms',
      'config/http-clients.yaml:22',
      '15 days left',
      'Ngozi Obi',
      'Replace the nodeSelector by a topology spread constraint over zones.',
      'Met, or not applicable: 15',
    ])
      expect(text).toContain(words);
    expect(await drill.locator('a').evaluateAll((them) => them.map((it) => it.getAttribute('href')))).toEqual([
      'https://tickets.lumenpay.io/OPS-2231',
    ]);
    await drill.getByRole('button', { name: 'data 1' }).click();
    await expect.poll(() => drill.locator('.finding code').allTextContents()).toEqual(['data/restore-tested']);
    await drill.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => drill.locator('h2').textContent()).toBe('rates-cache');
    expect(offences).toEqual([]);
  });

  it('keeps what is shown in its address, and shows what an address asks for', async () => {
    const { page, show } = await openTab(chromium);
    await show(many);
    await page.selectOption('#by-tier', '2');
    await page.locator('[role=columnheader]').first().click();
    await expect.poll(() => page.evaluate('location.hash')).toBe('#tier=2&sort=name');
    const before = await names(page);
    await page.locator('.line-of .drawn').nth(2).click();
    await expect.poll(() => page.evaluate('location.hash')).toContain('&service=lumenpay');
    const address = await page.evaluate('location.href');
    await page.goto('about:blank');
    await page.goto(String(address));
    expect(await page.locator('#drill').isVisible()).toBe(true);
    await press(page, 'Escape');
    expect(await names(page)).toEqual(before);
    await page.locator('#blockers ~ .wide a').first().click();
    await expect.poll(() => page.inputValue('#by-text')).toContain('/');
    expect(await page.inputValue('#by-tier')).toBe('');
  });

  it('gives what is filtered as CSV, in which nothing begins a formula', async () => {
    const { page, offences, show } = await openTab(chromium);
    const evil = withRules(poisoned(noGo(), ['=cmd()', 'a;=1', '@SUM(A1)', '"quoted", and; more']));
    await show(pageOf(auditOf([rowOf('=evil', evil), rowOf('lumenpay/rates', go())])));
    const saved = async (button: string): Promise<string> => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
      return readFileSync(await file.path(), 'utf8');
    };
    const services = await saved('#csv-services');
    expect(services.split('\r\n')).toHaveLength(4);
    const findings = await saved('#csv-findings');
    expect(findings.split('\r\n')).toHaveLength(10);
    expect(findings).toContain('service,repository,folder,tier,stage,owner,verdict,area,rule');
    for (const cell of `${services}${findings}`.split(/,|\r\n/)) expect(cell).not.toMatch(/^"?[=+\-@]|;"*[=+\-@]/);
    await page.fill('#by-text', 'rates');
    expect((await saved('#csv-services')).split('\r\n')).toHaveLength(3);
    expect(offences.filter((it) => !it.startsWith('request blob:'))).toEqual([]);
  });

  it('draws who depends on whom, what has a problem first, around a service that is named, and as a table', async () => {
    const { page, show } = await openTab(chromium);
    await show(many);
    const view = page.locator('#graph-view');
    await expect.poll(() => view.locator('.edge.risky').count()).toBeGreaterThan(10);
    expect(await view.locator('.edge:not(.risky)').count()).toBe(0);
    expect(await view.locator('tbody tr').count()).toBe(await view.locator('.edge').count());
    await view.locator('#only-risky').uncheck();
    expect(await view.locator('.edge:not(.risky)').count()).toBeGreaterThan(100);
    await view.locator('#around').fill('lumenpay/ledger-api');
    expect(await view.locator('.node.chosen').textContent()).toContain('ledger-api');
    await view.locator('.node.chosen a').click();
    expect(await page.locator('#drill h2').textContent()).toBe('ledger-api');
  });

  it.each([
    ['no repository', auditOf([]), 'No service was judged'],
    ['none judged', auditOf([unjudgedRow('a'), unjudgedRow('b')]), 'No service was judged'],
    ['no rule that applies', auditOf([rowOf('a', nothingJudged())]), 'nothing judged'],
    ['nothing that fails', auditOf([rowOf('a', go())]), 'GO'],
  ])('says so where there is %s', async (_, audit, words) => {
    const { page, offences, show } = await openTab(chromium);
    await show(pageOf(audit));
    expect(await page.locator('main').textContent()).toContain(words);
    expect(offences).toEqual([]);
  });

  it('is a table of services where no script runs', async () => {
    const { page, offences, show } = await openTab(chromium, { javaScriptEnabled: false });
    await show(pageOf(auditOf([rowOf('lumenpay/platform', several()), rowOf('lumenpay/rates', go())])));
    expect(await page.locator('noscript tbody tr').count()).toBe(4);
    expect(await page.locator('noscript tbody tr').first().textContent()).toContain('NO-GO');
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(offences).toEqual([]);
  });

  it(
    'runs nothing, whatever a repository says',
    async () => {
      const { page, offences, show } = await openTab(chromium);
      const texts = [
        [
          '<script>alert(1)</script>',
          '"><img src=x onerror=alert(1)>',
          '</script><script>alert(1)</script>',
          '<!--<script>',
        ],
        ['javascript:alert(1)', '</dialog></main>', '<!--', ']]>', '\u202Egnp', '__proto__', 'constructor'],
      ];
      const audits = [
        ...fc.sample(anyAudit, 8),
        ...texts.map((them) => auditOf([rowOf(them[0] ?? '', poisoned(several(), them)), unjudgedRow(them[1] ?? '')])),
      ];
      for (const audit of audits) {
        await show(pageOf(audit));
        const lines = page.locator('.line-of .name');
        for (let at = 0; at < (await lines.count()); at += 1) {
          await lines.nth(at).click();
          await page.locator('#drill .drill-body > :not(.soft)').first().waitFor();
          await press(page, 'Escape');
        }
        expect(await page.locator('img, iframe').count()).toBe(0);
        expect(await page.locator('script:not([type])').count()).toBe(1);
        expect(await page.locator('a:not([href^="#"]):not([href^="https://"])').count()).toBe(0);
      }
      expect(offences).toEqual([]);
    },
    PATIENCE,
  );
});
