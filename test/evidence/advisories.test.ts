/** Locked packages held against advisories: what was checked, against data of which day, what a list made elsewhere adds, and what is left. */
import { describe, expect, it } from 'vitest';
import type { Advisory, AdvisorySource } from '../../src/advisories/advisory.ts';
import { collector, type Facts } from '../../src/evidence/advisories.ts';
import type { Reference } from '../../src/evidence/reference.ts';
import { sourcesOf } from './sources-of.ts';

const NPM = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { mailer: '^1.0.0', ours: '*' } },
    'node_modules/mailer': { version: '1.0.0', resolved: 'https://registry.example/mailer-1.0.0.tgz' },
    'node_modules/ours': { version: '2.0.0', resolved: 'https://packages.acme.example/ours-2.0.0.tgz' },
  },
});
const PACKAGE = JSON.stringify({ dependencies: { mailer: '^1.0.0', ours: '*' } });
const POM = `<project><modelVersion>4.0.0</modelVersion><groupId>com.acme</groupId><artifactId>shop</artifactId><version>1</version>
<dependencies><dependency><groupId>org.acme</groupId><artifactId>mailer</artifactId><version>1.0</version></dependency></dependencies></project>`;

function advisory(id: string, ranges: readonly string[], more: Partial<Advisory> = {}): Advisory {
  return {
    id,
    aliases: [],
    severity: 3,
    severityFrom: 'GHSA',
    published: '2026-09-01',
    ranges,
    versions: [],
    uncertain: [],
    flags: [],
    ...more,
  };
}

/** A source with data on one ecosystem, which notes what it was asked. */
function source(
  ecosystem: string,
  known: Readonly<Record<string, readonly Advisory[]>>,
  more: Partial<AdvisorySource> = {},
) {
  const asked: unknown[] = [];
  const made: AdvisorySource = {
    states: [{ ecosystem, asOf: '2026-11-15T00:00:00Z', records: 1, from: 'the test' }],
    troubles: [],
    lookup: async (of, packages) => {
      asked.push(...packages);
      return of === ecosystem ? new Map(Object.entries(known)) : undefined;
    },
    ...more,
  };
  return { asked, made };
}

async function factsOf(files: Readonly<Record<string, string>>, reference: Reference = {}): Promise<Facts> {
  const sources = sourcesOf(files, { reference });
  return (await collector.collect(sources)).facts;
}

/** A bill of materials that lists every package. */
function bom(components: readonly { readonly purl: string }[], more: object = {}): string {
  const listed = components.map(({ purl }) => ({
    type: 'library',
    name: purl.split('/').pop()?.split('@')[0],
    version: purl.split('@').pop(),
    purl,
  }));
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { timestamp: '2026-11-10T00:00:00Z' },
    components: listed,
    ...more,
  });
}

