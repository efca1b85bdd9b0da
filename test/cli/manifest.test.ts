import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding, Report } from '../../src/model.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { checkManifest, GOOD, runUntouched, treeOf } from './untouched.ts';

const HEAD = 'apiVersion: gonogo/v1\nkind: Service\nname: parcels\n';

function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  write(folder, files);
  return folder;
}

function findingOf(stdout: string, rule: string): Finding | undefined {
  return (JSON.parse(stdout) as Report).services[0]?.findings.find((it) => it.rule === rule);
}

function bomb(): string {
  const levels = Array.from(
    { length: 30 },
    (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]\n`,
  );
  return `a0: &a0 [x]\n${levels.join('')}`;
}

interface Trouble {
  readonly name: string;
  readonly content: string | Buffer;
  /** `line:column` */
  readonly at: string;
  readonly says: string;
  readonly fix: string;
}

const TROUBLES: readonly Trouble[] = [
  {
    name: 'not YAML',
    content: `${HEAD}tier: 2: 3\n`,
    at: '4:7',
    says: 'this line has a second `: `, or is indented deeper than the line above allows',
    fix: 'Put a value that contains `: ` in quotes, or line the key up with its siblings.',
  },
  {
    name: 'an unfinished merge',
    content: `${HEAD}<<<<<<< ours\ntier: 2\n=======\ntier: 3\n>>>>>>> theirs\n`,
    at: '4:1',
    says: 'the file has an unresolved merge conflict',
    fix: 'Resolve it and remove the <<<<<<<, ======= and >>>>>>> lines.',
  },
  {
    name: 'indented with a tab',
    content: 'apiVersion: gonogo/v1\nowner:\n\tteam: team-parcels\n',
    at: '3:1',
    says: 'this line is indented with a tab, which YAML does not allow',
    fix: 'Indent with spaces.',
  },
  {
    name: 'empty',
    content: '',
    at: '1:1',
    says: 'the manifest is empty',
    fix: 'Write at least apiVersion, kind, name and tier; `gonogo init` does it for you.',
  },
  {
    name: 'only comments',
    content: '# later\n',
    at: '1:1',
    says: 'the manifest is empty',
    fix: 'Write at least apiVersion, kind, name and tier; `gonogo init` does it for you.',
  },
  {
    name: 'a list',
    content: '- name: parcels\n',
    at: '1:1',
    says: 'the manifest has to be a map of keys; found a list',
    fix: 'Begin it with `apiVersion: gonogo/v1` and `kind: Service`.',
  },
  {
    name: 'a text',
    content: 'parcels\n',
    at: '1:1',
    says: 'the manifest has to be a map of keys; found "parcels"',
    fix: 'Begin it with `apiVersion: gonogo/v1` and `kind: Service`.',
  },
  {
    name: 'two documents',
    content: `${HEAD}tier: 2\n---\n${HEAD}tier: 3\n`,
    at: '5:1',
    says: 'the file holds more than one YAML document, and only one can be read',
    fix: 'Keep one document, and give each service a file in its own folder.',
  },
  {
    name: 'a key given twice',
    content: `${HEAD}tier: 2\nname: letters\n`,
    at: '5:1',
    says: '`name` is given twice, on lines 3 and 5',
    fix: 'Keep one of the two.',
  },
  {
    name: 'an alias bomb',
    content: bomb(),
    at: '1:10',
    says: 'the file holds more than 100,000 values when its aliases are written out',
    fix: 'Write it flatter and without repeated aliases.',
  },
  {
    name: 'nested 20,000 deep',
    content: `${HEAD}tier: ${'['.repeat(20_000)}\n`,
    at: '4:107',
    says: 'the file is nested more than 100 levels deep',
    fix: 'Keep the file to what a person would write by hand.',
  },
  {
    name: 'nested 20,000 deep in blocks',
    content: `${HEAD}tier: 2\nx-a:\n${'- '.repeat(20_000)}a\n`,
    at: '6:201',
    says: 'the file is nested more than 100 levels deep',
    fix: 'Keep the file to what a person would write by hand.',
  },
  {
    name: 'a wrong word',
    content: `${HEAD}tier: high\n`,
    at: '4:1',
    says: '`tier` has to be 1, 2, 3 or 4; found "high"',
    fix: 'What belongs here: How much depends on the service: 1 customer-critical, 2 important, 3 standard internal, 4 experimental.',
  },
  {
    name: 'a wrong type',
    content: `${HEAD}tier: 2\ndependencies: redis\n`,
    at: '5:1',
    says: '`dependencies` has to be a list; found "redis"',
    fix: 'What belongs here: What the service calls or stores things in. Short form of a dependency: its id, e.g. redis.',
  },
  {
    name: 'a missing key',
    content: HEAD,
    at: '1:1',
    says: 'the manifest has no `tier`, which is required: expected 1, 2, 3 or 4',
    fix: 'Add `tier:`. How much depends on the service: 1 customer-critical, 2 important, 3 standard internal, 4 experimental.',
  },
  {
    name: 'an unknown key',
    content: `${HEAD}tier: 2\nonwer: team-parcels\n`,
    at: '5:1',
    says: 'the manifest has no key `onwer`; did you mean `owner`?',
    fix: 'Rename it to `owner`, or begin it with x- to keep it as your own.',
  },
  {
    name: 'a key that has another home',
    content: `${HEAD}tier: 2\nrto: 1h\n`,
    at: '5:1',
    says: 'the manifest has no key `rto`; it belongs in `data.stores[]`',
    fix: 'Move it to `data.stores[]`, or begin it with x- to keep it as your own.',
  },
  {
    name: 'not a number',
    content: `${HEAD}tier: .nan\n`,
    at: '4:7',
    says: '`tier` is not a finite number',
    fix: 'Write a number, or put it in quotes if it is text.',
  },
  {
    name: 'endless',
    content: `${HEAD}tier: 2\nslos: [{ target: .inf }]\n`,
    at: '5:18',
    says: '`slos[0].target` is not a finite number',
    fix: 'Write a number, or put it in quotes if it is text.',
  },
  {
    name: 'a day that does not exist',
    content: `${HEAD}tier: 2\nreviewed: 2026-02-30\n`,
    at: '5:1',
    says: '`reviewed.on` is 2026-02-30, a day that does not exist',
    fix: 'Correct the date.',
  },
  {
    name: 'a review in the future',
    content: `${HEAD}tier: 2\nreviewed: 2027-01-01\n`,
    at: '5:1',
    says: '`reviewed.on` is 2027-01-01, which is in the future on 2026-11-16',
    fix: 'Give the day on which it was done.',
  },
  {
    name: '50 MB',
    content: Buffer.alloc(50_000_000, `${HEAD}tier: 2\n# parcels and more parcels\n`),
    at: '1:1',
    says: 'the manifest cannot be read: it is larger than 1 MiB',
    fix: 'Keep it a regular UTF-8 text file of at most 1 MiB.',
  },
  {
    name: 'binary',
    content: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]),
    at: '1:1',
    says: 'the manifest cannot be read: it holds NUL bytes, so it is not text',
    fix: 'Keep it a regular UTF-8 text file of at most 1 MiB.',
  },
  {
    name: 'UTF-16 without a mark',
    content: Buffer.from(`${HEAD}tier: 2\n`, 'utf16le'),
    at: '1:1',
    says: 'the manifest cannot be read: it holds NUL bytes, so it is not text',
    fix: 'Keep it a regular UTF-8 text file of at most 1 MiB.',
  },
  {
    name: 'broken UTF-16',
    content: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a', 'utf16le'), Buffer.from([0x00, 0xd8])]),
    at: '1:1',
    says: 'the manifest cannot be read: it begins like UTF-16LE and is not valid as such',
    fix: 'Keep it a regular UTF-8 text file of at most 1 MiB.',
  },
  {
    name: 'Latin-1',
    content: Buffer.from(`${HEAD}tier: 2\ndescription: Pakete für alle\n`, 'latin1'),
    at: '1:1',
    says: 'the manifest cannot be read: it is not valid UTF-8',
    fix: 'Keep it a regular UTF-8 text file of at most 1 MiB.',
  },
  {
    name: 'another version of the format',
    content: 'apiVersion: gonogo/v2\nkind: Service\nfoo: bar\n',
    at: '1:1',
    says: '`apiVersion` has to be gonogo/v1; found "gonogo/v2"',
    fix: 'What belongs here: Version of this format: gonogo/v1.',
  },
];

