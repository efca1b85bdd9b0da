/** `check --since`, `--baseline`, `--policy-ref`, `diff` and `baseline` as a user runs them, in real repositories. */
import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/generated/validate-report.js';
import type { Report } from '../../src/model.ts';
import { commit, git, repository, temporaryFolder, write } from '../repo/temporary.ts';
import { type Ran, run } from './run.ts';
import { AS_OF, runUntouched } from './untouched.ts';

const DAY = ['--as-of', AS_OF];
const ALERTS = (...names: readonly string[]) =>
  `groups:\n  - name: shop\n    rules:\n${names.map((name) => `      - alert: ${name}\n        expr: up{job="shop"} == 0\n        for: 5m\n        labels: { severity: critical }\n        annotations: { summary: it is away, runbook_url: docs/runbooks/${name.toLowerCase()}.md }\n`).join('')}`;
const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\nstage: live\nowner: { team: shop }\n';
const FILES = { 'gonogo.yaml': MANIFEST, 'ops/alerts.yaml': ALERTS('ShopDown') };
const ONLY = ['--only', 'runbooks'];

/** A repository whose main line has one alert that links a page that is not there, and a branch on it. */
function branch(files: Readonly<Record<string, string>> = FILES): string {
  const folder = repository(files);
  git(folder, ['checkout', '-q', '-b', 'feature']);
  return folder;
}

function since(folder: string, ...more: readonly string[]): Ran {
  return runUntouched(folder, ['check', '.', ...ONLY, ...DAY, '--since', 'main', ...more]);
}

function reported(ran: Ran): Report {
  const report: unknown = JSON.parse(ran.stdout);
  expect(validate(report), JSON.stringify(validate.errors?.[0])).toBe(true);
  return report as Report;
}

