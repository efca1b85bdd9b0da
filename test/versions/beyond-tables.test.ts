/** What no reference implementation has an answer to, or where we answer otherwise on purpose. */
import { describe, expect, it } from 'vitest';
import { cargo } from '../../src/versions/cargo.ts';
import { go } from '../../src/versions/go.ts';
import { maven } from '../../src/versions/maven.ts';
import { npm } from '../../src/versions/npm.ts';
import { nuget } from '../../src/versions/nuget.ts';
import { packagist } from '../../src/versions/packagist.ts';
import { pypi } from '../../src/versions/pypi.ts';

describe('npm', () => {
  it('has a place for versions that semver refuses', () => {
    expect(['1.2.3.4', '1.2.3', '1.2.3.0', '1.2.10'].toSorted(npm.compare)).toEqual([
      '1.2.3',
      '1.2.3.0',
      '1.2.3.4',
      '1.2.10',
    ]);
    expect(npm.compare('99999999999999999999.0.0', '99999999999999999998.0.0')).toBeGreaterThan(0);
    expect(npm.isVersion('1.2.3.4')).toBe(false);
  });

  it.each(['npm:other@^1.0.0', 'latest', 'file:../x', 'workspace:^', 'https://example.org/x.tgz', 'owner/name#v1'])(
    'does not take %s for a range',
    (text) => expect(npm.satisfies('1.0.0', text)).toBeUndefined(),
  );
});

describe('Maven', () => {
  it.each(['1.0-rc1', '1.0-SNAPSHOT', '5.3.0.M2', '4.0.0.Beta1', '1.0-alpha-1'])(
    'takes %s for a prerelease',
    (version) => expect(maven.isPrerelease(version)).toBe(true),
  );

  it.each(['31.1-jre', '5.3.0.RELEASE', '1.0-sp1', '1.0', 'r09', '20040616', ''])('takes %s for none', (version) =>
    expect(maven.isPrerelease(version)).toBe(false),
  );

  it('leaves open what a bare version lets in', () => {
    expect(maven.satisfies('1.0', '1.0.0')).toBe(true);
    expect(maven.satisfies('1.1', '1.0')).toBeUndefined();
    expect(maven.satisfies('1.1', '')).toBeUndefined();
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: a property of Maven
  it.each(['', '${revision}', '[1.0,2.0)', '1.0 '])('does not take "%s" for a version', (text) =>
    expect(maven.isVersion(text)).toBe(false),
  );
});

describe('Packagist', () => {
  it('asks for branches by name, and gives them no place', () => {
    expect(packagist.isVersion('dev-main')).toBe(false);
    expect(packagist.isVersion('1.x-dev')).toBe(true);
    expect(packagist.satisfies('dev-main', 'dev-main')).toBe(true);
    expect(packagist.satisfies('dev-main', '^1.0')).toBe(false);
    expect(packagist.compare('dev-main', '0.0.1')).toBeLessThan(0);
  });
});

describe('PyPI', () => {
  it('judges a prerelease by its place alone', () => {
    expect(pypi.satisfies('1.3a1', '>=1.2')).toBe(true);
    expect(pypi.satisfies('1.2a1', '<1.2')).toBe(false);
  });
});

describe('NuGet', () => {
  it('holds a floating version to what it floats over', () => {
    expect(nuget.satisfies('1.9.0', '1.*')).toBe(true);
    expect(nuget.satisfies('2.0.0', '1.*')).toBe(false);
  });
});

describe('Go', () => {
  it('reads versions without their v, as advisories write them', () => {
    expect(go.isVersion('1.2.3')).toBe(true);
    expect(go.compare('v1.2.3', '1.2.3')).toBe(0);
    expect(go.compare('1.22.0-0', '1.22.0-rc.1')).toBeLessThan(0);
  });
});

describe('Cargo', () => {
  it('puts build metadata aside', () => {
    expect(cargo.compare('1.0.0+a', '1.0.0+b')).toBe(0);
  });
});
