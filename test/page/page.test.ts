/** The card says what is known about an alert and, in plain words, what is not. */

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import { pageFor } from '../../src/page/page.ts';
import { diskRepo } from '../../src/repo/disk.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import type { Card, CardItem } from '../../src/report/card.ts';
import { markdownCard } from '../../src/report/page-markdown.ts';
import { renderCard } from '../../src/report/page-terminal.ts';
import { canvas } from '../report/canvas.ts';

type Files = Readonly<Record<string, string>>;

const JUDGING = { checklists: CHECKLISTS, profiles: PROFILES, checks: new Map() };

const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: orders-api\ntier: 2\n';

function rules(annotations: string, more = ''): string {
  return `groups:\n  - name: orders\n    rules:\n      - alert: StockUnreachable\n        expr: stock_up == 0\n        labels: { severity: page }\n        annotations: { summary: No stock, ${annotations} }\n${more}`;
}

async function card(
  files: Files,
  given = 'StockUnreachable',
  roots: Readonly<Record<string, Files>> = {},
): Promise<Card> {
  const named = new Map(
    Object.entries(roots).map(([name, its]) => [name, memoryRepo({ name, root: name, files: its })]),
  );
  const workspace = {
    repo: memoryRepo({ name: 'shop', files }),
    dir: '',
    rootNamed: (name: string) => named.get(name),
  };
  return pageFor(workspace, given, { asOf: '2026-11-16', roots: Object.keys(roots), judging: JUDGING });
}

function say({ sections }: Card, title: string): string {
  const items = sections.find((section) => section.title === title)?.items ?? [];
  return items.map(spoken).join('\n');
}

function spoken(item: CardItem): string {
  if (item.kind === 'fact') return `${item.label}: ${item.text}`;
  if (item.kind === 'passage')
    return `${item.at?.root ?? ''}:${item.at?.path}:${item.at?.line ?? ''} ${item.blocks.map((it) => ('spans' in it ? it.spans.map(({ text }) => text).join('') : '')).join(' / ')}`;
  return item.kind === 'absent' ? `! ${item.text}` : item.text;
}

const PAGE = '# Stock\n\n## StockUnreachable\n\nRestart it.\n\n### Verify\n\nQuiet.\n\n## Other\n\nElse.\n';

