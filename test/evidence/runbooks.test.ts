/** Runbooks as teams keep them: which documents are some, what they answer, where their links lead. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForeign } from '../../src/evidence/pages/prose-language.ts';
import { dateIn, reviewOf } from '../../src/evidence/pages/review-date.ts';
import { isDashboardLink, reachIn } from '../../src/evidence/reachable.ts';
import { sectionKinds } from '../../src/evidence/runbooks/sections.ts';
import { collector, type Facts, type Runbook } from '../../src/evidence/runbooks.ts';
import type { Gathered } from '../../src/model.ts';
import { anyCharacter } from '../any-character.ts';
import { HEAD, sourcesOf } from './sources-of.ts';

type Files = Readonly<Record<string, string>>;

async function gather(files: Files, options: Parameters<typeof sourcesOf>[1] = {}): Promise<Gathered<Facts>> {
  const gathered = await collector.collect(sourcesOf(files, options));
  expect(JSON.parse(JSON.stringify(gathered))).toEqual(gathered);
  return gathered;
}

async function found(files: Files, options: Parameters<typeof sourcesOf>[1] = {}): Promise<readonly string[]> {
  const { facts } = await gather(files, options);
  return facts.runbooks.map(
    ({ at, why }) => `${why} ${at.root ? `${at.root}:` : ''}${at.path}${at.line ? `:${at.line}` : ''}`,
  );
}

async function only(text: string, path = 'docs/runbooks/ledger.md'): Promise<Runbook> {
  const { facts } = await gather({ [path]: text });
  const [runbook] = facts.runbooks;
  if (!runbook || facts.runbooks.length !== 1) throw new Error(`${facts.runbooks.length} runbooks`);
  return runbook;
}

const STEPS =
  "# Ledger lag\n\nPostings arrive late.\n\n## Impact\n\nMerchants see yesterday's balance.\n\n## Diagnosis\n\nLook at the queue:\n\n```sh\nkubectl -n ledger logs deploy/ledger-poster --tail 200\n```\n\n## Mitigation\n\n```sh\nkubectl -n ledger rollout restart deploy/ledger-poster\n```\n\n## Escalation\n\nPage the ledger team in #ledger-oncall.\n";

describe('which documents are runbooks', () => {
  it('takes those in a folder of runbooks, but not its index and its template', async () => {
    expect(
      await found({
        'docs/runbooks/lag.md': STEPS,
        'docs/runbooks/README.md': '# Runbooks\n\n- [Lag](lag.md)\n',
        'docs/runbooks/template.md': STEPS,
        'docs/runbooks/archive/old.mdx': STEPS,
        'docs/other.md': '# Other\n\nNothing here.\n',
      }),
    ).toEqual(['folder docs/runbooks/archive/old.mdx', 'folder docs/runbooks/lag.md']);
  });

  it('tells a copy of the template from a page that somebody wrote', async () => {
    const form = '# Runbook\n\n## Diagnosis\n\nSay how one sees why.\n\n## Contacts\n\nCall the desk.\n';
    const { facts } = await gather({
      'docs/runbooks/_template.md': form,
      'docs/runbooks/copy.md': form.replace('# Runbook', '# Ledger'),
      'docs/runbooks/own.md': form.replace('Say how one sees why.', 'Look at the lag of the queue.'),
    });
    expect(facts.runbooks.map(({ at, copied, words }) => [at.path, copied, words > 0])).toEqual([
      ['docs/runbooks/copy.md', true, false],
      ['docs/runbooks/own.md', undefined, true],
    ]);
  });

  it('takes those whose name says runbook', async () => {
    expect(
      await found({ 'docs/run-book.md': STEPS, 'RUNBOOK.md': STEPS, 'docs/ledger-runbook.html.md.erb': STEPS }),
    ).toEqual(['name RUNBOOK.md', 'name docs/ledger-runbook.html.md.erb', 'name docs/run-book.md']);
  });

  it('takes an unwritten page in such a folder too, for it is there to be found', async () => {
    const runbook = await only('# Lag\n\n## Impact\n\nTODO\n\n## Mitigation\n');
    expect(runbook.words).toBe(0);
    expect(runbook.kinds).toEqual([]);
    expect(runbook.sections.map(({ title, state }) => `${title} ${state}`)).toEqual([
      'Lag stub',
      'Impact stub',
      'Mitigation empty',
    ]);
  });

  it('asks more of weaker names: notes for a laptop are no runbook', async () => {
    const notes =
      '# Troubleshooting local development\n\n## Port in use\n\nIf the production build fails on your machine after an incident, run:\n\n```sh\ndocker compose down\n```\n';
    const setup =
      '# Troubleshooting\n\n## Node version\n\nRun `npm install` again, then `npm start`.\n\n## Database\n\n```sh\ndocker compose up db\n```\n';
    const night =
      '# Troubleshooting\n\n## 502 from the gateway\n\nWhen on-call is paged for a production outage:\n\n```sh\nkubectl -n ledger get pods\n```\n';
    expect(await found({ 'docs/troubleshooting.md': notes })).toEqual([]);
    expect(await found({ 'docs/troubleshooting.md': setup })).toEqual([]);
    expect(await found({ 'docs/troubleshooting.md': night })).toEqual(['name docs/troubleshooting.md']);
    expect(
      await found({
        'playbooks/README.md':
          '# Playbooks\n\nAnsible playbooks that provision the hosts.\n\n```sh\nansible-playbook site.yml\n```\n',
      }),
    ).toEqual([]);
  });

  it('takes the pages with steps of a folder of playbooks, or of a repository of runbooks, most of which have some', async () => {
    const page = (title: string): string =>
      `# ${title}\n\n## Diagnosis\n\nCount the rows that wait in the outbox.\n\n## Resolution\n\n\`kubectl rollout restart deploy/outbox\`\n`;
    const pages = { 'a/lag.md': page('Lag'), 'a/b/full.md': page('Disk is full'), 'late.adoc': page('Late') };
    const below = (folder: string): Files =>
      Object.fromEntries(Object.entries(pages).map(([path, text]) => [`${folder}${path}`, text]));
    const contents = '# What is here\n\nOne page for each thing.\n';
    expect(await found({ ...below('playbooks/'), 'playbooks/list.md': contents })).toEqual([
      'folder playbooks/a/b/full.md',
      'folder playbooks/a/lag.md',
      'folder playbooks/late.adoc',
    ]);
    expect(await found({ ...pages, 'README.md': contents }, { name: 'ledger-runbooks' })).toEqual([
      'folder a/b/full.md',
      'folder a/lag.md',
      'folder late.adoc',
    ]);
    expect(await found({ ...pages, 'README.md': contents }, { name: 'ledger' })).toEqual([]);
    expect(await found({ ...pages, 'go.mod': 'module github.com/lumenpay/runbooks\n' }, { name: 'src' })).toHaveLength(
      3,
    );
  });

  it('takes none of a folder of playbooks that are programs, or few of whose pages have steps', async () => {
    const page = '# Hosts\n\n## Steps\n\nRun the play against one host first.\n';
    const three = { 'playbooks/a.md': page, 'playbooks/b.md': page, 'playbooks/c.md': page };
    const tasks = '- hosts: all\n';
    expect(await found(three)).toHaveLength(3);
    expect(
      await found({ ...three, 'playbooks/a.yml': tasks, 'playbooks/b.yml': tasks, 'playbooks/c.yml': tasks }),
    ).toEqual([]);
    const talk = '# Selling\n\n## Audience\n\nWhoever buys postings by the thousand.\n';
    const sales = Object.fromEntries([1, 2, 3, 4].map((it) => [`playbooks/sell-${it}.md`, talk]));
    expect(await found({ ...three, ...sales })).toEqual([]);
    const laptop = `${page}\nRun \`npm start\` on your machine.\n`;
    expect(await found({ 'playbooks/a.md': laptop, 'playbooks/b.md': laptop, 'playbooks/c.md': laptop })).toEqual([]);
  });

  it('leaves tests, vendored trees, decisions and past incidents aside', async () => {
    expect(
      await found({
        'test/runbooks/lag.md': STEPS,
        'vendor/x/runbook.md': STEPS,
        'docs/adr/0003-runbook.md': STEPS,
        'docs/postmortems/runbook-gap.md': STEPS,
        '.github/ISSUE_TEMPLATE/runbook.md': STEPS,
        'docs/incidents/2024-08-04-ledger-late.md': STEPS,
        'docs/incidents/ledger-late.md': STEPS.replace('Ledger lag', 'Incident on 2024-08-04'),
      }),
    ).toEqual([]);
  });

  it('takes no front page that an address is only put together from', async () => {
    const rules = "{ runbook(name): 'https://github.com/lumenpay/handbook/blob/main/' + name }\n";
    const readme = '# Handbook\n\nOne page for each alert of production.\n\n## Contributing\n\n`make lint`\n';
    const roots = { 'lumenpay/handbook': { 'README.md': readme } };
    expect(await found({ 'mixin/links.libsonnet': rules }, { roots })).toEqual([]);
  });

  it('takes no page for one that a pipeline merely copies beside the runbooks', async () => {
    expect(
      await found({
        'README.md': STEPS,
        '.github/workflows/publish.yml':
          'jobs:\n  publish:\n    steps:\n      - run: rsync -a --exclude README.md runbooks/ site/\n',
      }),
    ).toEqual([]);
  });

  it('takes a part of a larger document when its heading says so and it tells what to do', async () => {
    const readme = `# Ledger\n\nPosts entries.\n\n## Install\n\nnpm ci\n\n# Run Book\n\n## Postings are late\n\n${'Restart the poster when the lag grows for ten minutes or more, then watch it fall. '.repeat(2)}\n\n\`kubectl rollout restart deploy/poster\`\n\n# Licence\n\nMIT\n`;
    const { facts } = await gather({ 'README.md': readme });
    expect(facts.runbooks.map(({ at, why, title }) => [why, at.line, title])).toEqual([['heading', 9, 'Run Book']]);
    expect(facts.runbooks[0]?.text).not.toContain('MIT');
  });

  it('takes no page that merely links out, and notes where it hands over to', async () => {
    const { facts, delegated } = await gather({
      'README.md':
        '# Ledger\n\n## Runbook\n\nSee [the runbook](https://wiki.lumenpay.io/ledger/runbook).\n\n[Playbook](https://github.com/lumenpay/ops/blob/main/ledger.md)\n',
    });
    expect(facts.runbooks).toEqual([]);
    expect(delegated).toEqual([
      { at: { path: 'README.md', line: 5, column: 5 }, to: 'https://wiki.lumenpay.io/ledger/runbook' },
      { at: { path: 'README.md', line: 7, column: 1 }, to: 'https://github.com/lumenpay/ops/blob/main/ledger.md' },
    ]);
  });

  it('notes links below a heading that says runbook, and no articles about them', async () => {
    const text =
      '# Ledger\n\n### Runbook\n\nFollow the [standard operating procedure](https://gitlab.lumenpay.io/ops/sop/-/tree/main/ledger).\n\n## Reading\n\n[What a runbook is](https://en.wikipedia.org/wiki/Runbook)\n';
    const { delegated } = await gather({ 'README.md': text });
    expect(delegated.map(({ to }) => to)).toEqual(['https://gitlab.lumenpay.io/ops/sop/-/tree/main/ledger']);
  });

  it('takes no page about writing runbooks for one', async () => {
    expect(
      await found({
        'docs/add-runbook.md': '# Adding a runbook\n\n```sh\nhugo new runbooks/x.md\n```\n',
        'docs/runbook.md': '# Runbook review guidelines\n\n## Steps\n\n```sh\nmake lint-runbooks\n```\n',
        'docs/images.md': `# Images\n\nWe keep images in one registry.\n\n## How to update this runbook\n\n${'Run this and commit what it writes to the table above. '.repeat(3)}\n\n\`make images\`\n\n## All images\n\nNone.\n`,
      }),
    ).toEqual([]);
  });

  it('delegates to no placeholder and to no Ansible manual', async () => {
    const { delegated } = await gather({
      'README.md':
        '# Ledger\n\n[runbook](https://example.com/runbook) [playbook](https://docs.ansible.com/playbook_guide)\n',
    });
    expect(delegated).toEqual([]);
  });

  it('follows a link that says runbook to a page at hand', async () => {
    const page = '# When the ledger is down\n\nDuring an incident in production:\n\n```sh\nkubectl get pods\n```\n';
    expect(
      await found({ 'README.md': '# Ledger\n\nOur [runbook](docs/when-down.md).\n', 'docs/when-down.md': page }),
    ).toEqual(['link docs/when-down.md']);
  });

  it('takes the page, or the part of it, that an alert links', async () => {
    const rules =
      'groups:\n  - rules:\n      - alert: LedgerLag\n        annotations:\n          runbook_url: docs/ops.md#ledger-lag\n';
    const page = '# Operations\n\nText\n\n## Ledger lag\n\nRestart it.\n\n## Other\n\nText\n';
    expect(await found({ 'ops/rules.yaml': rules, 'docs/ops.md': page })).toEqual(['alert-link docs/ops.md:5']);
    const central = rules.replace('docs/ops.md', 'https://github.com/lumenpay/runbooks/blob/main/ops.md');
    expect(await found({ 'ops/rules.yaml': central }, { roots: { 'lumenpay/runbooks': { 'ops.md': page } } })).toEqual([
      'alert-link lumenpay/runbooks:ops.md:5',
    ]);
    const { delegated } = await gather({ 'ops/rules.yaml': central });
    expect(delegated).toEqual([
      { at: { path: 'ops/rules.yaml', line: 5 }, to: 'https://github.com/lumenpay/runbooks/blob/main/ops.md' },
    ]);
  });

  it('takes what the manifest names, whatever it is called, also in another repository', async () => {
    const manifest = `${HEAD}runbooks:\n  dir: guides\n  files: ["notes.md#at-night", "repo:lumenpay/ops//ledger"]\nfailure_modes:\n  - id: gateway-down\n    runbook: docs/gateway.md\n`;
    const files = {
      'gonogo.yaml': manifest,
      'guides/lag.md': STEPS,
      'guides/index.md': '# All guides\n',
      'notes.md': '# Notes\n\nText\n\n## At night\n\nCall.\n',
      'docs/gateway.md': '# Gateway\n',
    };
    expect(await found(files, { roots: { 'lumenpay/ops': { 'ledger/a.md': STEPS, 'billing/b.md': STEPS } } })).toEqual([
      'manifest guides/lag.md',
      'manifest notes.md:5',
      'manifest lumenpay/ops:ledger/a.md',
      'manifest docs/gateway.md',
    ]);
  });

  it('notes a folder of runbooks that is elsewhere', async () => {
    const { delegated } = await gather({ 'gonogo.yaml': `${HEAD}runbooks: https://wiki.lumenpay.io/ledger\n` });
    expect(delegated).toMatchObject([{ at: { path: 'gonogo.yaml' }, to: 'https://wiki.lumenpay.io/ledger' }]);
    const away = await gather({ 'gonogo.yaml': `${HEAD}runbooks: repo:lumenpay/ops//ledger\n` });
    expect(away.delegated).toMatchObject([{ to: 'repo:lumenpay/ops//ledger' }]);
  });

  it('says what it cannot read', async () => {
    const { facts, unread } = await gather({
      'docs/runbooks/lag.org': '* Lag\n',
      'docs/runbook.textile': 'h1. Lag\n',
      'docs/runbooks/parts.adoc': '= Lag\n\n== Steps\n\ninclude::steps.adoc[]\n',
      'docs/runbooks/deep.md': '>'.repeat(5000),
      'docs/runbooks/huge.md': `# Huge\n\n${'word '.repeat(60_000)}`,
    });
    expect(facts.runbooks).toEqual([]);
    expect(unread.map(({ at, reason }) => `${at.path} ${reason}`).sort()).toEqual([
      'docs/runbook.textile language',
      'docs/runbooks/deep.md invalid-syntax',
      'docs/runbooks/huge.md too-large',
      'docs/runbooks/lag.org language',
      'docs/runbooks/parts.adoc invalid-syntax',
    ]);
  });

  it('finds a service its pages beside the other services of a repository', async () => {
    const files = {
      'services/ledger/gonogo.yaml': HEAD,
      'services/ledger/docs/runbook.md': STEPS,
      'docs/runbooks/ledger.md': STEPS,
      'docs/runbooks/billing.md': STEPS,
      'services/billing/runbook.md': STEPS,
    };
    expect(await found(files, { dir: 'services/ledger' })).toEqual([
      'name services/ledger/docs/runbook.md',
      'folder docs/runbooks/ledger.md',
    ]);
  });
});

describe('what a runbook answers', () => {
  it('has its kinds, commands, contacts and genre', async () => {
    const runbook = await only(STEPS);
    expect(runbook).toMatchObject({
      genre: 'alert',
      title: 'Ledger lag',
      kinds: ['impact', 'diagnosis', 'mitigation', 'contacts'],
      commands: 2,
    });
    expect(runbook.contacts).toEqual([{ text: '#ledger-oncall', at: { path: 'docs/runbooks/ledger.md', line: 25 } }]);
    expect(runbook.sections.map(({ title, kinds, at }) => [title, kinds.join(' '), at.line])).toEqual([
      ['Ledger lag', '', 1],
      ['Impact', 'impact', 5],
      ['Diagnosis', 'diagnosis', 9],
      ['Mitigation', 'mitigation', 17],
      ['Escalation', 'contacts', 23],
    ]);
  });

  it('counts headings below a heading, and gives them its subject', async () => {
    const { sections, kinds } = await only(
      '# Ledger\n\n## Diagnosis\n\n### Queue\n\nRead the depth.\n\n### Database\n\n`psql -c "select 1"`\n\n## Mitigation\n\n### First\n\n### Second\n\nTODO\n',
    );
    expect(
      sections.map(({ title, kinds: its, state, words, commands }) => [title, its.join(' '), state, words, commands]),
    ).toEqual([
      ['Ledger', '', 'filled', 7, 1],
      ['Diagnosis', 'diagnosis', 'filled', 7, 1],
      ['Queue', 'diagnosis', 'filled', 3, 0],
      ['Database', 'diagnosis', 'filled', 4, 1],
      ['Mitigation', 'mitigation', 'stub', 0, 0],
      ['First', 'mitigation', 'empty', 0, 0],
      ['Second', 'mitigation', 'stub', 0, 0],
    ]);
    expect(kinds).toEqual(['diagnosis']);
  });

  it('lets a title speak for headings that say nothing, except for the word runbook itself', async () => {
    expect((await only('# Troubleshooting the ledger\n\n## 502 from the gateway\n\nRestart the pod.\n')).kinds).toEqual(
      ['diagnosis'],
    );
    expect((await only('# Ledger playbook\n\n## 502 from the gateway\n\nRestart the pod.\n')).kinds).toEqual([]);
  });

  it('reads a page whose headings are only bold', async () => {
    expect((await only('**Impact**\n\nPayouts wait.\n\n**How to fix it**\n\nRestart.\n')).kinds).toEqual([
      'impact',
      'mitigation',
    ]);
  });

  it('credits neither a stub nor a section that says to look elsewhere', async () => {
    const { kinds, sections } = await only(
      '# Ledger\n\n## Impact\n\nTBD\n\n## Troubleshooting\n\nPlease refer to the README of the repository.\n\n## Mitigation\n\n[Wiki](https://wiki.lumenpay.io/ledger)\n\n## Monitoring\n\n- [Logs](https://logs.lumenpay.io/ledger)\n\n## Failover\n\nN/A\n',
    );
    expect(kinds).toEqual(['dashboards', 'mitigation', 'recovery']);
    expect(sections.filter((it) => it.pointer).map((it) => it.title)).toEqual([
      'Troubleshooting',
      'Mitigation',
      'Monitoring',
    ]);
    expect(sections.find((it) => it.title === 'Impact')?.stubAt).toEqual({ path: 'docs/runbooks/ledger.md', line: 5 });
  });

  it('credits steps that look first and act then with both', async () => {
    const steps =
      '### API 403\n\nCheck that the certificate is valid. Establish who is calling, then check the key.\n\n### Latency\n\nIf nothing changed, restart it.\n';
    expect((await only(`# Ledger\n\n## How to resolve specific issues\n\n${steps}`)).kinds).toEqual([
      'mitigation',
      'diagnosis',
    ]);
    expect(
      (await only('# Ledger\n\n## How to resolve specific issues\n\nRestart it. The checkbox is checked.\n')).kinds,
    ).toEqual(['mitigation']);
  });

  it('credits what to look at below headings that only name the trouble', async () => {
    const look =
      'The best course of action is to check the logs of the poster and look at its queue, then compare both.';
    expect((await only(`# Ledger\n\n## Postings late\n\n${look}\n\n## Balance wrong\n\nAsk #ledger.\n`)).kinds).toEqual(
      ['diagnosis'],
    );
    expect((await only(`# Ledger\n\n${look}\n`)).kinds).toEqual([]);
  });

  it('credits a pointer to a page at hand, and a dashboard to look at', async () => {
    const { facts } = await gather({
      'docs/runbooks/ledger.md':
        '# Ledger\n\n## Mitigation\n\nSee [restart](restart.md).\n\n## Diagnosis\n\n[Errors](https://grafana.lumenpay.io/d/ledger)\n',
      'docs/runbooks/restart.md': STEPS,
    });
    expect(facts.runbooks[0]?.kinds).toEqual(['mitigation', 'diagnosis']);
    expect(facts.runbooks[0]?.dashboards).toEqual([
      { target: 'https://grafana.lumenpay.io/d/ledger', at: { path: 'docs/runbooks/ledger.md', line: 9 } },
    ]);
  });

  it('tells genres apart', async () => {
    const service =
      '# Ledger\n\n## Service tier\n\nGold\n\n## Contacts\n\nledger@lumenpay.io\n\n## Architecture\n\nOne pod.\n\n## Release process\n\nAutomatic.\n';
    expect((await only(service)).genre).toBe('service');
    expect((await only('# LedgerPostingLag\n\nRestart the poster.\n')).genre).toBe('alert');
    expect((await only('# Rotate the signing key\n\n1. Create a key.\n2. Deploy it.\n')).genre).toBe('procedure');
  });

  it('says when the language is another one', async () => {
    const korean = await only(
      '# 원장 장애 대응\n\n## 증상\n\n정산이 늦어지고 잔액이 갱신되지 않습니다.\n\n## 조치\n\n```sh\nkubectl rollout restart deploy/ledger\n```\n',
    );
    expect(korean).toMatchObject({ nonEnglish: true, commands: 1 });
    expect((await only(STEPS)).nonEnglish).toBeUndefined();
  });

  it('keeps emoji, numbers and links in headings out of the way', () => {
    expect(sectionKinds('🚨 1. Impact:')).toEqual(['impact']);
    expect(sectionKinds('How to resolve specific issues')).toEqual(['mitigation']);
    expect(sectionKinds('Symptoms')).toEqual(['meaning', 'diagnosis']);
    expect(sectionKinds('Rollback')).toEqual(['mitigation', 'recovery']);
    expect(sectionKinds('Incident response hours')).toEqual(['contacts']);
    expect(sectionKinds("Who's on call?")).toEqual(['contacts']);
  });

  it.each([
    'GitHub Actions',
    'Diagnosis of nothing? Fixtures',
    'Response codes',
    'Prefixes',
    'Teammates',
    'Local development',
  ])('does not read a word out of another: %s', (title) => {
    expect(sectionKinds(title).filter((kind) => kind !== 'diagnosis')).toEqual([]);
  });
});

describe('links', () => {
  it('are resolved as a reader would follow them', async () => {
    const text = `# Ledger

[a](steps.md) [b](steps.md#two) [c](steps.md#three) [d](gone.md) [e](#ledger) [f](../ops/) [g](../../src/main.ts#L3)
[h](https://wiki.lumenpay.io/x) [i](https://example.com/x) [j](mailto:a@lumenpay.io) [k](/site/x) [l](/docs/ops/x.sh) [m]({{ref}})
[n](link:https://x.lumenpay.io) [o](../../../other/x.md) [p](page.html#one) [q](TODO) [r](http://localhost:3000) [s](https://github.com/lumenpay/ledger/blob/main/docs/runbooks/steps.md#two)
`;
    const { facts } = await gather({
      'docs/runbooks/ledger.md': text,
      'docs/runbooks/steps.md': '# One\n\nx\n\n## Two\n\ny\n',
      'docs/runbooks/page.html.md.erb': '# One\n\nx\n',
      'docs/ops/x.sh': 'ls\n',
      'src/main.ts': 'x\n',
      'package.json': '{ "repository": "github:lumenpay/ledger" }',
    });
    const resolves = facts.runbooks
      .find((it) => it.at.path.endsWith('ledger.md'))
      ?.links.map(({ resolves: how }) => how);
    expect(resolves).toEqual([
      'yes',
      'yes',
      'no-section',
      'no-file',
      'yes',
      'yes',
      'yes',
      'external',
      'placeholder',
      'skipped',
      'skipped',
      'yes',
      'templated',
      'malformed',
      'skipped',
      'yes',
      'placeholder',
      'placeholder',
      'yes',
    ]);
    expect(facts.runbooks.find((it) => it.at.path.endsWith('ledger.md'))?.links[1]?.to).toEqual({
      path: 'docs/runbooks/steps.md',
      line: 5,
    });
  });
});

describe('reviews', () => {
  it.each([
    ['15/12/2023', '2023-12-15'],
    ['2023-12-15', '2023-12-15'],
    ['15 December 2023', '2023-12-15'],
    ['December 5th, 2023', '2023-12-05'],
    ['Dec 2023', '2023-12-01'],
    ['12/15/2023', '2023-12-15'],
    ['03/11/2025', '2025-03-11'],
    ['31/02/2023', undefined],
    ['soon', undefined],
  ])('reads %s', (text, on) => {
    expect(dateIn(text)).toBe(on);
  });

  it('come from front matter, then from the text, each with its line', () => {
    expect(
      reviewOf(
        { last_reviewed_on: '2026-02-01', review_in: '6 months' },
        '---\ntitle: x\nlast_reviewed_on: 2026-02-01\n---\n',
      ),
    ).toEqual({ on: '2026-02-01', reviewIn: '6 months', by: 'front-matter', line: 3 });
    expect(reviewOf({}, '# Ledger\n\nLast review date: 15/12/2023\n')).toEqual({
      on: '2023-12-15',
      by: 'text',
      line: 3,
    });
    expect(reviewOf({}, '| **Last reviewed** | 2 March 2026 |\n')).toMatchObject({ on: '2026-03-02' });
    expect(reviewOf({ reviewed: 'yes' }, 'It was last updated to 3 replicas.\n')).toBeUndefined();
    expect(reviewOf({ 'Last-Updated': '2026-01-05' }, '')).toMatchObject({ on: '2026-01-05' });
  });

  it('of a part of a page are those that stand in it', async () => {
    const page =
      '# Ledger\n\nLast reviewed: 2024-01-01\n\n## Runbook\n\nLast reviewed: 2026-05-05\n\nWhen postings are late restart the poster and watch the lag fall for ten minutes: `kubectl rollout restart deploy/poster`.\n';
    const { facts } = await gather({ 'README.md': page });
    expect(facts.runbooks[0]?.reviewed).toEqual({ on: '2026-05-05', by: 'text', at: { path: 'README.md', line: 7 } });
  });
});

describe('shapes', () => {
  it('sees how to reach someone, and nothing in code, links and comments', () => {
    const text =
      'Ask in #ledger-help or `#ledger_ops`, or ledger@lumenpay.io, +44 20 7946 0000, @lumenpay/ledger.\n\nhttps://lumenpay.pagerduty.com/schedules#P1\n\n```\n#include <x> #not-this\n```\n<!-- #nor-this -->\nSee #412, [x](#section), colour #ffcc00, you@example.com.\n';
    expect(reachIn(text).map(({ text: reach, line }) => `${line} ${reach}`)).toEqual([
      '1 +44 20 7946 0000',
      '1 @lumenpay/ledger',
      '1 ledger@lumenpay.io',
      '1 #ledger-help',
      '1 #ledger_ops',
      '3 https://lumenpay.pagerduty.com/schedules#P1',
    ]);
  });

  it('tells dashboards from manuals and placeholders', () => {
    const is = (target: string, text = ''): boolean => isDashboardLink({ target, text });
    expect([
      is('https://grafana.lumenpay.io/d/1'),
      is('https://x.lumenpay.io/a', 'Dashboard'),
      is('ops/dashboards/main.json'),
    ]).toEqual([true, true, true]);
    expect([
      is('https://docs.datadoghq.com/monitors'),
      is('https://grafana.com/docs/loki'),
      is('https://grafana.example.org/d/1'),
      is('./steps.md', 'Steps'),
    ]).toEqual([false, false, false, false]);
  });

  it('tells languages apart by their short words', () => {
    expect(
      isForeign(
        'Sjekk at køen ikke er full og start tjenesten på nytt hvis den ikke svarer. Det er viktig at du varsler de andre.',
      ),
    ).toBe(true);
    expect(isForeign('Check that the queue is not full and restart the service if it does not answer.')).toBe(false);
    expect(isForeign('kubectl get pods')).toBe(false);
  });
});

describe('any text', () => {
  it('is read without a throw, and every place is in it', async () => {
    const pieces = fc.constantFrom(
      '# Runbook\n',
      '## Fix\n',
      '\n\n',
      '**Impact**\n',
      'TODO\n',
      '```\n',
      '<!--',
      '-->',
      '<%',
      '[a](',
      '#b)',
      '#chan-nel ',
      'a@b.io ',
      'Last reviewed: ',
      '2026-01-02',
      '---\n',
      'reviewed: ',
      '| a |\n|-|\n',
      '](',
      '<',
      'runbook: ',
    );
    const texts = fc.array(fc.oneof(pieces, fc.string({ unit: anyCharacter, maxLength: 6 })), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(texts, async (parts) => {
        const text = parts.join('');
        const { facts } = await gather({ 'docs/runbooks/ledger.md': text, 'ops/rules.yaml': text });
        for (const { sections, contacts, links } of facts.runbooks)
          for (const { at } of [...sections, ...contacts, ...links])
            expect(at.line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['dots', `${'.'.repeat(100_000)}a`],
    ['tags', `<div${'<'.repeat(100_000)}`],
    ['template marks', '<%'.repeat(50_000)],
    ['brackets', '](\u0000'.repeat(30_000)],
    ['spaces in a heading', `# a${' '.repeat(100_000)}b`],
    ['words', 'runbook.'.repeat(12_000)],
  ])('of a kind that slow patterns choke on is read: %s', async (_, text) => {
    const { facts, unread } = await gather({
      'docs/runbooks/ledger.md': `# Ledger\n\n${text}\n`,
      'ops/rules.yaml': text,
    });
    expect(facts.runbooks.length + unread.length).toBeGreaterThan(0);
  });

  it('are gone through when they have many headings or links', async () => {
    const headings = await only(`# Ledger\n\n${'## Steps\n\nRestart it.\n\n'.repeat(3000)}`);
    expect(headings.sections).toHaveLength(3001);
    const links = await only(`# Ledger\n\n${'## See\n\n[it](ledger.md)\n\n'.repeat(3000)}`);
    expect(links.links).toHaveLength(3000);
  });
});