function lastLine({ stdout }: Ran): string {
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

describe('check --since', () => {
  it('passes where nothing got worse, and says that the verdict is what it is', () => {
    const ran = since(branch());
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(lastLine(ran)).toMatch(
      /^✔ gate passes: nothing that blocks got worse since main \([0-9a-f]{12}\); the verdict is ✖ NO-GO$/,
    );
    expect(runUntouched(branch(), ['check', '.', ...ONLY, ...DAY]).status).toBe(1);
  });

  it('fails on work that is not committed yet, names the place of what is new, and not what was there', () => {
    const folder = branch();
    write(folder, { 'ops/alerts.yaml': ALERTS('ShopDown', 'ShopSlow') });
    const ran = since(folder);
    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/WORSE {2}\d+ rules?, \d+ blocking/);
    expect(ran.stdout).toMatch(/ops\/alerts\.yaml:\d+:\d+\n {6}ShopSlow links/);
    expect(ran.stdout).not.toContain('ShopDown links');
    const { verdict, change } = reported(since(folder, '--format', 'json'));
    expect(verdict).toBe('NO-GO');
    expect(change).toMatchObject({ passes: false, against: { what: 'commit', name: 'main' } });
    expect(change?.against.commit).toBe(git(folder, ['rev-parse', 'main']).trim());
  });

  it('is not fooled by one that was repaired', () => {
    const folder = branch();
    write(folder, { 'ops/alerts.yaml': ALERTS('ShopSlow') });
    expect(since(folder).status).toBe(1);
  });

  it('judges against the merge base and not against what others did on main meanwhile', () => {
    const folder = branch({ ...FILES, 'ops/alerts.yaml': ALERTS('ShopDown', 'ShopSlow') });
    git(folder, ['checkout', '-q', 'main']);
    commit(folder, 'repaired on main', { 'ops/alerts.yaml': ALERTS('ShopDown') });
    git(folder, ['checkout', '-q', 'feature']);
    expect(since(folder).status).toBe(0);
    expect(since(folder, '--ref', 'main').status).toBe(0);
  });

  it('knows a service in a renamed folder, from the root and from the folder', () => {
    const folder = branch({
      'services/shop/gonogo.yaml': MANIFEST,
      'services/shop/ops/alerts.yaml': ALERTS('ShopDown'),
      'services/cart/gonogo.yaml': MANIFEST.replace('shop', 'cart'),
    });
    git(folder, ['mv', 'services/shop', 'services/store']);
    for (const path of ['.', 'services/store']) {
      const { change } = reported(
        runUntouched(folder, ['check', path, ...ONLY, ...DAY, '--since', 'main', '--format', 'json']),
      );
      expect(change).toMatchObject({ passes: true, worse: 0, better: 0 });
      expect(
        change?.services.every(({ before, after }) => before && after),
        path,
      ).toBe(true);
    }
  });

  it('takes every failure of a new service for new', () => {
    const folder = branch({ 'a/gonogo.yaml': MANIFEST, 'a/ops/alerts.yaml': ALERTS('ShopDown') });
    write(folder, {
      'b/gonogo.yaml': MANIFEST.replace('name: shop', 'name: cart'),
      'b/ops/alerts.yaml': ALERTS('CartDown'),
    });
    const ran = since(folder);
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain('note: cart is new');
  });

  it('fails where a service gets out of being judged, and says so where it is gone for good', () => {
    const folder = branch({
      'shop/gonogo.yaml': MANIFEST,
      'shop/ops/alerts.yaml': ALERTS('ShopDown'),
      'cart/gonogo.yaml': MANIFEST.replace('shop', 'cart'),
    });
    const gateOf = (path: string, ...more: readonly string[]) =>
      runUntouched(folder, ['check', path, ...ONLY, ...DAY, '--since', 'main', ...more]);
    rmSync(join(folder, 'shop/gonogo.yaml'));
    const ran = gateOf('.');
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain('note: shop is judged no more, though its folder is still there');
    expect(lastLine(ran)).toMatch(/^✖ gate fails: shop is judged no more and still there since main/);
    for (const format of ['markdown', 'github', 'github-summary', 'html'])
      expect(gateOf('.', '--format', format).stdout, format).toMatch(
        /gate fails.*shop is judged no more and still there/i,
      );
    // Whose other services are no longer looked for.
    write(folder, { 'cart/gonogo.yaml': `${MANIFEST.replace('shop', 'cart')}root: true\n` });
    expect(gateOf('.').stdout).toContain('note: what is looked at: all of the repository before, cart now');
    expect(gateOf('.').status).toBe(1);
    rmSync(join(folder, 'shop'), { recursive: true });
    expect(gateOf('.').status).toBe(0);
    expect(gateOf('.').stdout).toContain('note: shop is judged no more');
    symlinkSync('cart', join(folder, 'shop'));
    expect(gateOf('.').status).toBe(1);
  });

  it('holds a branch to the policy that it meets, and not to that of the day on which it began', () => {
    const folder = branch({ ...FILES, 'docs/runbooks/shopdown.md': '# x\n' });
    const policy =
      'apiVersion: gonogo/v1\nkind: Policy\nrules:\n  runbooks/link-resolves: { severity: { tier1: critical } }\n';
    git(folder, ['checkout', '-q', 'main']);
    commit(folder, 'stricter', { 'gonogo.policy.yaml': policy });
    git(folder, ['checkout', '-q', 'feature']);
    const { policy: used, change } = reported(since(folder, '--format', 'json'));
    expect(used?.name).toBe('gonogo.policy.yaml');
    expect(change).toMatchObject({ passes: true });
    expect(change?.notes).toBeUndefined();
  });

  it('names what the change decides about itself', () => {
    const folder = branch();
    write(folder, {
      '.gitattributes': 'ops/new.yaml linguist-generated\n',
      'ops/new.yaml': '{{{',
      'ci/policy.yaml': 'apiVersion: gonogo/v1\nkind: Policy\n',
    });
    for (const format of ['terminal', 'markdown', 'github', 'html', 'json']) {
      const { stdout } = since(folder, '--policy', 'ci/policy.yaml', '--format', format);
      expect(stdout, format).toMatch(/ci\/policy\.yaml`? counts as this change has it/);
      expect(stdout, format).toMatch(/this change alters `?\.gitattributes/);
    }
  });

  it('lets no policy of the change decide, neither one that is new nor one that was taken away', () => {
    const policy =
      'apiVersion: gonogo/v1\nkind: Policy\nrules:\n  runbooks/link-resolves: { severity: { tier1: critical } }\n';
    const [strict, lax] = [branch({ ...FILES, 'gonogo.policy.yaml': policy }), branch()];
    rmSync(join(strict, 'gonogo.policy.yaml'));
    write(lax, { 'gonogo.policy.yaml': policy });
    for (const folder of [strict, lax])
      expect(since(folder).stdout).toContain(
        'gonogo.policy.yaml counts as it was before; what this change makes of it',
      );
    write(lax, { 'gonogo.policy.yaml': 'no policy at all' });
    expect(since(lax).status).toBe(0);
    expect(runUntouched(lax, ['check', '.', ...ONLY, ...DAY, '--policy-ref', 'main']).status).toBe(1);
    expect(runUntouched(lax, ['check', '.', ...ONLY, ...DAY]).status).toBe(2);
  });

  it('lets a waiver of the change count and names who agreed', () => {
    const folder = branch();
    const waiver = (rule: string) =>
      `  - rule: ${rule}\n    reason: The page is being written with the platform team.\n    owner: kofi\n    approved_by: ada\n    from: ${AS_OF}\n    expires: 2026-12-10\n`;
    write(folder, { 'ops/alerts.yaml': ALERTS('ShopDown', 'ShopSlow') });
    const worse =
      reported(since(folder, '--format', 'json')).change?.services[0]?.rules.filter((it) => it.blocks) ?? [];
    expect(worse.length).toBeGreaterThan(0);
    write(folder, {
      'gonogo.waivers.yaml': `apiVersion: gonogo/v1\nkind: Waivers\nwaivers:\n${worse.map((it) => waiver(it.rule)).join('')}`,
    });
    const ran = since(folder);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain('WAIVED BY THIS CHANGE');
    expect(ran.stdout).toContain('accepted by kofi, approved by ada, until 2026-12-10');
  });

  it('answers in one sentence where nothing can be said of before', () => {
    const folder = branch();
    commit(folder, 'second');
    const shallow = join(temporaryFolder(), 'shallow');
    git(folder, ['clone', '-q', '--depth', '1', '--no-single-branch', pathToFileURL(folder).href, shallow]);
    commit(shallow, 'third');
    git(shallow, ['update-ref', 'refs/heads/main', 'refs/remotes/origin/main']);
    const plain = temporaryFolder();
    write(plain, FILES);
    const unborn = repository();
    write(unborn, FILES);
    const orphan = branch();
    git(orphan, ['checkout', '-q', '--orphan', 'other']);
    commit(orphan, 'unrelated');
    const cases: readonly (readonly [string, readonly string[], RegExp, RegExp])[] = [
      [folder, ['--since', 'nowhere'], /there is no commit "nowhere" here: no branch, tag or commit/, /fetch-depth: 0/],
      [folder, ['--since', '-x'], /there is no commit "-x" here/, /give a branch/],
      [
        folder,
        ['--since=--upload-pack=touch hacked'],
        /there is no commit "--upload-pack=touch hacked" here/,
        /give a branch/,
      ],
      [folder, ['--since', ''], /there is no commit "" here/, /give a branch/],
      [folder, ['--since', 'main', '--live'], /what runs now says nothing of the commit before/, /--live/],
      [folder, ['--ratchet'], /there is no baseline to keep tight/, /--baseline FILE/],
      [folder, ['--policy', 'x', '--policy-ref', 'main'], /there are two policies/, /--policy-ref REF/],
      [folder, ['--policy-ref', 'nowhere'], /there is no commit "nowhere" here/, /give a branch/],
      [folder, ['--baseline', 'none.json'], /cannot read "none.json": there is no such file/, /check the path/],
      [folder, ['--baseline', 'gonogo.yaml'], /"gonogo.yaml" is no baseline: it is not JSON/, /gonogo baseline/],
      [
        shallow,
        ['--since', 'main'],
        /have no commit in common, as far as this shallow clone reaches/,
        /fetch-depth: 0/,
      ],
      [plain, ['--since', 'main'], /nothing is known of what was before: not a git repository/, /leave --since out/],
      [unborn, ['--since', 'main'], /there is no commit "main" here/, /give a branch/],
      [orphan, ['--since', 'main'], /have no commit in common \(--since\)/, /began from/],
    ];
    for (const [where, flags, what, hint] of cases) {
      const ran = runUntouched(where, ['check', '.', ...ONLY, ...DAY, ...flags]);
      expect(ran, flags.join(' ')).toMatchObject({ status: 2, stdout: '' });
      expect(ran.stderr).toMatch(what);
      expect(ran.stderr).toMatch(hint);
      expect(ran.stderr.trimEnd().split('\n')).toHaveLength(2);
    }
    expect(readdirSync(folder)).not.toContain('hacked');
  });
});

