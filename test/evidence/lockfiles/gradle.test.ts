/** Lockfiles of Gradle: modules by the configurations that resolved them. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/gradle.ts';
import { gaps, holdsForAny, hugeLines, read, told } from './reading.ts';

const LOCK = `# This is a Gradle generated file for dependency locking.
# Manual edits can break the build and are not advised.
com.acme:core:1.4.0=compileClasspath,productionRuntimeClasspath,testRuntimeClasspath
com.acme:core:1.3.0=testRuntimeClasspath
com.acme:lombok:1.18=annotationProcessor,compileClasspath
org.check:pmd:7.0.0=pmd,detekt
org.junit:junit:5.11.0=integrationTestCompileClasspath,testRuntimeClasspath
org.odd:tool:2.0.0=swaggerStuff
empty=developmentOnly,kapt
`;
const FILES = {
  'app/gradle.lockfile': LOCK,
  'app/build.gradle.kts':
    'dependencies {\n  implementation("com.acme:core")\n  // api("org.odd:tool:1")\n  testImplementation(libs.junit)\n}\n',
  'other/build.gradle': "implementation 'org.odd:tool:2.0.0'\n",
};

describe('gradle.lockfile', () => {
  it('tells scopes by configuration, and that a build file names a module', () => {
    const result = read(format, FILES);
    expect(told(result)).toEqual([
      'com.acme:core 1.4.0 registry production direct',
      'com.acme:core 1.3.0 registry development direct',
      'com.acme:lombok 1.18 registry production ?',
      'org.check:pmd 7.0.0 registry development ?',
      'org.junit:junit 5.11.0 registry development ?',
      'org.odd:tool 2.0.0 registry unknown ?',
    ]);
    expect(result.packages[0]).toMatchObject({ line: 3, requiredBy: [] });
    expect(result.gaps).toEqual([]);
  });

  it('knows that what builds run is not shipped, and the files of older versions', () => {
    expect(told(read(format, { 'buildscript-gradle.lockfile': 'a:b:1=classpath\n' }))).toEqual([
      'a:b 1 registry development ?',
    ]);
    expect(told(read(format, { 'settings-gradle.lockfile': 'a:b:1=runtimeClasspath\r\n' }))).toEqual([
      'a:b 1 registry development ?',
    ]);
    const old = (name: string): readonly string[] =>
      told(read(format, { [`gradle/dependency-locks/${name}`]: 'a:b:1\n' }));
    expect(old('runtimeClasspath.lockfile')).toEqual(['a:b 1 registry production ?']);
    expect(old('testRuntimeClasspath.lockfile')).toEqual(['a:b 1 registry development ?']);
    expect(old('buildscript-classpath.lockfile')).toEqual(['a:b 1 registry development ?']);
    for (const name of ['gradle.lockfile', 'buildscript-gradle.lockfile', 'testCompileClasspath.lockfile'])
      expect(name).toMatch(format.files);
    expect('libs.versions.toml').not.toMatch(format.files);
  });

  it('counts one line for a version once, with the strongest scope', () => {
    expect(told(read(format, { 'gradle.lockfile': 'a:b:1=testRuntimeClasspath\na:b:1=runtimeClasspath\n' }))).toEqual([
      'a:b 1 registry production ?',
    ]);
  });

  it('says what it does not understand', () => {
    const odd = `${LOCK}<<<<<<< HEAD\na:b=runtimeClasspath\na:b:1\x1b[31m=runtimeClasspath\n__proto__:constructor:1=runtimeClasspath\n`;
    const result = read(format, { 'gradle.lockfile': odd });
    expect(gaps(result)).toEqual(['unparsed 3: lines are not understood']);
    expect(told(result).at(-1)).toBe('__proto__:constructor 1 registry production ?');
    expect(gaps(read(format, { 'gradle.lockfile': 'nonsense' }))).toEqual([
      'unparsed 0: no line of it is one that Gradle writes',
    ]);
    expect(gaps(read(format, { 'gradle.lockfile': 'empty=\n' }))).toEqual([]);
  });

  it('reads any text, and long lines in one go', () => {
    holdsForAny(format, FILES);
    for (const text of hugeLines('a:', '=', ',', '"a:b', 'a.'))
      expect(read(format, { 'gradle.lockfile': `a:b:1=x\n${text}`, 'build.gradle': text }).packages).toHaveLength(1);
  });
});