describe('the runbook on the card', () => {
  it('is the section that the alert links, with those below it', async () => {
    const it = await card({
      'gonogo.yaml': MANIFEST,
      'docs/stock.md': PAGE,
      'alerts.yaml': rules('runbook_url: docs/stock.md#stockunreachable'),
    });
    expect(say(it, 'The runbook')).toBe(':docs/stock.md:3 StockUnreachable / Restart it. / Verify / Quiet.');
  });

  it('is the section called like the alert where the link names only the page', async () => {
    const it = await card({ 'docs/stock.md': PAGE, 'alerts.yaml': rules('runbook_url: docs/stock.md') });
    expect(say(it, 'The runbook')).toBe(':docs/stock.md:3 StockUnreachable / Restart it. / Verify / Quiet.');
  });

  it.each([
    ['', 'this alert links no runbook'],
    ['runbook_url: docs/gone.md', 'the link is dead: docs/gone.md does not exist'],
    ['runbook_url: docs/stock.md#gone', 'the link is dead: docs/stock.md has no section "gone"'],
    ['runbook_url: TODO', 'in place of a link stands "TODO"'],
    [
      'runbook_url: "https://wiki.lumenpay.io/stock"',
      'the link leads to https://wiki.lumenpay.io/stock, which is not opened',
    ],
    [
      'runbook_url: "https://github.com/lumenpay/books/blob/main/stock.md"',
      'the link leads to https://github.com/lumenpay/books/blob/main/stock.md; the repository lumenpay/books is not at hand',
    ],
    [
      'runbook_url: restart the stock service and then wait for it',
      'it links no runbook; in place of a link, its runbook_url says: restart',
    ],
  ])('is said to be missing for %s', async (annotation, sentence) => {
    const it = await card({ 'docs/stock.md': '# Stock\n\nWords.\n', 'alerts.yaml': rules(annotation) });
    expect(say(it, 'The runbook')).toContain(`! ${sentence}`);
    expect(say(it, 'The runbook')).toContain('! no page at hand says what to do about this alert');
  });

  it('says that a section is empty, and shows that it is', async () => {
    const it = await card({
      'docs/stock.md': '# Stock\n\n## A\n\n## B\n\nx\n',
      'alerts.yaml': rules('runbook_url: docs/stock.md#a'),
    });
    expect(say(it, 'The runbook')).toBe(
      '! the link leads to a section in which nothing is written\n:docs/stock.md:3 A',
    );
  });

  it('is the page of its name where the link leads out, and says how it was found', async () => {
    const books = {
      'content/a/StockUnreachable.md': '# StockUnreachable\n\nOld.\n',
      'content/stock/StockUnreachable.md': '# StockUnreachable\n\nNew.\n',
    };
    const files = {
      'alerts.yaml': rules('runbook_url: "https://runbooks.lumenpay.io/runbooks/stock/stockunreachable"'),
    };
    expect(say(await card(files, 'StockUnreachable', { 'lumenpay/books': books }), 'The runbook')).toBe(
      [
        '! the link leads to https://runbooks.lumenpay.io/runbooks/stock/stockunreachable, which is not opened; `runbooks.url_map` in the manifest says where its pages are kept',
        "found: this page's path ends as the link does",
        'lumenpay/books:content/stock/StockUnreachable.md: StockUnreachable / New.',
      ].join('\n'),
    );
  });

  it('is the section of the page whose path ends as the link does, or the page that lacks it', async () => {
    const books = {
      'lumenpay/books': { 'source/manual/stock.html.md': '# All\n\n## Empty shelves\n\nRestock.\n\n## More\n\nx\n' },
    };
    const at = (anchor: string): Files => ({
      'alerts.yaml': rules(`runbook_url: "https://docs.lumenpay.io/manual/stock.html#${anchor}"`),
    });
    expect(say(await card(at('empty-shelves'), 'StockUnreachable', books), 'The runbook')).toContain(
      "found: this page's path ends as the link does\nlumenpay/books:source/manual/stock.html.md:3 Empty shelves / Restock.",
    );
    expect(say(await card(at('gone'), 'StockUnreachable', books), 'The runbook')).toContain(
      'found: this page\'s path ends as the link does, but it has no section "gone"\nlumenpay/books:source/manual/stock.html.md: All',
    );
  });

  it('is the page of its name in an evidence root where the link says nothing', async () => {
    const books = {
      'lumenpay/books': {
        'a/StockUnreachable.md': '# StockUnreachable\n\nA.\n',
        'b/StockUnreachable.md': '# StockUnreachable\n\nB.\n',
      },
    };
    expect(
      say(
        await card(
          { 'alerts.yaml': rules('runbook: "https://wiki.lumenpay.io/StockUnreachable"') },
          'StockUnreachable',
          books,
        ),
        'The runbook',
      ),
    ).toContain(
      'found: this page is called like the alert\nlumenpay/books:a/StockUnreachable.md: StockUnreachable / A.\nalso: names the alert',
    );
  });

  it('is where the manifest maps the site to', async () => {
    const manifest = `${MANIFEST}runbooks:\n  url_map: { "https://runbooks.lumenpay.io/": "repo:lumenpay/books//content" }\n`;
    const files = {
      'gonogo.yaml': manifest,
      'alerts.yaml': rules('runbook_url: "https://runbooks.lumenpay.io/stockunreachable/"'),
    };
    const books = { 'content/StockUnreachable.md': '# StockUnreachable\n\nNew.\n' };
    expect(say(await card(files, 'StockUnreachable', { 'lumenpay/books': books }), 'The runbook')).toBe(
      'lumenpay/books:content/StockUnreachable.md: StockUnreachable / New.',
    );
  });

  it("is the failure mode's where the alert links none", async () => {
    const manifest = `${MANIFEST}failure_modes:\n  - { id: stock-down, cause: dep:stock, alert: StockUnreachable, runbook: docs/stock.md#other }\n`;
    const it = await card({ 'gonogo.yaml': manifest, 'docs/stock.md': PAGE, 'alerts.yaml': rules('') });
    expect(say(it, 'The runbook')).toBe(
      '! this alert links no runbook\nfound: the manifest names docs/stock.md#other for the failure "stock-down"\n:docs/stock.md:11 Other / Else.',
    );
  });
});