describe('a manifest that is wrong is a critical finding with its place, and the rest is judged', () => {
  it.each(TROUBLES)('$name', ({ content, at, says, fix }) => {
    const folder = folderWith({ 'gonogo.yaml': content });
    const { status, stdout, stderr } = checkManifest(folder, '--format', 'json');
    const finding = findingOf(stdout, 'manifest/schema-valid');
    const [problem] = finding?.problems ?? [];
    expect([finding?.severity, finding?.standing, finding?.ruling]).toEqual(['critical', 'contradicted', 'fail']);
    expect(problem?.message).toBe(says);
    expect(problem?.fix).toBe(fix);
    expect(`${problem?.at?.path}:${problem?.at?.line}:${problem?.at?.column}`).toBe(`gonogo.yaml:${at}`);
    expect(findingOf(stdout, 'manifest/present')?.ruling).toBe('pass');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('says so to a person, with what to do', () => {
    const { stdout, status } = checkManifest(folderWith({ 'gonogo.yaml': `${HEAD}tier: 2\nonwer: team-parcels\n` }));
    expect(stdout).toContain(
      '    gonogo.yaml:5:1\n      the manifest has no key `onwer`; did you mean `owner`?\n      → Rename it to `owner`, or begin it with x- to keep it as your own.\n',
    );
    expect(status).toBe(1);
  });

  it('judges from evidence alone meanwhile', () => {
    const folder = folderWith({ 'gonogo.yaml': '{', CODEOWNERS: '* @lumenpay/team-parcels\n' });
    const { stdout } = runUntouched(folder, ['check', '.', '--format', 'json']);
    expect(findingOf(stdout, 'ownership/owner-named')?.standing).toBe('verified');
  });

  it('reads UTF-16 with its mark, and a byte-order mark before UTF-8', () => {
    const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD, 'utf16le')]);
    expect(checkManifest(folderWith({ 'gonogo.yaml': marked })).status).toBe(0);
    expect(checkManifest(folderWith({ 'gonogo.yaml': `\ufeff${GOOD}` })).status).toBe(0);
  });
});

