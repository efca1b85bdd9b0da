/** Apps of Cloud Foundry manifests, and the processes of each. */
import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { list, record, word } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import type { YamlDocument, YamlPath } from '../yaml/yaml.ts';
import { given } from './container-of.ts';
import { environmentOf, type Setting, settingOf } from './environment.ts';
import type { ManifestObject } from './manifest-object.ts';
import { byDefault, numberAt } from './object-value.ts';
import { viewedContainers } from './pod-view.ts';
import type { Workload } from './workload.ts';

const MANIFEST =
  /(^|\/)([\w.-]*manifest[\w.-]*|[\w.-]*cf[\w.-]*)\.ya?ml$|(^|\/)(cf|cloudfoundry|cloud-foundry|manifests?)\/[^/]+\.ya?ml$/i;
const APPLICATIONS = /^applications[ \t]*:/m;
/** What only an app of Cloud Foundry has. */
const OWN_KEYS =
  /\b(buildpacks?|memory|instances|routes|health-check-type|random-route|no-route|disk_quota|services|processes)[ \t]*:/;

/** The apps of all manifests. */
export function cloudFoundryWorkloads(sources: Sources, unread: Unread[]): readonly Workload[] {
  return sources.files
    .filter(({ path }) => MANIFEST.test(path))
    .flatMap((file) => {
      const text = sources.text(file, []) ?? '';
      if (!APPLICATIONS.test(text) || !OWN_KEYS.test(text)) return [];
      const setting = settingOf(file, sources.manifest);
      const told: Unread[] = [];
      const parsed = sources.yaml(file, told);
      told.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
      if (!setting.aside) unread.push(...told);
      return (parsed?.documents ?? []).flatMap((document) => appsOf(document, file, setting));
    });
}

function appsOf(document: YamlDocument, file: SourceFile, setting: Setting): readonly Workload[] {
  return list(record(document.value).applications).flatMap((app, index) => {
    const base: YamlPath = ['applications', index];
    const object: ManifestObject = {
      apiVersion: '',
      kind: 'app',
      name: word(record(app).name) ?? '',
      value: record(app),
      at: (path) => placeIn(file, document.at([...base, ...path]).line),
      via: () => 'literal',
      origin: '',
    };
    const processes = list(object.value.processes);
    const paths: readonly YamlPath[] = processes.length === 0 ? [[]] : processes.map((_, at) => ['processes', at]);
    return paths.map((path) => workloadOf(object, path, setting));
  });
}

function workloadOf(object: ManifestObject, path: YamlPath, setting: Setting): Workload {
  const own =
    path.length === 0 ? object.value : { ...object.value, ...record(list(object.value.processes)[Number(path[1])]) };
  const where = (key: string): YamlPath =>
    path.length > 0 && key in record(list(object.value.processes)[Number(path[1])]) ? [...path, key] : [key];
  const type = word(own.type);
  const name = [object.name, type === 'web' ? undefined : type].filter(Boolean).join('-');
  const at = object.at(path);
  const environment = setting.environment ?? environmentOf(`${object.name.replace(/\(\(.*?\)\)/g, '')}.yml`);
  return {
    platform: 'cloud-foundry',
    kind: 'app',
    name,
    role: 'service',
    containers: viewedContainers(object, name, [
      { key: 'image', value: record(own.docker).image, path: ['docker', 'image'] },
      { key: 'livenessProbe', value: probeOf(own, 'health-check', 'port'), path: where('health-check-type') },
      {
        key: 'readinessProbe',
        value: probeOf(own, 'readiness-health-check', undefined),
        path: where('readiness-health-check-type'),
      },
      {
        key: 'resources',
        value: own.memory === undefined ? undefined : { limits: { memory: own.memory } },
        path: where('memory'),
      },
      {
        key: 'env',
        value: Object.entries(record(own.env)).map(([key, value]) => ({ name: key, value })),
        path: ['env'],
      },
    ]),
    joined: [],
    annotations: {},
    at,
    replicas:
      numberAt({ ...object, value: own, at: (it) => object.at(where(String(it[0]))) }, ['instances']) ??
      byDefault(1, at),
    ...given({ environment, aside: setting.aside }),
  };
}

/** `process` only looks whether it still runs, which every platform does: no probe. */
function probeOf(app: Readonly<Record<string, unknown>>, prefix: string, otherwise: string | undefined): unknown {
  const type = word(app[`${prefix}-type`]) ?? otherwise;
  if (type === 'http') return { httpGet: { path: word(app[`${prefix}-http-endpoint`]) ?? '/' } };
  return type === 'port' ? { tcpSocket: { port: 'PORT' } } : undefined;
}