describe('advisories', () => {
  it('count what was checked, and name the day of the data', async () => {
    const { made } = source('npm', { mailer: [advisory('GHSA-1', ['<1.2.0'])] });
    const { coverage, matches } = await factsOf(
      { 'package.json': PACKAGE, 'package-lock.json': NPM },
      { advisories: made },
    );
    expect(coverage).toMatchObject([
      { ecosystem: 'npm', packages: 2, checked: 2, asOf: '2026-11-15T00:00:00Z', malware: false, unchecked: [] },
    ]);
    expect(matches).toMatchObject([
      { concerned: { name: 'mailer', scope: 'production', direct: true }, remedy: { version: '1.2.0', inRange: true } },
    ]);
  });

  it('are none without data, which is said with a count', async () => {
    const { coverage, matches } = await factsOf({ 'package.json': PACKAGE, 'package-lock.json': NPM });
    expect(matches).toEqual([]);
    expect(coverage).toMatchObject([
      { packages: 2, checked: 0, unchecked: [{ count: 2, say: 'there is no advisory data on npm' }] },
    ]);
  });

  it('name to a server only what the lockfile shows to be from a public host and nobody calls private', async () => {
    const { asked, made } = source('npm', {});
    await factsOf(
      { 'package.json': PACKAGE, 'package-lock.json': NPM },
      { advisories: made, publicHosts: ['registry.example'] },
    );
    expect(asked).toEqual([
      { name: 'mailer', version: '1.0.0', public: true },
      { name: 'ours', version: '2.0.0' },
    ]);
  });

  it("name none of the organisation's own packages to anybody, and expect nothing about them", async () => {
    const { asked, made } = source('npm', {}, { unanswered: () => new Set(['ours']) });
    const hosts = ['registry.example', 'npm.acme.example'];
    const files = { 'package.json': PACKAGE, 'package-lock.json': NPM };
    const own = { advisories: made, publicHosts: hosts, privatePackages: { npm: ['our*'], Go: ['mailer'] } };
    const { coverage } = await factsOf(files, own);
    expect(asked).toEqual([
      { name: 'mailer', version: '1.0.0', public: true },
      { name: 'ours', version: '2.0.0' },
    ]);
    expect(coverage).toMatchObject([{ packages: 1, own: 1, checked: 1, unchecked: [] }]);
    const known = source('npm', { ours: [advisory('ACME-1', ['<3'])] }).made;
    expect((await factsOf(files, { ...own, advisories: known })).matches).toMatchObject([
      { advisory: { id: 'ACME-1' } },
    ]);
  });

  it('are not known of what a source could not answer, of a part, and where it fails', async () => {
    const files = { 'package.json': PACKAGE, 'package-lock.json': NPM };
    const silent = source('npm', {}, { unanswered: () => new Set(['ours']) }).made;
    expect((await factsOf(files, { advisories: silent })).coverage).toMatchObject([
      { packages: 2, checked: 1, unchecked: [{ count: 1, say: 'nobody could be asked about them' }] },
    ]);
    const state = { ecosystem: 'npm', asOf: '2026-11-15T00:00:00Z', records: 1, from: 'x', partial: true as const };
    const partial = source('npm', { mailer: [advisory('GHSA-1', ['<1.2.0'])] }, { states: [state] }).made;
    const part = await factsOf(files, { advisories: partial });
    expect([part.coverage[0]?.checked, part.matches.length]).toEqual([0, 1]);
    const broken = source('npm', {}, { lookup: () => Promise.reject(new Error('the disk is gone')) }).made;
    expect((await factsOf(files, { advisories: broken })).coverage).toMatchObject([
      { checked: 0, unchecked: [{ count: 2, say: 'the disk is gone' }] },
    ]);
  });

  it('look up what a whole bill of materials lists beyond the lockfiles, which closes the gap of a pom', async () => {
    const { made } = source('Maven', { 'org.acme:deep': [advisory('GHSA-2', ['<2.1'])] });
    const files = {
      'pom.xml': POM,
      'bom.json': bom([{ purl: 'pkg:maven/org.acme/mailer@1.0' }, { purl: 'pkg:maven/org.acme/deep@2.0' }]),
    };
    const { coverage, matches } = await factsOf(files, { advisories: made });
    expect(coverage).toMatchObject([
      { ecosystem: 'Maven', packages: 2, checked: 2, unchecked: [{ insteadBy: { made: '2026-11-10' } }] },
    ]);
    expect(matches).toMatchObject([
      { concerned: { name: 'org.acme:deep', scope: 'unknown', at: [{ path: 'bom.json' }] } },
    ]);
  });

  it('take vulnerabilities from a report that the data at hand does not know, once', async () => {
    const files = {
      'pom.xml': POM,
      'bom.json': bom([{ purl: 'pkg:maven/org.acme/mailer@1.0' }], {
        vulnerabilities: [
          { id: 'CVE-2026-1', ratings: [{ severity: 'high' }], affects: [{ ref: 'pkg:maven/org.acme/mailer@1.0' }] },
        ],
      }),
    };
    const { coverage, matches } = await factsOf(files);
    expect(matches).toMatchObject([
      { concerned: { name: 'org.acme:mailer' }, advisory: { id: 'CVE-2026-1', severity: 3 } },
    ]);
    expect(coverage).toMatchObject([{ checked: 1, asOf: '2026-11-10T00:00:00Z' }]);
    const known = source('Maven', {
      'org.acme:mailer': [advisory('GHSA-9', ['<2'], { aliases: ['CVE-2026-1'] })],
    }).made;
    expect((await factsOf(files, { advisories: known })).matches.map(({ advisory: { id } }) => id)).toEqual(['GHSA-9']);
  });
});
