/** Reads Pipfile.lock: groups with versions, without who requires what. */
import { list, record, word } from '../../plain-value.ts';
import { agreementOf, byName, type Declared, type DeclaredReading, namedLines } from '../declared.ts';
import { gapOver, notRead } from '../gaps.ts';
import { keyLines } from '../key-lines.ts';
import type { Agreement, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { parsedToml } from '../parsed-toml.ts';
import { normalised, pinnedVersion } from '../pep508.ts';
import { plainText } from '../plain-text.ts';
import { weightOfGroup } from '../pyproject.ts';
import { known } from '../python-lock.ts';
import { hostOf, isWord } from '../words.ts';

export const format: LockFormat = {
  name: 'pipfile',
  ecosystem: 'PyPI',
  files: /^Pipfile\.lock$/,
  manifests: /^Pipfile$/,
  read,
  agree,
};

interface Entry {
  readonly group: string;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly line: number;
}

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const text = plainText(lock.text);
  const root = parsedJson(text);
  if (root === undefined) return notRead('it is not valid JSON');
  const entries = entriesOf(root, text);
  const hosts = new Map(
    list(record(root._meta).sources).map((it) => [word(record(it).name), hostOf(word(record(it).url))]),
  );
  const readings = manifests.map(readPipfile);
  const declared = byName(readings.flatMap((it) => it.declared));
  const isTold = readings.length > 0 && readings.every(({ untold }) => untold.length === 0);
  const packages = new Map<string, LockedPackage>();
  const lost: number[] = [];
  for (const entry of entries) {
    const place = isWord(entry.name) ? placeOf(entry, hosts) : undefined;
    const name = normalised(entry.name);
    const asked = declared.get(name) ?? [];
    if (place === undefined) lost.push(entry.line);
    else {
      const key = `${name} ${place.version ?? place.commit ?? place.source}`;
      const scope = packages.get(key)?.scope === 'production' ? 'production' : weightOfGroup(entry.group);
      packages.set(key, {
        ...place,
        name,
        scope,
        direct: asked.length > 0 ? true : isTold ? false : undefined,
        requiredBy: asked.map(({ range }) => ({ name: '', range })),
        line: packages.get(key)?.line ?? entry.line,
      });
    }
  }
  const gaps = gapOver('no-version', lost, (count) => `${count} of its entries fix no version`);
  return { packages: [...packages.values()], gaps };
}

function parsedJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function entriesOf(root: Readonly<Record<string, unknown>>, text: string): readonly Entry[] {
  const lineOf = keyLines(text, '{');
  return Object.entries(root).flatMap(([group, members]) => {
    lineOf(group);
    return group === '_meta'
      ? []
      : Object.entries(record(members)).map(([name, it]) => ({ group, name, value: record(it), line: lineOf(name) }));
  });
}

type Placed = Pick<LockedPackage, 'source' | 'version' | 'registry' | 'commit'>;

/** Undefined where nothing says which version. */
function placeOf({ value }: Entry, hosts: ReadonlyMap<string | undefined, string | undefined>): Placed | undefined {
  if (typeof value.git === 'string') return { source: 'git', ...known({ commit: word(value.ref) }) };
  if (typeof value.path === 'string') return { source: 'path' };
  if (typeof value.file === 'string') return { source: /^https?:/.test(value.file) ? 'url' : 'path' };
  const version = pinnedVersion(word(value.version) ?? '');
  if (!isWord(version)) return undefined;
  return { source: 'registry', ...known({ version, registry: hosts.get(word(value.index)) }) };
}

function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const readings = manifests.map(readPipfile);
  const reading = {
    declared: readings.flatMap((it) => it.declared),
    untold: readings.flatMap((it) => it.untold),
  };
  return agreementOf(reading, read(lock, manifests).packages, 'PyPI');
}

const TABLES_OF_TOOLS = ['source', 'requires', 'scripts', 'pipenv'];
const PLACES = ['git', 'path', 'file', 'ref'];
const CONDITIONS = ['markers', 'sys_platform', 'platform_system', 'python_version', 'os_name', 'platform_machine'];

function readPipfile(manifest: TextAt): DeclaredReading {
  const root = parsedToml(manifest);
  if (root === undefined) return { declared: [], untold: [`${manifest.path} is not valid TOML`] };
  const lineOf = namedLines(manifest, normalised);
  const declared = Object.entries(root).flatMap(([table, members]): readonly Declared[] => {
    const weight = weightOfGroup(table === 'packages' ? 'default' : table);
    if (TABLES_OF_TOOLS.includes(table)) return [];
    return Object.entries(record(members)).map(([key, value]) => {
      const its = record(value);
      return {
        name: normalised(key),
        range: word(typeof value === 'string' ? value : its.version) ?? '*',
        weight,
        extras: [],
        isConditional: CONDITIONS.some((it) => it in its),
        isElsewhere: PLACES.some((it) => it in its),
        at: { path: manifest.path, line: lineOf(normalised(key)) },
      };
    });
  });
  return { declared, untold: [] };
}
