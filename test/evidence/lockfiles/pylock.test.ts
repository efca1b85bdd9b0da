/** pylock.toml, as PEP 751 describes it and tools write it. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/pylock.ts';
import { agreementOf, gapsOf, packagesOf } from './as-lines.ts';

const LOCK = `lock-version = "1.0"
created-by = "a tool"
requires-python = ">=3.11"
extras = ["fast"]
dependency-groups = ["dev"]
default-groups = ["always"]

[[packages]]
name = "attrs"
version = "25.1.0"
index = "https://index.example.org/simple"
sdist = { name = "a.tar.gz", upload-time = 2025-01-25T11:30:10Z, hashes = { sha256 = "aa" } }
wheels = [
    { name = "a.whl", url = "https://files.example.org/a.whl", upload-time = 2025-01-24T11:30:10.164985Z, hashes = { sha256 = "aa" } },
]

[[packages]]
name = "cattrs"
version = "24.1.2"
marker = "'fast' in extras and python_version < '3.14'"
[[packages.dependencies]]
name = "attrs"
[packages.sdist]
name = "c.tar.gz"
upload-time = 2024-09-22T14:58:36Z

[[packages]]
name = "pytest"
version = "8.0"
marker = "'dev' in dependency_groups"
dependencies = [{ name = "attrs" }]

[[packages]]
name = "chosen"
version = "1"
marker = "'always' in dependency_groups or 'fast' in extras"

[[packages]]
name = "odd"
version = "1"
marker = "'dev' not in dependency_groups"

[[packages]]
name = "forked"
[packages.vcs]
type = "git"
url = "https://git.example.org/forked.git"
commit-id = "0123456789012345678901234567890123456789"

[[packages]]
name = "own"
directory = { path = ".", editable = true }

[[packages]]
name = "archive"
version = "2"
[packages.archive]
url = "https://files.example.org/archive.zip"

[[packages]]
name = "nowhere"
`;

describe('pylock.toml', () => {
  it('has scopes in markers, days of release and sources', () => {
    expect(packagesOf(format, { 'pylock.toml': LOCK })).toEqual([
      'attrs 25.1.0 registry index.example.org 2025-01-24 production direct? <- cattrs ?, pytest ? @8',
      'cattrs 24.1.2 registry 2024-09-22 optional direct? <- nobody @17',
      'pytest 8.0 registry development direct? <- nobody @27',
      'chosen 1 registry production direct? <- nobody @33',
      'odd 1 registry unknown direct? <- nobody @38',
      'forked git 0123456789012345678901234567890123456789 production direct? <- nobody @43',
      'own path production direct? <- nobody @50',
      'archive url production direct? <- nobody @54',
    ]);
    expect(gapsOf(format, { 'pylock.toml': LOCK })).toEqual([
      'unparsed 1: 1 of its entries have no name or version to read @60',
    ]);
  });

  it('is for makers where its name says so', () => {
    expect(packagesOf(format, { 'pylock.dev.toml': LOCK })[0]).toContain('development');
    expect(packagesOf(format, { 'pylock.deploy.toml': LOCK })[0]).toContain('production');
    expect(format.files.test('pylock.dev.toml')).toBe(true);
    expect(format.files.test('pylock.a.b.toml')).toBe(false);
  });

  it('knows what is direct, and agrees, by pyproject.toml', () => {
    const files = {
      'pylock.toml': LOCK,
      'pyproject.toml': '[project]\nname = "own"\ndependencies = ["attrs>=26", "own"]\n',
    };
    expect(packagesOf(format, files)[0]).toContain('production direct <- cattrs ?, pytest ?, project >=26');
    expect(agreementOf(format, files)).toEqual(['attrs asks for >=26, and 25.1.0 is locked @pyproject.toml:3']);
  });

  it('says when it is of a version that is not known', () => {
    const lock = LOCK.replace('lock-version = "1.0"', 'lock-version = "2.0"');
    expect(gapsOf(format, { 'pylock.toml': lock })[1]).toBe('unparsed 0: it is of version 2.0, not 1 as known here');
  });
});
