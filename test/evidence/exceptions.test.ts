/** Exceptions for vulnerabilities: what each kind of file comes to, which one covers what, and that no text makes a reader throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Exception, exceptionFor } from '../../src/evidence/scan-reports/exceptions/exception.ts';
import { saidIn } from '../../src/evidence/scan-reports/exceptions/said.ts';
import { collector } from '../../src/evidence/scan-reports.ts';
import { collected } from './collected.ts';

async function read(files: Readonly<Record<string, string>>, manifest = '') {
  const { facts, unread } = await collected(collector, files, { manifest });
  return { exceptions: facts.exceptions, unread };
}

async function only(path: string, text: string): Promise<readonly string[]> {
  const { exceptions } = await read({ [path]: text });
  return exceptions.map(({ id, package: name, version, reason, owner, until, unclearUntil, dated, at }) =>
    [at.line, id, name, version, reason, owner, until ?? unclearUntil, dated].map((it) => it ?? '-').join(' | '),
  );
}

describe('words', () => {
  it.each([
    ['Bound by hyper 0.14; owner: team-ledger, until 2026-12-24', ['Bound by hyper 0.14', 'team-ledger', '2026-12-24']],
    ['@acme/ledger: tests only (expires on 2026-12-24)', ['tests only ( )', '@acme/ledger', '2026-12-24']],
    ['owner: ada', [undefined, 'ada', undefined]],
    ['mail a@b.io until further notice', ['mail a@b.io until further notice', undefined, undefined]],
    ['until: 2026-02-31', [undefined, undefined, '2026-02-31']],
    ['', [undefined, undefined, undefined]],
    [7, ['7', undefined, undefined]],
    [{}, [undefined, undefined, undefined]],
  ])('%j', (words, expected) => {
    const { reason, owner, until, unclearUntil } = saidIn(words);
    expect([reason, owner, until ?? unclearUntil]).toEqual(expected);
  });
});

describe('a file', () => {
  it('osv-scanner.toml', async () => {
    const text = `# owner: team-ledger
[[IgnoredVulns]]
id = "GO-2026-1"
ignoreUntil = 2026-12-24
reason = "Not imported. owner: ada"

[[IgnoredVulns]]
# Tests only.
id = "GO-2026-2"
ignoreUntil = 2026-12-24T00:00:00Z

[[IgnoredVulns]]
reason = "nothing named"

[[PackageOverrides]]
name = "left-pad"
version = "1.0.0"
ecosystem = "npm"
vulnerability.ignore = true
effectiveUntil = 2026-12-24

[[PackageOverrides]]
ecosystem = "npm"
ignore = true

[[PackageOverrides]]
name = "gpl"
license.override = ["MIT"]
`;
    expect(await only('osv-scanner.toml', text)).toEqual([
      '3 | GO-2026-1 | - | - | Not imported. | ada | 2026-12-24 | -',
      '9 | GO-2026-2 | - | - | Tests only. | - | 2026-12-24 | -',
      '16 | * | left-pad | 1.0.0 | - | - | 2026-12-24 | -',
      '18 | every package of npm | - | - | - | - | - | -',
    ]);
    const { unread } = await read({ 'osv-scanner.toml': text });
    expect(unread.map(({ detail }) => detail)).toEqual(['1 of its entries are not understood']);
  });

  it("cargo-deny's and cargo-audit's", async () => {
    const text = `[advisories]
ignore = [
  "RUSTSEC-2026-0001", # Bound by hyper
  # No fix yet.
  { id = "RUSTSEC-2026-0002", reason = "Never called" },
  { crate = "old@1.2.3" },
]
`;
    const expected = [
      '3 | RUSTSEC-2026-0001 | - | - | Bound by hyper | - | - | -',
      '5 | RUSTSEC-2026-0002 | - | - | Never called | - | - | -',
      '6 | * | old | 1.2.3 | - | - | - | -',
    ];
    expect(await only('deny.toml', text)).toEqual(expected);
    expect(await only('.cargo/audit.toml', text)).toEqual(expected);
  });

  it('.trivyignore, where checks of configuration concern no package', async () => {
    const text = `# Header of the file.

# Tests only.
CVE-2026-1001 exp:2026-12-24
GHSA-aaaa-bbbb-cccc
AVD-AWS-0086
CVE-2026-1002 # beside it
CVE-2026-1003 exp:2026-13-01
generic-secret
`;
    expect(await only('.trivyignore', text)).toEqual([
      '4 | CVE-2026-1001 | - | - | Tests only. | - | 2026-12-24 | -',
      '5 | GHSA-aaaa-bbbb-cccc | - | - | - | - | - | -',
      '7 | CVE-2026-1002 | - | - | beside it | - | - | -',
      '8 | CVE-2026-1003 | - | - | - | - | 2026-13-01 | -',
    ]);
  });

  it('.trivyignore.yaml', async () => {
    const text = `vulnerabilities:
  - id: CVE-2026-1
    statement: Tests only
    expired_at: 2026-12-24
    purls: ["pkg:npm/left-pad@1.0.0", "pkg:npm/pad"]
  - statement: nothing named
misconfigurations:
  - id: AVD-AWS-0086
`;
    expect(await only('.trivyignore.yaml', text)).toEqual([
      '2 | CVE-2026-1 | left-pad | 1.0.0 | Tests only | - | 2026-12-24 | -',
      '2 | CVE-2026-1 | pad | - | Tests only | - | 2026-12-24 | -',
    ]);
  });

  it('.grype.yaml, whose rules may set aside what nobody named', async () => {
    const text = `ignore:
  # Not fixed yet. until: 2026-12-24
  - vulnerability: CVE-2026-1
    package: { name: libc, version: "2.1" }
  - fix-state: not-fixed
  - package: { name: zlib }
  - package: { type: rpm }
`;
    expect(await only('.grype.yml', text)).toEqual([
      '3 | CVE-2026-1 | libc | 2.1 | Not fixed yet. | - | 2026-12-24 | -',
      '5 | fix-state: not-fixed | - | - | - | - | - | -',
      '6 | * | zlib | - | - | - | - | -',
      '7 | everything of a kind | - | - | - | - | - | -',
    ]);
  });

  it('.bundler-audit.yml and .snyk', async () => {
    expect(await only('.bundler-audit.yml', '---\nignore:\n  # Tests only.\n  - CVE-2026-1\n  - [x]\n')).toEqual([
      '4 | CVE-2026-1 | - | - | Tests only. | - | - | -',
    ]);
    const snyk = `ignore:
  SNYK-JS-A-1:
    - 'a > b':
        reason: Tests only
        expires: 2026-12-24T00:00:00.000Z
    - '*': { reason: None given, expires: never }
  SNYK-CC-K8S-1:
    - '*': { reason: Configuration }
  'snyk:lic:npm:a:GPL-3.0':
    - '*': { reason: A licence }
`;
    expect(await only('.snyk', snyk)).toEqual([
      '3 | SNYK-JS-A-1 | - | - | Tests only | - | 2026-12-24 | -',
      '6 | SNYK-JS-A-1 | - | - | None given | - | never | -',
    ]);
  });

  it('audit-ci and .nsprc', async () => {
    const audit = `{
  // agreed
  "allowlist": [
    "GHSA-aaaa-bbbb-cccc|a>b",
    { "GHSA-aaaa-bbbb-dddd": { "active": true, "notes": "Tests only; owner: ada", "expiry": "2026-12-24" } },
    { "GHSA-aaaa-bbbb-eeee": { "active": false } },
    "left-pad",
  ],
}`;
    expect(await only('audit-ci.jsonc', audit)).toEqual([
      '4 | GHSA-aaaa-bbbb-cccc | b | - | - | - | - | -',
      '5 | GHSA-aaaa-bbbb-dddd | - | - | Tests only | ada | 2026-12-24 | -',
      '7 | * | left-pad | - | - | - | - | -',
    ]);
    const nsprc =
      '{ "1070412": "Tests only",\n "GHSA-aaaa-bbbb-cccc": { "notes": "Old", "expiry": 1 },\n "9": { "active": false } }';
    expect(await only('.nsprc', nsprc)).toEqual([
      '1 | 1070412 | - | - | Tests only | - | - | -',
      '2 | GHSA-aaaa-bbbb-cccc | - | - | Old | - | 1 | -',
    ]);
    expect(await only('.nsprc', '{ "exceptions": ["https://nodesecurity.io/advisories/532"] }')).toEqual([
      '1 | 532 | - | - | - | - | - | -',
    ]);
  });

  it('OpenVEX, of which only what clears a product is an exception', async () => {
    const vex = {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      author: 'team-ledger',
      timestamp: '2026-10-01T00:00:00Z',
      statements: [
        {
          vulnerability: { name: 'CVE-2026-1', aliases: ['GHSA-aaaa-bbbb-cccc'] },
          products: [{ '@id': 'pkg:oci/ledger', subcomponents: [{ '@id': 'pkg:npm/left-pad@1.0.0' }] }],
          status: 'not_affected',
          justification: 'component_not_present',
          timestamp: '2026-11-01T00:00:00Z',
        },
        { vulnerability: 'CVE-2026-2', products: ['pkg:oci/ledger'], status: 'fixed' },
        { vulnerability: 'CVE-2026-3', status: 'under_investigation' },
        { status: 'fixed' },
      ],
    };
    expect(await only('.vex/a.json', JSON.stringify(vex))).toEqual([
      '1 | CVE-2026-1 | left-pad | 1.0.0 | component_not_present | team-ledger | - | 2026-11-01',
      '1 | GHSA-aaaa-bbbb-cccc | left-pad | 1.0.0 | component_not_present | team-ledger | - | 2026-11-01',
      '1 | CVE-2026-2 | - | - | fixed in this version | team-ledger | - | 2026-10-01',
    ]);
    expect(await only('.vex/b.json', '{"statements":[{"status":"fixed"}]}')).toEqual([]);
  });

  it('suppressions of dependency-check', async () => {
    const text = `<suppressions xmlns="https://jeremylong.github.io/DependencyCheck/dependency-suppression.1.3.xsd">
  <!--
  <suppress><cve>CVE-2026-9</cve></suppress> -->
  <suppress until="2026-12-24Z">
    <notes><![CDATA[Tests only; owner: ada]]></notes>
    <packageUrl regex="true">^pkg:maven/org\\.acme/ledger@.*$</packageUrl>
    <cve>CVE-2026-1</cve>
    <vulnerabilityName>GHSA-aaaa-bbbb-cccc</vulnerabilityName>
  </suppress>
  <suppress><packageUrl regex="true">^pkg:npm/.*$</packageUrl><cve>CVE-2026-2</cve></suppress>
  <suppress><cpe>cpe:/a:acme:ledger</cpe></suppress>
  <suppress><notes>nothing</notes></suppress>
</suppressions>`;
    expect(await only('config/suppressions.xml', text)).toEqual([
      '4 | CVE-2026-1 | org.acme:ledger | - | Tests only | ada | 2026-12-24 | -',
      '4 | GHSA-aaaa-bbbb-cccc | org.acme:ledger | - | Tests only | ada | 2026-12-24 | -',
      '10 | CVE-2026-2 | - | - | - | - | - | -',
      '11 | whatever fits cpe:/a:acme:ledger | - | - | - | - | - | -',
    ]);
    expect((await read({ 'suppressions.xml': text })).unread.map(({ detail }) => detail)).toEqual([
      '1 of its entries are not understood',
    ]);
    expect(await only('checkstyle-suppressions.xml', '<suppressions><suppress files="x"/></suppressions>')).toEqual([]);
  });

  it('that is broken is unread', async () => {
    for (const path of ['osv-scanner.toml', 'deny.toml', '.nsprc', '.grype.yaml']) {
      const { exceptions, unread } = await read({ [path]: '{ "a": [' });
      expect([path, exceptions, unread.length > 0]).toEqual([path, [], true]);
    }
  });
});

it('in the manifest comes first, with its place', async () => {
  const manifest =
    'packages:\n  exceptions:\n    - { id: CVE-2026-1, package: a, reason: Tests only, owner: ada, until: 2026-12-24 }\n';
  const { exceptions } = await read({ '.trivyignore': 'CVE-2026-1002\n' }, manifest);
  expect(exceptions.map(({ id, from, at }) => [id, from, at.path])).toEqual([
    ['CVE-2026-1', 'gonogo.yaml', 'gonogo.yaml'],
    ['CVE-2026-1002', '.trivyignore', '.trivyignore'],
  ]);
  expect(exceptions[0]).toMatchObject({ package: 'a', reason: 'Tests only', owner: 'ada', until: '2026-12-24' });
});

describe('which exception covers', () => {
  const at = { path: 'gonogo.yaml' };
  const make = (rest: Partial<Exception>): Exception => ({ id: 'CVE-2026-1', from: 'x', at, ...rest });
  const found = (all: readonly Exception[], name = 'left-pad', version?: string) =>
    exceptionFor('GHSA-aaaa-bbbb-cccc', ['cve-2026-1'], name, all, '2026-11-16', version)?.until ?? all.length;

  it.each<[string, Partial<Exception>, boolean]>([
    ['an alias', { until: '2026-11-16' }, true],
    ['one that ended yesterday', { until: '2026-11-15' }, false],
    ['one whose end is no date', { unclearUntil: 'soon' }, false],
    ['one without an end', {}, true],
    ['another id', { id: 'CVE-2026-10' }, false],
    ['another package', { package: 'right-pad' }, false],
    ['the package, spelled otherwise', { package: 'Left_Pad' }, true],
    ['another version', { version: '1.0.0' }, false],
    ['the whole package', { id: '*', package: 'left-pad' }, true],
    ['a whole package that only looks alike', { id: '*', package: 'left_pad' }, false],
    ['everything', { id: '*' }, false],
  ])('%s', (_, rest, covers) => {
    const it = make(rest);
    const hit = exceptionFor('GHSA-aaaa-bbbb-cccc', ['cve-2026-1'], 'left-pad', [it], '2026-11-16');
    expect(hit).toBe(covers ? it : undefined);
  });

  it('is the one that ends last', () => {
    expect(found([make({ until: '2026-12-01' }), make({ until: '2026-12-24' }), make({ until: '2026-11-20' })])).toBe(
      '2026-12-24',
    );
    expect(found([make({ version: '1.0.0', until: '2026-12-01' })], 'left-pad', '1.0.0')).toBe('2026-12-01');
  });
});

describe('whatever a file holds', () => {
  const paths = [
    'osv-scanner.toml',
    'deny.toml',
    '.trivyignore',
    '.trivyignore.yaml',
    '.grype.yaml',
    '.bundler-audit.yml',
    '.snyk',
    'audit-ci.json',
    '.nsprc',
    '.vex/a.json',
    'suppressions.xml',
  ];
  const pieces = fc.constantFrom(
    'CVE-2026-1',
    '[[IgnoredVulns]]\n',
    'id = "x"\n',
    'ignore:\n',
    '  - ',
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '\n',
    '#',
    ' ',
    '<suppress',
    '>',
    '</suppress>',
    '<cve>',
    '</cve>',
    '<!--',
    '-->',
    'dependency-suppression',
    'until="',
    'openvex',
    '__proto__',
    '"@context": "openvex"',
    '"statements": [',
    '"allowlist": [',
    'vulnerabilities:\n',
    'exp:',
    '2026-12-24',
    '\u0000',
    'owner: ',
  );

  it('never throws, and keeps plain data', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.array(pieces, { maxLength: 40 }), async (path, parts) => {
        await read({ [path]: parts.join('') });
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('audit-ci.json', '.nsprc', '.vex/a.json'), fc.json(), async (path, text) => {
        await read({ [path]: text });
      }),
    );
    const odd = '{ "toString": 1 }';
    await read({ '.vex/a.json': `{ "@context": ${odd}, "statements": [{ "status": ${odd} }] }` });
    await read({
      '.vex/a.json': `{ "@context": ["openvex"], "statements": [{ "vulnerability": "x", "status": ${odd} }] }`,
    });
    await read({ 'osv-scanner.toml': '[[IgnoredVulns]]\nid = "x"\nignoreUntil = 07:32:00\n' });
  });

  it('keeps so many of one file, and says so', async () => {
    const text = Array.from({ length: 2010 }, (_, index) => `CVE-2026-${1000 + index}`).join('\n');
    const { exceptions, unread } = await read({ '.trivyignore': text });
    expect([exceptions.length, unread.map(({ reason }) => reason)]).toEqual([2000, ['limit']]);
  });
});
