/** uv.lock: one project, a workspace, extras, forks, days of release. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/uv.ts';
import { agreementOf, gapsOf, packagesOf, readFiles } from './as-lines.ts';

const ONE = `version = 1
revision = 3
requires-python = ">=3.11"

[options]
exclude-newer = "2026-01-01T00:00:00Z"

[[package]]
name = "httptools"
version = "0.6.1"
source = { registry = "https://index.example.org/simple" }
sdist = { url = "https://files.example.org/h.tar.gz", hash = "sha256:aa", size = 1, upload-time = "2023-10-16T17:41:59.123Z" }
wheels = [
    { url = "https://files.example.org/h1.whl", hash = "sha256:aa", size = 1, upload-time = "2023-10-15T01:00:00Z" },
    { url = "https://files.example.org/h2.whl", hash = "sha256:aa", size = 1, upload-time = "2024-10-15T01:00:00Z" },
]

[[package]]
name = "numpy"
version = "1.26.4"
source = { registry = "https://index.example.org/simple" }
resolution-markers = [
    "python_full_version < '3.12'",
]

[[package]]
name = "numpy"
version = "2.1.0"
source = { registry = "../links" }

[[package]]
name = "pytest"
version = "8.3.0"
source = { registry = "https://index.example.org/simple" }

[[package]]
name = "shop"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "numpy", version = "1.26.4", source = { registry = "https://index.example.org/simple" }, marker = "python_full_version < '3.12'" },
    { name = "uvicorn", extra = ["standard"] },
    { name = "forked" },
]

[package.optional-dependencies]
fast = [
    { name = "numpy", version = "2.1.0", source = { registry = "../links" } },
]

[package.dev-dependencies]
dev = [
    { name = "pytest" },
]

[package.metadata]
requires-dist = [
    { name = "forked", git = "https://git.example.org/forked.git" },
    { name = "numpy", specifier = ">=1.26" },
    { name = "numpy", marker = "extra == 'fast'", specifier = ">=2" },
    { name = "uvicorn", extras = ["standard"], specifier = ">=0.30,<1" },
]
provides-extras = ["fast"]

[package.metadata.requires-dev]
dev = [{ name = "pytest", specifier = ">=8" }]

[[package]]
name = "uvicorn"
version = "0.30.0"
source = { registry = "https://index.example.org/simple" }

[package.optional-dependencies]
standard = [
    { name = "httptools" },
]

[[package]]
name = "forked"
version = "1.0"
source = { git = "https://git.example.org/forked.git?rev=main#0123456789012345678901234567890123456789" }
`;

const PROJECT = `[project]
name = "Shop"
dependencies = ["numpy>=1.26", "uvicorn[standard]>=0.30,<1", "forked"]
[project.optional-dependencies]
fast = ["numpy>=2"]
[dependency-groups]
dev = ["pytest>=8"]
[tool.uv.sources]
forked = { git = "https://git.example.org/forked.git" }
`;

describe('uv.lock', () => {
  it('has days of release, commits, extras and who asks', () => {
    expect(packagesOf(format, { 'uv.lock': ONE })).toEqual([
      'httptools 0.6.1 registry index.example.org 2023-10-15 production indirect <- uvicorn ? @8',
      'numpy 1.26.4 registry index.example.org production direct <- project >=1.26, project >=2 @18',
      'numpy 2.1.0 registry optional direct <- project >=1.26, project >=2 @26',
      'pytest 8.3.0 registry index.example.org development direct <- project >=8 @31',
      'uvicorn 0.30.0 registry index.example.org production direct <- project >=0.30,<1 @68',
      'forked git 0123456789012345678901234567890123456789 production direct <- project * @78',
    ]);
    expect(gapsOf(format, { 'uv.lock': ONE })).toEqual([]);
  });

  it('tells an extra that nobody asks for from the rest', () => {
    const lock = ONE.replace('{ name = "uvicorn", extra = ["standard"] }', '{ name = "uvicorn" }');
    expect(packagesOf(format, { 'uv.lock': lock })[0]).toContain('2023-10-15 unknown indirect');
  });

  it('agrees with pyproject.toml, or says where not', () => {
    const files = { 'uv.lock': ONE, 'pyproject.toml': PROJECT };
    expect(agreementOf(format, files)).toEqual([]);
    const project = PROJECT.replace('pytest>=8', 'pytest>=9').replace('"forked"', '"forked", "new-one"');
    expect(agreementOf(format, { ...files, 'pyproject.toml': project })).toEqual([
      'new-one asks for it, and it is not locked @pyproject.toml:3',
      'pytest asks for >=9, and 8.3.0 is locked @pyproject.toml:7',
    ]);
  });

  it('compares only names where a setting overrides ranges', () => {
    const project = `${PROJECT.replace('>=1.26', '>=9')}[tool.uv]\noverride-dependencies = ["numpy==1.26.4"]\n`;
    expect(agreementOf(format, { 'uv.lock': ONE, 'pyproject.toml': project })).toEqual([]);
  });

  it('says what is missing, unknown or cut off', () => {
    const cut = ONE.slice(0, ONE.indexOf('[[package]]\nname = "forked"'));
    expect(gapsOf(format, { 'uv.lock': cut })).toEqual([
      'unparsed 1: 1 packages that others in it require are not in it: forked',
    ]);
    expect(gapsOf(format, { 'uv.lock': ONE.replace('version = 1\n', 'version = 2\n') })).toEqual([
      'unparsed 0: it is of version 2, not 1 as known here',
    ]);
    expect(gapsOf(format, { 'uv.lock': ONE.replace('version = "8.3.0"\n', '') })).toEqual([
      'unparsed 1: 1 of its entries have no name or version to read @31',
    ]);
  });
});

const WORKSPACE = `version = 1

[manifest]
members = [
    "api",
    "root",
    "worker",
]

[[package]]
name = "api"
version = "0.1.0"
source = { editable = "services/api" }
dependencies = [
    { name = "flask" },
    { name = "lib" },
]

[package.metadata]
requires-dist = [
    { name = "flask", specifier = "==3.*" },
    { name = "lib", editable = "../lib" },
]

[[package]]
name = "celery"
version = "5.4.0"
source = { registry = "https://index.example.org/simple" }

[[package]]
name = "flask"
version = "3.0.0"
source = { registry = "https://index.example.org/simple" }

[[package]]
name = "lib"
version = "0.1.0"
source = { editable = "../lib" }

[[package]]
name = "root"
version = "0"
source = { virtual = "." }

[[package]]
name = "worker"
source = { virtual = "services/worker" }
dependencies = [
    { name = "api" },
    { name = "celery" },
]
`;

describe('uv.lock of a workspace', () => {
  const manifest = (name: string, more = '') => `[project]\nname = "${name}"\n${more}`;
  const files = {
    'py/uv.lock': WORKSPACE,
    'py/pyproject.toml': manifest(
      'root',
      '[tool.uv.workspace]\nmembers = ["services/*"]\nexclude = ["services/old"]\n',
    ),
    'py/services/api/pyproject.toml': manifest('api', 'dependencies = ["flask>=3", "lib"]\n'),
    'py/services/new/pyproject.toml': manifest('new'),
    'py/services/old/pyproject.toml': manifest('old'),
    'py/tools/pyproject.toml': manifest('tools'),
  };

  it('is shared by its members, known and new', () => {
    const [lock, ...manifests] = Object.entries(files).map(([path, text]) => ({ path, text }));
    const members = lock && format.members?.(lock, manifests);
    expect([...(members ?? [])].sort()).toEqual(['py', 'py/services/api', 'py/services/new', 'py/services/worker']);
  });

  it('has members that are no packages, and other projects that are', () => {
    expect(packagesOf(format, files)).toEqual([
      'celery 5.4.0 registry index.example.org production direct <- project ? @25',
      'flask 3.0.0 registry index.example.org production direct <- project ==3.* @30',
      'lib path production direct <- project * @35',
    ]);
    expect(agreementOf(format, files)).toEqual([]);
  });

  it('tells what one member needs', () => {
    const { packages, elsewhere } = readFiles(format, files, ['py/services/api']);
    expect(packages.map(({ name }) => name)).toEqual(['flask', 'lib']);
    expect(elsewhere).toBe(1);
  });
});