describe('what blocks, what a gate asks, and what the exit code is', () => {
  it('is the same table for every mixture of flags', () => {
    const folder = branch();
    run(['baseline', '.', ...DAY, '--file', 'main.json'], { cwd: folder });
    commit(folder, 'a baseline');
    write(folder, { 'ops/alerts.yaml': ALERTS('ShopDown', 'ShopSlow') });
    run(['baseline', '.', ...DAY, '--file', 'now.json'], { cwd: folder });
    const outside = temporaryFolder();
    write(outside, { 'now.json': readFileSync(join(folder, 'now.json'), 'utf8') });
    // --fail-on, flags, exit code: main has one broken link, the work tree two.
    const table: readonly (readonly [string, string, number])[] = [
      ['critical', '', 1],
      ['none', '', 0],
      ['critical', '--since main', 1],
      ['none', '--since main', 0],
      ['critical', '--since HEAD --ref HEAD', 0],
      ['critical', '--baseline main.json', 1],
      ['critical', '--baseline now.json', 0],
      ['none', '--baseline main.json', 0],
      ['critical', '--baseline now.json --ratchet', 0],
      // A baseline of the change itself accepts nothing.
      ['critical', '--since main --baseline now.json', 1],
      ['critical', `--since main --baseline ${outside}/now.json`, 0],
      ['critical', '--baseline now.json --policy-ref main', 1],
    ];
    const answers = table.map(([failOn, flags]) => {
      const words = flags.split(' ').filter(Boolean);
      return [
        failOn,
        flags,
        run(['check', '.', ...ONLY, ...DAY, '--fail-on', failOn, ...words], { cwd: folder }).status,
      ];
    });
    expect(answers).toEqual(table);
  });

  it('flips on the day from which an announced rule counts', () => {
    const folder = branch();
    const policy =
      'apiVersion: gonogo/v1\nkind: Policy\nrules:\n  runbooks/link-resolves: { effective_from: 2027-01-01 }\n';
    const file = join(temporaryFolder(), 'policy.yaml');
    write(join(file, '..'), { 'policy.yaml': policy });
    const on = (day: string) =>
      run(['check', '.', '--only', 'runbooks/link-resolves', '--policy', file, '--as-of', day], { cwd: folder });
    expect(on('2026-12-31').status).toBe(0);
    expect(on('2026-12-31').stdout).toMatch(
      /1 warning, one of which blocks from 2027-01-01[\s\S]*announced; counts from 2027-01-01/,
    );
    expect(on('2027-01-01').status).toBe(1);
  });
});

