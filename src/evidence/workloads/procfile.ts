/** Processes named in a Procfile, with the quantities that an app.json beside it gives. Names are about all there is. */
import type { SourceFile, Sources } from '../collector.ts';
import { record } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { given } from './container-of.ts';
import { settingOf } from './environment.ts';
import { folderOf } from './helm-charts.ts';
import type { Workload } from './workload.ts';

/** Most lines read of one file. */
const MAX_LINES = 500;

/** The processes of all Procfiles. `release` runs once before the others start. */
export function procfileWorkloads(sources: Sources): readonly Workload[] {
  return sources.files
    .filter(({ path }) => /(^|\/)Procfile$/.test(path))
    .flatMap((file) => {
      const quantities = quantitiesBeside(file, sources);
      const lines = (sources.text(file, []) ?? '').split('\n').slice(0, MAX_LINES);
      return lines.flatMap((line, index) => {
        const [, name = '', command = ''] = /^([A-Za-z0-9_-]{1,60}):\s*(\S.*)$/.exec(line) ?? [];
        return name === '' ? [] : [processOf(name, command, placeIn(file, index + 1), quantities, file, sources)];
      });
    });
}

interface Quantities {
  readonly of: ReadonlyMap<string, number>;
  readonly at: Workload['at'];
}

function quantitiesBeside(file: SourceFile, sources: Sources): Quantities | undefined {
  const path = [folderOf(file.path), 'app.json'].filter(Boolean).join('/');
  const beside = sources.files.find((it) => it.path === path);
  const document = beside && sources.yaml(beside, [])?.documents[0];
  if (!beside || !document) return undefined;
  const entries = Object.entries(record(record(document.value).formation)).flatMap(([name, it]) => {
    const { quantity } = record(it);
    return typeof quantity === 'number' ? [[name, quantity] as const] : [];
  });
  return { of: new Map(entries), at: placeIn(beside, document.at(['formation']).line) };
}

function processOf(
  name: string,
  command: string,
  at: Workload['at'],
  quantities: Quantities | undefined,
  file: SourceFile,
  sources: Sources,
): Workload {
  const quantity = quantities?.of.get(name);
  const setting = settingOf(file, sources.manifest);
  return {
    platform: 'procfile',
    kind: 'process',
    name,
    role: name === 'release' ? 'job' : 'service',
    partial: 'a Procfile only names what runs',
    containers: [{ name, role: 'main', ports: [], security: {}, command: [command.trim()], env: [], at }],
    joined: [],
    annotations: {},
    at,
    ...given({
      ...setting,
      replicas:
        quantity === undefined || !quantities
          ? undefined
          : { value: quantity, via: 'literal' as const, at: quantities.at },
    }),
  };
}
