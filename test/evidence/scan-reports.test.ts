/** Reports of scanners and bills of materials: what each format comes to, what is counted as not understood, and that no text makes a reader throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageOf } from '../../src/evidence/scan-reports/package-url.ts';
import { readReport } from '../../src/evidence/scan-reports/read-report.ts';
import type { ReportRead } from '../../src/evidence/scan-reports/report.ts';
import { reportDay } from '../../src/evidence/scan-reports/report-day.ts';
import { severityOfScore } from '../../src/evidence/scan-reports/severities.ts';
import { collector } from '../../src/evidence/scan-reports.ts';
import { collected, spot } from './collected.ts';

function report(value: unknown): ReportRead {
  const reading = readReport(JSON.stringify(value));
  if (reading.kind !== 'report') throw new Error(JSON.stringify(reading));
  return reading.report;
}

const OSV = {
  results: [
    {
      source: { path: '/src/go.mod', type: 'lockfile' },
      packages: [
        {
          package: { name: 'acme.org/ledger', version: '1.2.0', ecosystem: 'Go' },
          groups: [
            { ids: ['GO-2026-1', 'GHSA-aaaa-bbbb-cccc'], aliases: ['CVE-2026-1', 'GO-2026-1'], max_severity: '9.8' },
            { ids: [] },
          ],
          vulnerabilities: [
            {
              id: 'GO-2026-1',
              affected: [
                {
                  package: { name: 'acme.org/ledger' },
                  ranges: [
                    { type: 'GIT', events: [{ fixed: 'deadbeef' }] },
                    { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.1' }] },
                  ],
                },
              ],
            },
          ],
        },
        { package: { ecosystem: 'Go' }, vulnerabilities: [{ id: 'X' }] },
      ],
    },
  ],
};

const TRIVY = {
  SchemaVersion: 2,
  CreatedAt: '2026-11-10T23:30:00.123456789+01:00',
  ArtifactName: 'ledger:1.0',
  Results: [
    {
      Target: 'app.jar',
      Class: 'lang-pkgs',
      Type: 'jar',
      Packages: [{ Name: 'org.acme:ledger', Version: '1.0' }],
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2026-2',
          VendorIDs: ['GHSA-aaaa-bbbb-dddd'],
          PkgName: 'org.acme:ledger',
          InstalledVersion: '1.0',
          FixedVersion: '1.1, 2.0',
          Severity: 'MEDIUM',
        },
        { PkgName: 'nameless' },
      ],
    },
  ],
};

const GRYPE = {
  descriptor: { name: 'grype', timestamp: '2026-11-12T08:00:00Z', db: { status: { built: '2026-11-01T00:00:00Z' } } },
  matches: [
    {
      vulnerability: { id: 'GHSA-aaaa-bbbb-eeee', severity: 'Critical', fix: { versions: ['2.0.0'], state: 'fixed' } },
      relatedVulnerabilities: [{ id: 'CVE-2026-3' }],
      artifact: { name: 'ledger', version: '1.0.0', type: 'python', purl: 'pkg:pypi/Acme_Ledger@1.0.0' },
    },
  ],
  ignoredMatches: [
    { vulnerability: { id: 'CVE-2026-4', severity: 'Low' }, artifact: { name: 'zlib', version: '1', type: 'deb' } },
  ],
};

const AUDIT_2 = {
  auditReportVersion: 2,
  vulnerabilities: {
    a: { name: 'a', via: ['b'] },
    b: {
      name: 'b',
      via: [
        { source: 1, name: 'b', severity: 'moderate', url: 'https://github.com/advisories/GHSA-aaaa-bbbb-ffff' },
        { source: 2, name: 'b', severity: 'high', url: 'https://advisories.example/2' },
        { source: 3 },
      ],
    },
  },
  metadata: { vulnerabilities: { total: 2 } },
};

const AUDIT_1 = {
  advisories: {
    7: {
      id: 7,
      module_name: 'b',
      severity: 'high',
      github_advisory_id: 'GHSA-aaaa-bbbb-gggg',
      cves: ['CVE-2026-5'],
      patched_versions: '>=2.0.0',
      findings: [{ version: '1.0.0' }, { version: '1.1.0' }],
    },
  },
  metadata: { vulnerabilities: { high: 1 } },
};

const BOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { timestamp: '2026-11-11T00:00:00Z' },
  components: [
    {
      type: 'library',
      'bom-ref': 'x',
      group: 'org.acme',
      name: 'ledger',
      purl: 'pkg:maven/org.acme/ledger@1.0?type=jar',
    },
    { type: 'file', name: 'app.jar' },
    {
      type: 'application',
      name: 'web',
      version: '3',
      components: [{ type: 'library', name: 'core', purl: 'pkg:npm/%40acme/core@2.0.0' }],
    },
  ],
  vulnerabilities: [
    {
      id: 'CVE-2026-6',
      references: [{ id: 'GHSA-aaaa-bbbb-hhhh' }],
      ratings: [{ score: 7.5, method: 'CVSSv31' }, { severity: 'medium' }],
      affects: [{ ref: 'x' }, { ref: 'gone' }],
      analysis: { state: 'not_affected', justification: 'code_not_reachable' },
    },
    { id: 'CVE-2026-7', affects: [{ ref: 'gone' }] },
    { affects: [{ ref: 'x' }] },
  ],
};

describe('a report', () => {
  it('of osv-scanner is counted by groups of aliases, and carries no date', () => {
    expect(report(OSV)).toEqual({
      format: 'osv-scanner',
      vulnerabilities: [
        {
          id: 'GO-2026-1',
          aliases: ['GHSA-aaaa-bbbb-cccc', 'CVE-2026-1'],
          package: 'acme.org/ledger',
          version: '1.2.0',
          ecosystem: 'Go',
          severity: 4,
          fixed: '1.2.1',
        },
      ],
      packages: [{ name: 'acme.org/ledger', version: '1.2.0', ecosystem: 'Go' }],
      complete: false,
      scanned: true,
      left: 2,
    });
  });

  it('of Trivy has its day, and the packages where it was asked for them', () => {
    const read = report(TRIVY);
    expect(read).toMatchObject({ format: 'trivy', made: '2026-11-10', complete: true, scanned: true, left: 1 });
    expect(read.vulnerabilities).toEqual([
      {
        id: 'CVE-2026-2',
        aliases: ['GHSA-aaaa-bbbb-dddd'],
        package: 'org.acme:ledger',
        version: '1.0',
        ecosystem: 'Maven',
        severity: 2,
        fixed: '1.1, 2.0',
      },
    ]);
  });

  it('of Trivy that looked for other things was no scan of packages', () => {
    const value = {
      SchemaVersion: 2,
      ArtifactName: '.',
      Results: [{ Target: 'main.tf', Class: 'config', Type: 'terraform' }],
    };
    expect(report(value)).toMatchObject({ scanned: false, vulnerabilities: [] });
  });

  it('of Grype is as old as its database, and keeps what its rules set aside', () => {
    const read = report(GRYPE);
    expect(read).toMatchObject({ format: 'grype', made: '2026-11-01', complete: false });
    expect(
      read.vulnerabilities.map((it) => [it.id, it.aliases, it.package, it.ecosystem, it.severity, it.excused]),
    ).toEqual([
      ['GHSA-aaaa-bbbb-eeee', ['CVE-2026-3'], 'acme-ledger', 'PyPI', 4, undefined],
      ['CVE-2026-4', [], 'zlib', undefined, 1, 'a rule of its configuration'],
    ]);
  });

  it('of npm audit names advisories, not the packages that bring them along', () => {
    const read = report(AUDIT_2);
    expect(read.vulnerabilities.map((it) => [it.id, it.package, it.severity])).toEqual([
      ['GHSA-aaaa-bbbb-ffff', 'b', 2],
      ['npm:2', 'b', 3],
    ]);
    expect(read.left).toBe(1);
    expect(report(AUDIT_1).vulnerabilities.map((it) => [it.id, it.aliases, it.version, it.fixed])).toEqual([
      ['GHSA-aaaa-bbbb-gggg', ['CVE-2026-5'], '1.0.0', '>=2.0.0'],
      ['GHSA-aaaa-bbbb-gggg', ['CVE-2026-5'], '1.1.0', '>=2.0.0'],
    ]);
  });

  it('in CycloneDX lists nested components, and what its analysis excuses', () => {
    const read = report(BOM);
    expect(read.packages).toEqual([
      { name: 'org.acme:ledger', version: '1.0', ecosystem: 'Maven' },
      { name: 'web', version: '3' },
      { name: '@acme/core', version: '2.0.0', ecosystem: 'npm' },
    ]);
    expect(read.vulnerabilities).toEqual([
      {
        id: 'CVE-2026-6',
        aliases: ['GHSA-aaaa-bbbb-hhhh'],
        severity: 3,
        excused: 'not_affected: code_not_reachable',
        package: 'org.acme:ledger',
        version: '1.0',
        ecosystem: 'Maven',
      },
    ]);
    expect(read).toMatchObject({ made: '2026-11-11', complete: true, scanned: true, left: 3 });
  });

  it('in CycloneDX with an empty list of vulnerabilities does not say that anybody looked', () => {
    expect(report({ ...BOM, vulnerabilities: [] })).toMatchObject({ scanned: false, complete: true });
    expect(report({ ...BOM, vulnerabilities: undefined, specVersion: '1.4' }).scanned).toBe(false);
  });

  it.each([
    ['<bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>', { kind: 'other', what: 'CycloneDX in XML' }],
    ['{"spdxVersion":"SPDX-2.3"}', { kind: 'other', what: 'SPDX' }],
    ['{"$schema":"https://json.schemastore.org/sarif-2.1.0.json"}', { kind: 'other', what: 'SARIF' }],
    ['{"bomFormat":"CycloneDX","specVersion":"3.0"}', { kind: 'other', what: 'CycloneDX 3.0' }],
    ['{"results":[{"id":1}]}', { kind: 'other' }],
    ['[]', { kind: 'other' }],
  ])('%s is another format', (text, reading) => {
    expect(readReport(text)).toEqual(reading);
  });

  it('that is cut off is broken', () => {
    expect(readReport(JSON.stringify(TRIVY).slice(0, -5)).kind).toBe('broken');
  });
});

describe('package URLs', () => {
  it.each([
    ['pkg:npm/%40acme/core@1.0.0', { name: '@acme/core', ecosystem: 'npm', version: '1.0.0' }],
    ['pkg:npm/@acme/core', { name: '@acme/core', ecosystem: 'npm' }],
    ['pkg:golang/acme.org/x/ledger@v1.2.3#sub', { name: 'acme.org/x/ledger', ecosystem: 'Go', version: 'v1.2.3' }],
    ['pkg:maven/org.acme/ledger@1%2B2?type=jar', { name: 'org.acme:ledger', ecosystem: 'Maven', version: '1+2' }],
    ['pkg:pypi/Acme.Ledger_x@1', { name: 'acme-ledger-x', ecosystem: 'PyPI', version: '1' }],
    ['pkg:oci/ledger', { name: 'ledger' }],
    ['pkg:npm/%zz@1', { name: '%zz', ecosystem: 'npm', version: '1' }],
    ['pkg:npm', undefined],
    ['acme', undefined],
    [7, undefined],
  ])('%s', (url, expected) => {
    expect(packageOf(url)).toEqual(expected);
  });
});

describe('a score', () => {
  it.each([
    [0, 0],
    [0.1, 1],
    [3.9, 1],
    [4, 2],
    [6.9, 2],
    ['7.0', 3],
    [8.9, 3],
    [9, 4],
    [10, 4],
    [11, 0],
    ['', 0],
    ['high', 0],
    [Number.NaN, 0],
  ] as const)('%s is %s', (score, severity) => {
    expect(severityOfScore(score)).toBe(severity);
  });
});

describe('where reports are found', () => {
  const packages = 'packages: { evidence: [reports/out.json, https://ci.lumenpay.io/osv.json] }\n';

  it('what the manifest names and well-known names, each once, and never an example', async () => {
    const files = {
      'reports/out.json': JSON.stringify(OSV),
      'bom.cdx.json': JSON.stringify(BOM),
      'testdata/trivy.json': JSON.stringify(TRIVY),
      'audit.json': '{"unrelated":true}',
      'web/trivy-results.json': JSON.stringify(TRIVY),
    };
    const { facts, unread, delegated } = await collected(collector, files, { manifest: packages });
    expect(facts.reports.map(({ at, format, cited }) => `${spot(at)} ${format} ${cited}`)).toEqual([
      'bom.cdx.json CycloneDX false',
      'reports/out.json osv-scanner true',
      'web/trivy-results.json trivy false',
    ]);
    expect(unread.map(({ at, detail }) => `${at.path}: ${detail}`)).toEqual([
      'bom.cdx.json: 3 of its entries are not understood or too many',
      'reports/out.json: 2 of its entries are not understood or too many',
      'web/trivy-results.json: 1 of its entries are not understood or too many',
    ]);
    expect(delegated.map(({ to }) => to)).toEqual(['https://ci.lumenpay.io/osv.json']);
  });

  it('what the manifest names and nobody here reads is unread', async () => {
    const { facts, unread } = await collected(
      collector,
      { 'reports/out.json': '{"spdxVersion":"SPDX-2.3"}' },
      { manifest: packages },
    );
    expect([facts.reports, unread[0]?.detail]).toEqual([[], 'reports in SPDX are not read']);
  });
});

describe('the day of a report', () => {
  const touched = { 'osv.json': { date: '2026-11-02T12:00:00Z', commit: 'a', bulk: false } };
  const at = { path: 'osv.json' };

  it('is its own, else that of the commit that brought it', () => {
    expect(reportDay({ made: '2026-11-01', at }, { touched })).toBe('2026-11-01');
    expect(reportDay({ at }, { touched })).toBe('2026-11-02');
    expect(reportDay({ at: { ...at, root: 'ci' } }, { touched })).toBeUndefined();
    expect(reportDay({ at }, undefined)).toBeUndefined();
  });
});

describe('whatever a report holds', () => {
  // A member of that name is no method.
  const anything = fc.oneof(fc.jsonValue(), fc.constant({ toString: 1, valueOf: 1 }));
  const samples = [OSV, TRIVY, GRYPE, AUDIT_2, AUDIT_1, BOM];

  it('nothing throws, and what comes out is plain data', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), anything, fc.nat(), (sample, value, at) => {
        const reading = readReport(JSON.stringify(withValueAt(sample, value, at)));
        expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.string(), (text) => ['report', 'other', 'broken'].includes(readReport(text).kind)));
  });

  it('keeps so many packages and counts the others', () => {
    const components = Array.from({ length: 50_010 }, (_, index) => ({ type: 'library', name: `p${index}` }));
    const read = report({ bomFormat: 'CycloneDX', specVersion: '1.5', components });
    expect([read.packages.length, read.left, read.complete]).toEqual([50_000, 10, false]);
  });

  it('takes names of prototypes for names', () => {
    const text = JSON.stringify(AUDIT_2).replaceAll('"b"', '"__proto__"');
    const reading = readReport(text);
    expect(reading.kind === 'report' && reading.report.vulnerabilities[0]?.package).toBe('__proto__');
  });
});

/** The sample with one of its values, counted in order, put in the place of another. */
function withValueAt(sample: unknown, value: unknown, at: number): unknown {
  const text = JSON.stringify(sample);
  let total = 0;
  JSON.parse(text, (_, it) => {
    total += 1;
    return it;
  });
  let count = 0;
  return JSON.parse(text, (_, it) => {
    count += 1;
    return count - 1 === at % total ? value : it;
  });
}
