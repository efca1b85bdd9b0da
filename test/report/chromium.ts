/** Pages in a real, headless Chromium that is on the machine: what they asked for, said and tried, kept for a test to see. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PROGRAM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((it) =>
  existsSync(it),
);

/** Why no test in a browser can run; empty where they can. */
export const absent = PROGRAM === undefined ? ' (skipped: chromium is not at hand)' : '';

/** The browser, and the folder in which its pages lie. */
export interface Chromium {
  readonly browser: Browser;
  readonly folder: string;
  close(): Promise<void>;
}

/** Milliseconds for whatever a browser does on a machine that has much else to do. */
const PATIENCE = 180_000;

/** Starts it without any talk of its own to the outside. */
export async function startChromium(): Promise<Chromium> {
  const browser = await chromium.launch({
    ...(PROGRAM && { executablePath: PROGRAM }),
    timeout: PATIENCE,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-pages-'));
  return {
    browser,
    folder,
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A page that shows one report after the other, and all that it should not have done. */
export interface Tab {
  readonly page: Page;
  /** Requests but for the page itself, messages on the console, errors and dialogs, in order. */
  readonly offences: readonly string[];
  /** Shows a page from a file, as a reader would. */
  show(html: string): Promise<void>;
}

/** A tab of its own, as the reader's machine is set. */
export async function openTab({ browser, folder }: Chromium, how: BrowserContextOptions = {}): Promise<Tab> {
  const file = join(folder, 'page.html');
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...how });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const offences: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== `file://${file}`) offences.push(`request ${request.url()}`);
  });
  page.on('console', (message) => offences.push(`console ${message.text()}`));
  page.on('pageerror', (error) => offences.push(`error ${error.message}`));
  page.on('dialog', (dialog) => {
    offences.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const show = async (html: string): Promise<void> => {
    writeFileSync(file, html);
    await page.goto(`file://${file}`);
  };
  return { page, offences, show };
}