describe('a baseline that is a link', () => {
  it('is what the repository had at its place, wherever it leads', () => {
    const folder = branch();
    const outside = temporaryFolder();
    run(['baseline', '.', ...DAY, '--file', join(outside, 'all.json')], { cwd: folder });
    commit(folder, 'accepts everything', {});
    symlinkSync(join(outside, 'all.json'), join(folder, 'gonogo.baseline.json'));
    symlinkSync(outside, join(folder, 'ci'));
    for (const file of ['gonogo.baseline.json', 'ci/all.json', join(folder, 'ci/all.json')]) {
      const ran = run(['check', ...ONLY, ...DAY, '--policy-ref', 'main', '--baseline', file], { cwd: folder });
      expect(ran.status, file).toBe(1);
      expect(ran.stdout).toContain('was not there before, so it accepts nothing yet');
    }
    const handed = ['--policy-ref', 'main', '--baseline', join(outside, 'all.json')];
    expect(run(['check', ...ONLY, ...DAY, ...handed], { cwd: folder }).status).toBe(0);
  });
});

describe('baseline', () => {
  function written(folder: string): string {
    return readFileSync(join(folder, 'gonogo.baseline.json'), 'utf8');
  }

  it('is written whole, the same each time, grows only when told to and shrinks on request', () => {
    const folder = branch();
    const baseline = (...flags: readonly string[]) => run(['baseline', ...DAY, ...flags], { cwd: folder });
    const check = (...flags: readonly string[]) =>
      run(['check', ...DAY, '--baseline', 'gonogo.baseline.json', ...flags], { cwd: folder });
    expect(baseline('--ratchet')).toMatchObject({ status: 2, stdout: '' });
    expect(baseline()).toMatchObject({ status: 0, stdout: '' });
    const first = written(folder);
    expect(baseline().stderr).toMatch(/^nothing to change in gonogo.baseline.json/);
    expect(written(folder)).toBe(first);
    expect(check().status).toBe(0);
    expect(check().stdout).toContain('the verdict is ✖ NO-GO');

    write(folder, { 'ops/alerts.yaml': ALERTS('ShopDown', 'ShopSlow') });
    expect(check().status).toBe(1);
    const refused = baseline();
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/"gonogo.baseline.json" would grow by \d+ problems?, first: .*ShopSlow/);
    expect(written(folder)).toBe(first);
    const grown = baseline('--accept-new');
    expect(grown.stderr).toMatch(/\n {2}\+ ops\/alerts.yaml: ShopSlow links/);
    expect(check('--ratchet').status).toBe(0);

    write(folder, { 'ops/alerts.yaml': ALERTS('ShopDown') });
    expect(check().status).toBe(0);
    const ratchet = check('--ratchet');
    expect(ratchet.status).toBe(1);
    expect(ratchet.stdout).toMatch(/take (it|them) out with `gonogo baseline --ratchet --file gonogo.baseline.json`/);
    expect(ratchet.stdout).toMatch(/✖ gate fails: the baseline gonogo.baseline.json holds what is fixed/);
    expect(baseline('--ratchet').stderr).toMatch(/\n {2}- ops\/alerts.yaml: ShopSlow links/);
    expect(check('--ratchet').status).toBe(0);
    const ids = (text: string) => JSON.parse(text).accepted.map((it: { fingerprint: string }) => it.fingerprint);
    expect(ids(written(folder))).toEqual(ids(first));
    expect(JSON.parse(first).accepted.every((it: object) => !('line' in it))).toBe(true);
  });

  it('is never taken unasked', () => {
    const folder = branch();
    run(['baseline', ...DAY], { cwd: folder });
    const { change } = reported(run(['check', ...DAY, '--format', 'json'], { cwd: folder }));
    expect(change).toBeUndefined();
  });

  it('is written of a complete run only, and never through a link or over anything else', () => {
    const folder = branch();
    const refused = (...flags: readonly string[]) => {
      const ran = runUntouched(folder, ['baseline', ...DAY, ...flags]);
      expect(ran.status, ran.stderr).toBe(2);
      return ran.stderr;
    };
    expect(refused('--only', 'runbooks')).toMatch(/a baseline is written of a complete run only/);
    expect(refused('--ratchet', '--accept-new')).toMatch(/--ratchet only takes out/);
    expect(refused('--file', 'gonogo.yaml')).toMatch(/"gonogo.yaml" is no baseline/);
    expect(refused('--file', 'no/such/folder.json')).toMatch(/its folder does not exist/);
    symlinkSync('nowhere.json', join(folder, 'gonogo.baseline.json'));
    expect(refused()).toMatch(/is a link/);
  });
});

