/** What the package files in a service's folder call it and say of it: package.json, go.mod, pyproject.toml, Cargo.toml. Reads their head lines only. */
import type { Sources } from '../evidence/collector.ts';
import type { Observation } from './propose.ts';

/** What one package file says. */
export interface Package {
  readonly name?: Observation<string>;
  readonly description?: Observation<string>;
}

/** Names that say what a package is, not which one. */
const ANY =
  /^(app|application|api|backend|frontend|server|service|main|root|workspace|monorepo|project|package|module|src|test|example|web|website|client|my-app|untitled)$/i;

/** Packages in the service's folder, the surest first. */
export function packagesIn(sources: Sources): readonly Package[] {
  return [
    read(sources, 'package.json', fromJson),
    read(sources, 'go.mod', fromGoMod),
    read(sources, 'pyproject.toml', (text) => fromToml(text, /^(project|tool\.poetry)$/)),
    read(sources, 'Cargo.toml', (text) => fromToml(text, /^package$/)),
  ].flatMap((it) => it ?? []);
}

interface Found {
  readonly name?: Text | undefined;
  readonly description?: Text | undefined;
}

interface Text {
  readonly value: string;
  readonly line: number;
}

function read(sources: Sources, name: string, reader: (text: string) => Found): Package | undefined {
  const { dir } = sources.manifest;
  const path = dir === '' ? name : `${dir}/${name}`;
  const file = sources.shared.find((it) => it.path === path);
  const text = file && sources.text(file, []);
  if (text === undefined) return undefined;
  const found = reader(text);
  const seen = (said: Text): Observation<string> => ({ value: said.value, from: `${path}:${said.line}` });
  const named = found.name && !ANY.test(bare(found.name.value)) ? found.name : undefined;
  return { ...(named && { name: seen(named) }), ...(found.description && { description: seen(found.description) }) };
}

/** `@lumenpay/payments-api` is payments-api. */
function bare(name: string): string {
  return name.split('/').pop() ?? name;
}

function fromJson(text: string): Found {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  const member = (key: string): Text | undefined => {
    const found =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
    return typeof found === 'string'
      ? { value: key === 'name' ? bare(found) : found, line: lineOf(text, new RegExp(`"${key}"\\s*:`)) }
      : undefined;
  };
  return { name: member('name'), description: member('description') };
}

/** `module github.com/lumenpay/payments-api/v2` is payments-api. */
function fromGoMod(text: string): Found {
  const module = /^module[ \t]+"?([^\s"]+)/m.exec(text);
  const name = module?.[1]
    ?.replace(/\/v\d+$/, '')
    .split('/')
    .pop();
  return name ? { name: { value: name, line: lineOf(text, /^module[ \t]/m) } } : {};
}

/** Plain keys of one table; what TOML can write in other ways is passed over. */
function fromToml(text: string, table: RegExp): Found {
  const found: { name?: Text; description?: Text } = {};
  let inside = false;
  for (const [index, line] of text.split('\n').entries()) {
    const header = /^\s*\[([^[\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) inside = table.test(header.trim());
    const [, key, quoted, literal] = /^\s*(name|description)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/.exec(line) ?? [];
    if (inside && (key === 'name' || key === 'description'))
      found[key] ??= { value: literal ?? quoted ?? '', line: index + 1 };
  }
  return found;
}

function lineOf(text: string, pattern: RegExp): number {
  return text.slice(0, pattern.exec(text)?.index ?? 0).split('\n').length;
}
