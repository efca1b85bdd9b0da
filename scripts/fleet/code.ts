/** Code, packages and tests of one service of a fleet. */
import type { Planned } from './plan.ts';
import type { Random } from './random.ts';
import type { Files } from './repository.ts';

const PACKAGES = 150;
const DIRECT = 20;
const PARTS = ['main', 'health', 'routes', 'db', 'metrics', 'config'];
const STEMS = ['left', 'deep', 'fast', 'tiny', 'node', 'string', 'stream', 'async', 'json', 'http'] as const;

/** Its package files, sources and tests. */
export function codeOf({ name, gap }: Planned, random: Random): Files {
  const packages = Array.from({ length: PACKAGES }, (_, index) => packageOf(index, random));
  const dependencies = Object.fromEntries(packages.slice(0, DIRECT).map(({ id, version }) => [id, `^${version}`]));
  const own = { name, version: `1.${random.below(40)}.${random.below(9)}`, private: true, type: 'module' };
  const scripts = { build: 'tsc', test: 'vitest run', start: 'node dist/main.js' };
  return {
    'package.json': json({ ...own, engines: { node: '>=20' }, scripts, dependencies }),
    ...(gap !== 'lock' && { 'package-lock.json': json(lockOf(name, dependencies, packages, random)) }),
    ...Object.fromEntries(PARTS.map((part) => [`src/${part}.ts`, sourceOf(part, random)])),
    ...Object.fromEntries(
      PARTS.slice(0, 2).map((part) => [
        `test/${part}.test.ts`,
        `import { test } from 'vitest';\ntest('${part}', () => {});\n`,
      ]),
    ),
    'test/load/k6.js': "export const options = { thresholds: { http_req_duration: ['p(99)<500'] } };\n",
  };
}

interface Package {
  readonly id: string;
  readonly version: string;
}

function packageOf(index: number, random: Random): Package {
  const version = `${random.below(9)}.${random.below(30)}.${random.below(20)}`;
  return { id: `${random.pick(STEMS)}-${random.pick(STEMS)}-${index}`, version };
}

function lockOf(
  name: string,
  dependencies: Readonly<Record<string, string>>,
  packages: readonly Package[],
  random: Random,
): object {
  const locked = packages.map(({ id, version }) => [
    `node_modules/${id}`,
    {
      version,
      resolved: `https://packages.example.com/${id}/-/${id}-${version}.tgz`,
      integrity: `sha512-${random.base64(64)}`,
      license: 'MIT',
      engines: { node: '>=18' },
      ...(random.happens(0.4) && { dependencies: { [packages[random.below(PACKAGES)]?.id ?? id]: '^1.0.0' } }),
    },
  ]);
  return {
    name,
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name, dependencies }, ...Object.fromEntries(locked) },
  };
}

function sourceOf(part: string, random: Random): string {
  const one = (_: unknown, index: number): string =>
    `export function ${part}${index}(x: number): number {\n  return x * ${random.below(100)} + ${index};\n}\n`;
  return `import { createServer } from 'node:http';\n\n${Array.from({ length: 12 }, one).join('\n')}`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
