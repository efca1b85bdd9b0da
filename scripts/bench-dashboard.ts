/**
 * `npm run bench -- --dashboard [--gate]`: the page of an audit of 5,000 services by 60 rules in a real browser: until it is ready to
 * be used, and until what is filtered is painted, against the bars that `--gate` enforces.
 */
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { format } from '../src/report/audit/html.ts';
import { manyServices } from '../test/audit/many-services.ts';
import { canvas } from '../test/report/canvas.ts';
import { absent, type Chromium, startChromium } from '../test/report/chromium.ts';

const SERVICES = 5000;
const RULES = 60;
const LOADS = 9;

/** Milliseconds, on a machine that starts an empty Node process in 40. */
const BARS = { ready: 500, filter: 50 } as const;

/** What a reader types or chooses, one after the other. */
const FILTERS = [
  ['text', 'payments'],
  ['text', 'payments link-resolves'],
  ['text', ''],
  ['tier', '1'],
  ['verdict', 'NO-GO'],
  ['tier', ''],
  ['owner', 'team-growth'],
  ['owner', ''],
  ['verdict', ''],
] as const;

/** Prints the medians; answers how many are over their bars. */
export async function benchDashboard(): Promise<number> {
  if (absent !== '') throw new Error(`no dashboard can be measured${absent}`);
  const chromium = await startChromium();
  try {
    const file = write(chromium);
    const ready: number[] = [];
    for (let load = 0; load < LOADS; load += 1) ready.push(await readyAfter(chromium, file));
    const page = await open(chromium, file);
    const filter: number[] = [];
    for (const [name, value] of FILTERS) filter.push(await filteredAfter(page, name, value));
    const sort = await sortedAfter(page);
    console.log(`sorted by an area: ${sort.toFixed(0)} ms`);
    return told('ready', ready) + told('filter', filter);
  } finally {
    await chromium.close();
  }
}

function write({ folder }: Chromium): string {
  const file = join(folder, 'dashboard.html');
  const started = process.hrtime.bigint();
  const descriptor = openSync(file, 'w');
  for (const piece of format.render(manyServices(SERVICES, RULES), canvas())) writeSync(descriptor, piece);
  closeSync(descriptor);
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  console.log(
    `${SERVICES} services, ${RULES} rules: made and written in ${ms.toFixed(0)} ms, ${(statSync(file).size / 1e6).toFixed(1)} MB`,
  );
  return file;
}

/** When the first lines were painted and filters worked, in milliseconds from the start of the navigation; waits for it. */
const READY = `new Promise((done) => {
  const look = () => {
    const [mark] = performance.getEntriesByName('gonogo-ready');
    if (mark) done(mark.startTime);
    else setTimeout(look, 5);
  };
  look();
})`;

async function open({ browser }: Chromium, file: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  await page.goto(`file://${file}`);
  await page.evaluate(READY);
  return page;
}

async function readyAfter(chromium: Chromium, file: string): Promise<number> {
  const page = await open(chromium, file);
  const ms = await page.evaluate(READY);
  await page.context().close();
  return Number(ms);
}

/** Until the frame after is painted: a callback of a frame comes before it is, a timer set there after. */
const PAINTED =
  'new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - started))))';

async function filteredAfter(page: Page, name: string, value: string): Promise<number> {
  return Number(
    await page.evaluate(`{
      const field = document.querySelector('#filters [name=${name}]');
      field.value = ${JSON.stringify(value)};
      const started = performance.now();
      field.dispatchEvent(new Event('input', { bubbles: true }));
      ${PAINTED};
    }`),
  );
}

async function sortedAfter(page: Page): Promise<number> {
  return Number(
    await page.evaluate(`{
      const started = performance.now();
      document.querySelector('.area-head').click();
      ${PAINTED};
    }`),
  );
}

function told(name: keyof typeof BARS, values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const kept = median <= BARS[name];
  const range = `${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)}`;
  console.log(
    `${name}: ${median.toFixed(0)} ms in the median of ${values.length} (${range}), ${kept ? 'within' : 'OVER'} ${BARS[name]} ms`,
  );
  return kept ? 0 : 1;
}