describe('a manifest that is not quite there', () => {
  it('is not a Kubernetes Service, which is named kindly', () => {
    const folder = folderWith({
      'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: parcels }\nspec: { ports: [{ port: 80 }] }\n',
    });
    const { status, stdout, stderr } = checkManifest(folder);
    expect(stdout).toContain(
      'missing: no gonogo.yaml in the repository; service.yaml is a Kubernetes Service and not a manifest; a manifest is named gonogo.yaml\n',
    );
    expect(stdout).not.toContain('schema-valid');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('may be called service.yaml when it says that it is ours', () => {
    expect(checkManifest(folderWith({ 'service.yaml': GOOD })).status).toBe(0);
  });

  it('is not read through a link out of the repository', () => {
    const folder = temporaryFolder();
    write(folder, { 'outside/secret.yaml': GOOD, 'service/README.md': '# Parcels\n' });
    symlinkSync('../outside/secret.yaml', join(folder, 'service/gonogo.yaml'));
    const { status, stdout } = checkManifest(join(folder, 'service'));
    expect(stdout).toContain('the manifest cannot be read: the link leads out of the repository\n');
    expect(stdout).not.toContain('secret');
    expect(status).toBe(1);
  });

  it('is one too many when a folder has two', () => {
    const { status, stdout } = checkManifest(folderWith({ 'gonogo.yaml': GOOD, 'gonogo.yml': GOOD }));
    expect(stdout).toContain('the folder has 2 manifests: gonogo.yaml and gonogo.yml\n      → Keep one of them.\n');
    expect(status).toBe(1);
  });
});

describe('references that leave the repository', () => {
  it('lead nowhere, whatever is there', () => {
    const folder = temporaryFolder();
    write(folder, { 'shared/page.md': '# Page\n', 'service/docs/a.md': '# A\n' });
    write(folder, {
      'service/gonogo.yaml': `${GOOD}handover: ../shared/page.md\nrunbooks: /etc\nimports: [out.yaml, way/passwd, "~/x", docs/../docs/a.md]\n`,
    });
    symlinkSync('/etc/passwd', join(folder, 'service/out.yaml'));
    symlinkSync('/etc', join(folder, 'service/way'));
    const { status, stdout } = checkManifest(join(folder, 'service'), '--format', 'json');
    const finding = findingOf(stdout, 'manifest/paths-exist');
    expect(finding?.because).toBe('0 of 4 paths in gonogo.yaml exist; 2 targets could not be read');
    expect(finding?.problems.map(({ at, message }) => `${at?.path}:${at?.line}:${at?.column} ${message}`)).toEqual([
      "gonogo.yaml:6:1 handover: ../shared/page.md leaves the service's folder",
      "gonogo.yaml:7:1 runbooks.dir: /etc leaves the service's folder",
      "gonogo.yaml:8:33 imports[2]: ~/x leaves the service's folder",
      "gonogo.yaml:8:40 imports[3]: docs/../docs/a.md leaves the service's folder",
    ]);
    expect(status).toBe(1);
  });
});

describe('a repository with several services', () => {
  it('judges the others when one manifest is broken', () => {
    const folder = folderWith({ 'a/gonogo.yaml': GOOD, 'b/gonogo.yaml': '- x\n' });
    const { status, stdout } = checkManifest(folder, '--format', 'json');
    const services = (JSON.parse(stdout) as Report).services.map(({ service, verdict }) => `${service.dir} ${verdict}`);
    expect(services).toEqual(['a GO', 'b NO-GO']);
    expect(status).toBe(1);
  });

  it('leaves them as they are', () => {
    const folder = folderWith({ 'a/gonogo.yaml': GOOD });
    mkdirSync(join(folder, 'b'));
    const before = treeOf(folder);
    checkManifest(folder);
    expect(treeOf(folder)).toEqual(before);
  });
});
