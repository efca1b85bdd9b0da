/** pom.xml: what it tells by itself and with its parents in the repository, and what it leaves to others. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/maven.ts';
import { gaps, holdsForAny, hugeLines, named, read, told } from './reading.ts';

const INCOMPLETE = 'incomplete 0: what dependencies bring along is not in a pom.xml';

function dep(group: string, artifact: string, rest = ''): string {
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${rest}</dependency>`;
}

function version(text: string): string {
  return `<version>${text}</version>`;
}

function pom(...parts: readonly string[]): string {
  return `<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>acme</groupId><artifactId>shop</artifactId><version>1.0.0</version>
${parts.join('\n')}
</project>`;
}

function deps(...all: readonly string[]): string {
  return `<dependencies>\n${all.join('\n')}\n</dependencies>`;
}

function managed(...all: readonly string[]): string {
  return `<dependencyManagement>${deps(...all)}</dependencyManagement>`;
}

function only(...parts: readonly string[]): ReturnType<typeof read> {
  return read(format, { 'pom.xml': pom(...parts) });
}

describe('pom.xml', () => {
  it('tells versions that are literal, of properties, and managed in it', () => {
    const result = only(
      '<properties><one>${two}.1</one><two>2</two></properties>',
      managed(
        dep('org.a', 'managed', version('3.0')),
        dep('org.a', 'kit', `${version('4.0')}<classifier>tests</classifier><scope>test</scope>`),
      ),
      deps(
        dep('org.a', 'literal', version('1.0')),
        dep('org.a', 'property', version('${one}')),
        dep('org.a', 'managed'),
        dep('org.a', 'kit', '<classifier>tests</classifier>'),
        dep('org.a', 'junit', `${version('5')}<scope>test</scope>`),
        dep('${project.groupId}.x', 'same', version('${project.version}')),
        dep('org.a', 'tools', `${version('8')}<scope>system</scope>`),
      ),
    );
    expect(told(result)).toEqual([
      'org.a:literal 1.0 registry production direct',
      'org.a:property 2.1 registry production direct',
      'org.a:managed 3.0 registry production direct',
      'org.a:kit 4.0 registry development direct',
      'org.a:junit 5 registry development direct',
      'acme.x:same 1.0.0 registry production direct',
      'org.a:tools - path production direct',
    ]);
    expect(named(result, 'org.a:property')).toMatchObject({ line: 11, requiredBy: [{ name: '', range: '2.1' }] });
    expect(gaps(result)).toEqual([INCOMPLETE]);
  });

  it('leaves versions to parents and bills of materials that are not at hand', () => {
    const parent = '<parent><groupId>org.p</groupId><artifactId>starter</artifactId><version>3.2.1</version></parent>';
    const withParent = only(
      parent,
      deps(dep('org.a', 'b'), dep('org.a', 'c', version('${from.parent}')), dep('org.a', 'd', version('1'))),
    );
    expect(told(withParent)).toEqual([
      'org.p:starter 3.2.1 registry production direct',
      'org.a:d 1 registry production direct',
    ]);
    expect(gaps(withParent)).toEqual([
      'managed-elsewhere 2: versions come from the parent org.p:starter, which is not in the repository',
      INCOMPLETE,
    ]);
    const withBill = only(
      managed(dep('org.p', 'bom', `${version('9')}<type>pom</type><scope>import</scope>`)),
      deps(dep('org.a', 'b')),
    );
    expect(told(withBill)).toEqual(['org.p:bom 9 registry production direct']);
    expect(gaps(withBill)[0]).toMatch(/^managed-elsewhere 1: versions come from bills of materials/);
  });

  it('takes no range, no unknown property and no profile for a version', () => {
    const result = only(
      '<properties><a>${b}</a><b>${a}</b></properties>',
      deps(
        dep('org.a', 'range', version('[1.0,2.0)')),
        dep('org.a', 'latest', version('LATEST')),
        dep('org.a', 'unknown', version('${x}')),
        dep('org.a', 'loop', version('${a}')),
        dep('org.a', 'none'),
        dep('org.a', '', version('1')),
        dep('org.a', 'odd', version('1 2')),
      ),
      `<profiles><profile>${managed(dep('org.a', 'none', version('1')))}${deps(dep('org.a', 'more', version('7')))}</profile></profiles>`,
    );
    expect(told(result)).toEqual(['org.a:more 7 registry production direct']);
    expect(gaps(result)).toEqual([
      'unparsed 1: dependencies have no name that is understood',
      'no-version 6: dependencies have no one version',
      INCOMPLETE,
    ]);
  });

  it('counts plugins as what it does not tell', () => {
    const build = '<build><plugins><plugin><artifactId>a</artifactId></plugin></plugins></build>';
    expect(gaps(only(build, deps(dep('a', 'b', version('1')))))).toEqual([
      `${INCOMPLETE}, nor are the 1 plugins that build it`,
    ]);
    expect(only(build)).toEqual({ packages: [], gaps: [] });
  });

  it('says what it does not understand', () => {
    expect(gaps(read(format, { 'pom.xml': '' }))).toEqual(['unparsed 0: it is no project of Maven']);
    expect(gaps(read(format, { 'pom.xml': '<html/>' }))).toEqual(['unparsed 0: it is no project of Maven']);
    const cut = pom(deps(dep('org.a', 'b', version('1')), dep('org.a', 'c', version('2')))).slice(0, 260);
    expect(gaps(read(format, { 'pom.xml': cut }))).toContain('unparsed 0: not all of it is well-formed XML');
  });

  it('follows no entity, and nothing that is nested too deep', () => {
    const bomb = `<!DOCTYPE p [<!ENTITY a "9"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>${pom(deps(dep('org.a', 'b', version('&b;')), dep('org.a', 'c', version('&c;'))))}`;
    const result = read(format, { 'pom.xml': bomb });
    expect(gaps(result)).toContain('unparsed 0: not all of it is well-formed XML');
    expect(JSON.stringify(result)).not.toMatch(/99|root:/);
    const deep = `<project>${'<a>'.repeat(10_000)}`;
    expect(gaps(read(format, { 'pom.xml': deep }))).toEqual(['unparsed 0: not all of it is well-formed XML']);
    const doubling = Array.from({ length: 40 }, (_, n) => `<p${n}>\${p${n + 1}}\${p${n + 1}}</p${n}>`).join('');
    expect(
      read(format, { 'pom.xml': pom(`<properties>${doubling}</properties>`, deps(dep('a', 'b', version('${p0}')))) })
        .packages,
    ).toEqual([]);
  });

  it('reads any text, and long lines in one go', () => {
    holdsForAny(format, FAMILY);
    for (const text of hugeLines('${', '<a/>', '&', '../'))
      expect(read(format, { 'pom.xml': `<project>${text}` }).packages).toEqual([]);
  });
});

const ROOT = `<project>
  <groupId>acme</groupId><artifactId>root</artifactId><version>1</version>
  <properties><http>2.0</http><log>1.0</log></properties>
  ${managed(dep('org.a', 'http', version('${http}')), dep('acme', 'own', version('${project.version}')))}
  ${deps(dep('org.a', 'everywhere', version('6')))}
</project>`;

function child(relativePath: string, ...parts: readonly string[]): string {
  return `<project>
  <parent>
    <groupId>acme</groupId><artifactId>root</artifactId><version>1</version>${relativePath}
  </parent>
  <artifactId>web</artifactId>
  ${parts.join('\n')}
</project>`;
}

const WEB = child(
  '',
  '<properties><http>2.5</http></properties>',
  deps(dep('org.a', 'http'), dep('org.a', 'log', version('${log}')), dep('acme', 'own')),
);
const OWN = '<project><groupId>acme</groupId><artifactId>own</artifactId><version>1</version></project>';
const FAMILY = { 'svc/web/pom.xml': WEB, 'svc/pom.xml': ROOT, 'lib/pom.xml': OWN };

describe('pom.xml with its parent in the repository', () => {
  it('takes properties, versions and dependencies of the parent, and its own properties first', () => {
    const result = read(format, FAMILY);
    expect(told(result)).toEqual([
      'org.a:http 2.5 registry production direct',
      'org.a:log 1.0 registry production direct',
      'acme:own - path production direct',
      'org.a:everywhere 6 registry production direct',
    ]);
    expect(named(result, 'org.a:everywhere').line).toBe(2);
    expect(gaps(result)).toEqual([INCOMPLETE]);
  });

  it.each([
    ['<relativePath>../parent</relativePath>', 'svc/parent/pom.xml', true],
    ['<relativePath>../parent/pom.xml</relativePath>', 'svc/parent/pom.xml', true],
    ['<relativePath>../../../../pom.xml</relativePath>', 'pom.xml', false],
    ['<relativePath/>', 'svc/pom.xml', false],
    ['', 'pom.xml', false],
  ])('looks for it where %s says', (relativePath, path, isThere) => {
    const result = read(format, { 'svc/web/pom.xml': child(relativePath, deps(dep('org.a', 'http'))), [path]: ROOT });
    expect(told(result).includes('org.a:http 2.0 registry production direct')).toBe(isThere);
    expect(gaps(result).some((it) => it.startsWith('managed-elsewhere 1'))).toBe(!isThere);
  });

  it('takes no file of another name for it, and goes round in no circle', () => {
    const other = ROOT.replace('>root<', '>other<');
    expect(gaps(read(format, { ...FAMILY, 'svc/pom.xml': other }))[0]).toMatch(/^managed-elsewhere/);
    const circle = child('<relativePath>pom.xml</relativePath>', deps(dep('org.a', 'b'))).replace('>web<', '>root<');
    expect(gaps(read(format, { 'pom.xml': circle }))[0]).toMatch(/^managed-elsewhere/);
  });

  it('takes versions of a bill of materials of the repository, unless a parent elsewhere may say others', () => {
    const bill = `<project><groupId>acme</groupId><artifactId>bill</artifactId><version>1</version>${managed(dep('org.a', 'b', version('4')))}</project>`;
    const use = (parent: string): string =>
      `<project>${parent}<groupId>acme</groupId><artifactId>app</artifactId>${managed(dep('acme', 'bill', `${version('1')}<type>pom</type><scope>import</scope>`))}${deps(dep('org.a', 'b'))}</project>`;
    expect(told(read(format, { 'app/pom.xml': use(''), 'bill/pom.xml': bill }))).toEqual([
      'acme:bill - path production direct',
      'org.a:b 4 registry production direct',
    ]);
    const elsewhere = '<parent><groupId>x</groupId><artifactId>y</artifactId><version>1</version></parent>';
    expect(gaps(read(format, { 'app/pom.xml': use(elsewhere), 'bill/pom.xml': bill }))[0]).toMatch(
      /^managed-elsewhere 1/,
    );
  });
});
