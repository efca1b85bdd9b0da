/** The report's page in a real browser: silent, usable by keyboard and by screen readers in every setting, inert whatever a repository says. */
import axe from 'axe-core';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format } from '../../src/report/html.ts';
import { canvas } from './canvas.ts';
import { absent, type Chromium, openTab, startChromium } from './chromium.ts';
import { poisoned } from './hostile.ts';
import { markupOf } from './html-markup.ts';
import { anyReport } from './random-report.ts';
import { everything, large, severalChanged } from './sample-page.ts';
import { go, nothingJudged } from './sample-report.ts';

/** Each element that axe-core finds fault with. */
const VIOLATIONS =
  "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((it) => id + ': ' + it.html)))";

const pageOf = (it: Report): string => format.render(it, canvas());

/** As readers' machines are set. */
const SETTINGS = [
  { name: 'light', how: { colorScheme: 'light' } },
  { name: 'dark', how: { colorScheme: 'dark' } },
  { name: 'narrow', how: { viewport: { width: 360, height: 740 } } },
  { name: 'on paper, from a dark screen', how: { colorScheme: 'dark' }, media: 'print' },
] as const;

const SAMPLES = [
  ['everything', everything()],
  ['several services', severalChanged()],
  ['a GO', go()],
  ['nothing judged', nothingJudged()],
] as const;

describe.skipIf(absent !== '')(`a report's page in Chromium${absent}`, () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(async () => chromium?.close());

  /** Findings that can be seen, by their rule. */
  const shown = (page: Page): Promise<readonly string[]> =>
    page.locator('details.finding:visible > summary code').allTextContents();
  const status = (page: Page): Promise<string | null> => page.locator('[role=status]').textContent();

  it.each(SETTINGS)(
    '$name: no trouble for assistive technology, nothing wider than the page, nothing said or asked',
    async ({ how, ...rest }) => {
      const { page, offences, show } = await openTab(chromium, how);
      if ('media' in rest) await page.emulateMedia({ media: rest.media });
      for (const [name, report] of SAMPLES) {
        await show(pageOf(report));
        await page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true");
        await page.evaluate(axe.source);
        expect(await page.evaluate(VIOLATIONS), name).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBeLessThanOrEqual(0);
      }
      expect(offences).toEqual([]);
    },
  );

  it('is worked by the keyboard alone, and says how many findings are shown', async () => {
    const { page, offences, show } = await openTab(chromium);
    await show(pageOf(everything()));
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = (): Promise<unknown> =>
      page.evaluate('document.activeElement.name || document.activeElement.textContent');
    const tabTo = async (name: string, key = 'Tab'): Promise<void> => {
      for (let presses = 0; presses < 60 && (await focused()) !== name; presses += 1) await press(key);
      expect(await focused()).toBe(name);
    };
    const all = await shown(page);
    expect(all).toHaveLength(24);
    expect(await status(page)).toBe('24 of 24 findings shown.');
    await press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await tabTo('text');
    await page.keyboard.type('Runbook exist');
    expect(await shown(page)).toEqual(['runbooks/alert-links-runbook']);
    expect(await status(page)).toBe('1 of 24 findings shown.');
    await press('Enter');
    expect(await shown(page)).toHaveLength(1);
    await press('ControlOrMeta+A', 'Delete', 'Tab', 'Space');
    expect(await shown(page)).toHaveLength(5);
    await press('Tab', 'Space');
    expect(await status(page)).toBe('6 of 24 findings shown.');
    await tabTo('standing');
    await page.keyboard.type('stale');
    expect(await shown(page)).toEqual(['data/restore-tested']);
    expect(await page.locator('.area:visible').count()).toBe(1);
    await tabTo('Show all');
    await press('Enter');
    expect(await shown(page)).toEqual(all);
    await tabTo('severity', 'Shift+Tab');
    await page.keyboard.type('critical');
    expect(await shown(page)).toHaveLength(3);
    expect(offences).toEqual([]);
  });

  it('narrows to one service, and one area', async () => {
    const { page, show } = await openTab(chromium);
    await show(pageOf(severalChanged()));
    await page.selectOption('select[name=service]', { label: 'ledger' });
    expect(await shown(page)).toHaveLength(5);
    await page.selectOption('select[name=area]', 'resilience');
    expect(await shown(page)).toEqual(['resilience/multi-zone']);
  });

  it('folds what is settled, opens what is linked whatever is filtered, and shows all on paper', async () => {
    const { page, show } = await openTab(chromium);
    await show(pageOf(everything()));
    const open_ = (): Promise<number> => page.locator('details.finding[open]').count();
    expect(await open_()).toBe(9);
    await page.check('input[value=pass]');
    await page.click('nav + details a, .next a[href^="#"]');
    // The page hears of its new address in a turn of its own.
    await expect.poll(() => page.locator('input[value=pass]').isChecked()).toBe(false);
    expect(await page.locator('details.finding:target').getAttribute('open')).toBe('');
    await page.click('#fold');
    expect(await open_()).toBe(0);
    await page.click('#unfold');
    expect(await open_()).toBe(24);
    await page.click('#fold');
    await page.pdf();
    expect(await open_()).toBe(24);
  });

  it('shows everything without JavaScript, and no filter', async () => {
    const { page, offences, show } = await openTab(chromium, { javaScriptEnabled: false });
    await show(pageOf(everything()));
    expect(await page.locator('details.finding:not([open])').count()).toBe(0);
    expect(await page.locator('details.finding:visible').count()).toBe(24);
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(offences).toEqual([]);
  });

  it.each([200, 2000])('shows %i findings at once, and filters them', async (count) => {
    const { page, offences, show } = await openTab(chromium);
    await show(pageOf(large(count)));
    expect(await page.locator('details.finding:visible').count()).toBe(count);
    await page.fill('input[name=text]', `number ${count - 1}`);
    expect(await shown(page)).toEqual([`area-9/rule-${count - 1}`]);
    expect(offences).toEqual([]);
  });

  it('is read by the browser as it is written, and runs nothing, whatever a repository says', async () => {
    const { page, offences, show } = await openTab(chromium);
    const reports = [
      ...fc.sample(anyReport, 25),
      poisoned(everything(), [
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onfocus='alert(1)",
        '</style><script>alert(1)</script>',
      ]),
      poisoned(everything(), [
        'javascript:alert(1)',
        '</details></section></main>',
        '<!--',
        ']]>',
        '&#x3c;script&#x3e;',
        '\u202Egnp',
      ]),
    ];
    for (const report of reports) {
      const html = pageOf(report);
      await show(html);
      const names = await page.evaluate("[...document.querySelectorAll('*')].map((it) => it.localName)");
      expect(names).toEqual(markupOf(html).elements.map(({ name }) => name));
    }
    expect(offences).toEqual([]);
  });
});