describe('the rest of the card', () => {
  it('says plainly what a bare repository does not hold', async () => {
    const it = await card({ 'alerts.yaml': rules('') });
    expect(say(it, 'What it means')).toContain('severity: page, critical here, it wakes someone');
    expect(say(it, 'What it means')).toContain('fires: as soon as it is true once');
    expect(say(it, 'The dashboard')).toBe('! no dashboard is kept here that could show stock_up');
    expect(say(it, 'What happened before')).toBe('! no review of an incident is kept here');
    expect(say(it, 'Partner teams')).toBe('! neither the alert nor its runbook names a dependency or a contact');
    expect(say(it, 'Who is next')).toContain('! there is no manifest that could name the escalation');
  });

  it('names the partner by failure mode, name or runbook, with its contact or the lack of one', async () => {
    const manifest = `${MANIFEST}dependencies:\n  - { id: stock, owner: team-stock, contact: "#team-stock" }\n  - { id: warehouse-db, owner: team-data }\n  - { id: mail-gateway, contact: x }\n`;
    const page = '# Stock\n\n## StockUnreachable\n\nIs warehouse-db up?\n';
    const it = await card({
      'gonogo.yaml': manifest,
      'docs/stock.md': page,
      'alerts.yaml': rules('runbook_url: docs/stock.md#stockunreachable'),
    });
    expect(say(it, 'Partner teams')).toBe(
      "stock: team-stock; its name is in the alert's\nreach them: #team-stock\nwarehouse-db: team-data; the runbook names it\n! the manifest names no contact for warehouse-db",
    );
  });

  it('lists incidents that name it, newest first, and only those', async () => {
    const it = await card({
      'alerts.yaml': rules(''),
      'docs/postmortems/2026-02-01-stock.md': '# Stock gone\n\nStockUnreachable fired.\n\n## Actions\n\n- more pods\n',
      'docs/postmortems/2026-08-01-stock.md': `# Stock gone again\n\n${'Long words. '.repeat(900)}\n\nStockUnreachable fired late.\n`,
      'docs/postmortems/2026-09-01-mail.md': '# Mail\n\nStockUnreachableToo did not.\n',
    });
    expect(say(it, 'What happened before')).toBe(
      'incident 2026-08-01: Stock gone again\nincident 2026-02-01: Stock gone',
    );
  });

  it('shows every rule of a name', async () => {
    const more =
      '      - alert: StockUnreachable\n        expr: stock_up < 0.5\n        for: 1h\n        labels: { severity: warning }\n';
    const it = await card({ 'alerts.yaml': rules('', more) });
    expect(say(it, 'The query')).toBe('stock_up == 0\nstock_up < 0.5');
    expect(say(it, 'What it means')).toContain('severity: warning');
  });

  it('shows a rule that is kept twice once, and says where else it is', async () => {
    const it = await card({ 'a/alerts.yaml': rules(''), 'b/alerts.yaml': rules('') });
    expect(say(it, 'The query')).toBe('stock_up == 0');
    expect(it.sections[0]?.items).toContainEqual({
      kind: 'fact',
      label: 'also',
      text: 'the same rule',
      at: { path: 'b/alerts.yaml', line: 4, column: 9 },
    });
  });

  it('asks which of two services is meant', async () => {
    const files = {
      'a/gonogo.yaml': MANIFEST.replace('orders-api', 'a'),
      'b/gonogo.yaml': MANIFEST.replace('orders-api', 'b'),
      'a/alerts.yaml': rules(''),
      'b/alerts.yaml': rules(''),
    };
    await expect(card(files)).rejects.toThrow('"StockUnreachable" is an alert of a and of b');
  });

  it('says that no alert is called so, and why there may be one', async () => {
    await expect(card({ 'alerts.yaml': rules('') }, 'Payroll')).rejects.toThrow(
      'no alert here is called like "Payroll"',
    );
    await expect(card({ 'README.md': '# x\n' }, 'Payroll')).rejects.toMatchObject({
      hint: 'no alert rules are kept here',
    });
  });
});

describe('the card of a sample', async () => {
  const repo = diskRepo(resolve('fixtures/services/payments'));
  const it1 = await pageFor({ repo, dir: '', rootNamed: () => undefined }, 'PaymentsErrorBudgetBurn', {
    asOf: '2026-11-16',
    roots: [],
    judging: JUDGING,
  });

  it('in the terminal', async () => {
    await expect(renderCard(it1, canvas())).toMatchFileSnapshot('__golden__/payments.txt');
  });

  it('as Markdown', async () => {
    await expect(markdownCard(it1)).toMatchFileSnapshot('__golden__/payments.md');
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(it1))).toEqual(it1);
  });
});