describe('diff', () => {
  it('compares commits, folders and stored reports, and decides no exit code unless asked to', () => {
    const folder = branch();
    commit(folder, 'worse', { 'ops/alerts.yaml': ALERTS('ShopDown', 'ShopSlow') });
    const kept = temporaryFolder();
    const [before, after] = [join(kept, 'before.json'), join(kept, 'after.json')];
    run(['check', ...ONLY, ...DAY, '--ref', 'main', '--format', `json=${before}`], { cwd: folder });
    run(['check', ...ONLY, ...DAY, '--format', `json=${after}`], { cwd: folder });
    for (const [a, b] of [
      ['main', 'feature'],
      ['HEAD~1', '.'],
      [before, after],
      [before, 'HEAD'],
    ] as const) {
      const diff = (...flags: readonly string[]) => runUntouched(folder, ['diff', a, b, ...ONLY, ...DAY, ...flags]);
      const ran = diff('--fail-on-worse');
      expect(ran, `${a} ${b}`).toMatchObject({ status: 1, stderr: '' });
      expect(ran.stdout).toMatch(/ShopSlow links/);
      const json = diff('--format', 'json');
      expect(json.status).toBe(0);
      const { change } = reported(json);
      expect(change?.against.name).toBe(a);
      expect(change?.worse).toBeGreaterThan(0);
    }
    expect(runUntouched(folder, ['diff', 'feature', 'main', ...ONLY, ...DAY, '--fail-on-worse']).status).toBe(0);
  });

  it('says how it reads a word that may be two things, and what it cannot read', () => {
    const folder = branch({ ...FILES, 'docs/a.md': 'x' });
    git(folder, ['branch', 'docs']);
    const ran = runUntouched(folder, ['diff', 'docs', 'main', ...ONLY, ...DAY]);
    expect(ran.stderr).toContain(
      'note: "docs" is taken for the folder of that name; the commit is refs/heads/docs or docs~0',
    );
    expect(runUntouched(folder, ['diff', 'docs~0', 'main', ...ONLY, ...DAY])).toMatchObject({ status: 0, stderr: '' });
    write(folder, { 'broken.json': '{"schemaVersion": 2}', 'no.json': '{' });
    for (const [word, what] of [
      ['nothing', /"nothing" is no file and no folder, and no commit either/],
      ['broken.json', /"broken.json" is a report of version 2/],
      ['no.json', /"no.json" is no JSON: /],
    ] as const) {
      const failed = runUntouched(folder, ['diff', 'main', word, ...DAY]);
      expect(failed.status).toBe(2);
      expect(failed.stderr).toMatch(what);
    }
  });
});
