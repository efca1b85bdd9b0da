/** Services of Compose files. Most such files start a developer's machine, and are set aside as that. */

import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { isKnown } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import type { YamlDocument } from '../yaml/yaml.ts';
import { given } from './container-of.ts';
import { isProduction, type Setting, settingOf } from './environment.ts';
import { thirdPartyProduct } from './known-images.ts';
import type { ManifestObject } from './manifest-object.ts';
import { numberAt, textAt, valueAt } from './object-value.ts';
import { viewedContainers } from './pod-view.ts';
import type { Workload } from './workload.ts';

const COMPOSE = /(^|\/)(docker-)?(compose|stack)([.-][\w.-]+)?\.ya?ml$/i;

/** The services of all Compose files. `isOnly`: nothing else here says what runs the service. */
export function composeWorkloads(sources: Sources, unread: Unread[], isOnly: boolean): readonly Workload[] {
  return sources.files
    .filter(({ path }) => COMPOSE.test(path))
    .flatMap((file) => {
      if (!/^[ \t]*services[ \t]*:/m.test(sources.text(file, []) ?? '')) return [];
      const setting = settingOfCompose(file, sources);
      const told: Unread[] = [];
      const parsed = sources.yaml(file, told);
      told.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
      const [document] = parsed?.documents ?? [];
      const isLive = setting.environment !== undefined && isProduction(setting.environment, sources.manifest.claims);
      // A developer's file that nobody can read hides nothing that matters.
      if (isLive) unread.push(...told);
      return document ? servicesOf(document, file, setting, isLive || isOnly) : [];
    });
}

/** What the path says besides that it is a Compose file, which by itself would set it aside. */
function settingOfCompose(file: SourceFile, { manifest }: Sources): Setting {
  const setting = settingOf(file, manifest);
  if (!setting.aside) return setting;
  return settingOf({ ...file, path: file.path.replace(/(docker-)?compose([^/]*)$/i, 'services$2') }, manifest);
}

function servicesOf(
  document: YamlDocument,
  file: SourceFile,
  setting: Setting,
  mayBeLive: boolean,
): readonly Workload[] {
  const services = record(record(document.value).services);
  const isLive = setting.environment !== undefined;
  return Object.entries(services).map(([name, service]) => {
    const object: ManifestObject = {
      apiVersion: '',
      kind: 'service',
      name,
      value: record(service),
      at: (path) => placeIn(file, document.at(['services', name, ...path]).line),
      via: () => 'literal',
      origin: '',
    };
    const runs = mayBeLive && (isLive || object.value.deploy !== undefined);
    return workloadOf(object, setting, runs ? undefined : 'a Compose file for development');
  });
}

function workloadOf(object: ManifestObject, setting: Setting, because: string | undefined): Workload {
  const { image, build, healthcheck, deploy } = object.value;
  const containers = viewedContainers(object, object.name, [
    { key: 'image', value: image, path: ['image'] },
    { key: 'livenessProbe', value: probeOf(healthcheck), path: ['healthcheck'] },
    { key: 'resources', value: resourcesOf(deploy), path: ['deploy', 'resources'] },
    { key: 'ports', value: portsOf(object.value), path: ['ports'] },
    { key: 'env', value: envOf(object.value.environment), path: ['environment'] },
    { key: 'securityContext', value: securityOf(object.value), path: ['user'] },
  ]);
  const found = containers[0]?.image;
  const mode = textAt(object, ['deploy', 'mode']);
  return {
    platform: 'compose',
    kind: 'service',
    name: object.name,
    role: isKnown(mode) && mode.value.startsWith('global') ? 'daemon' : 'service',
    containers,
    joined: [],
    annotations: {},
    at: object.at([]),
    ...given({
      environment: setting.environment,
      aside: setting.aside ?? (because === undefined ? undefined : { because }),
      partial: image === undefined && build === undefined ? 'it adds to a service of another Compose file' : undefined,
      product: isKnown(found) ? thirdPartyProduct(found.value) : undefined,
      replicas: numberAt(object, ['deploy', 'replicas']) ?? numberAt(object, ['scale']),
      grace: secondsAt(object),
      rollout: rolloutOf(object),
    }),
  };
}

/** It asks whether the container is healthy; nothing holds requests back until it is, so it is no readiness. */
function probeOf(healthcheck: unknown): unknown {
  const { test, disable } = record(healthcheck);
  const words = Array.isArray(test) ? test.flatMap((it) => word(it) ?? []) : [word(test) ?? ''];
  if (disable === true || words[0] === 'NONE' || words.join('') === '') return undefined;
  return { exec: { command: words.filter((it, index) => index > 0 || !/^CMD(-SHELL)?$/.test(it)) } };
}

function resourcesOf(deploy: unknown): unknown {
  const { limits, reservations } = record(record(deploy).resources);
  const named = (it: unknown): unknown => ({ ...given({ cpu: record(it).cpus, memory: record(it).memory }) });
  return limits === undefined && reservations === undefined
    ? undefined
    : { limits: named(limits), requests: named(reservations) };
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `{ target: 80 }`: the container's own port. */
function portsOf({ ports, expose }: ManifestObject['value']): unknown {
  const numbers = [...list(ports), ...list(expose)].flatMap((entry) => {
    const text = word(record(entry).target) ?? word(entry);
    const number = /(?:^|:)(\d{1,5})(?:\/\w+)?$/.exec(text ?? '')?.[1];
    return number === undefined ? [] : [{ containerPort: Number(number) }];
  });
  return numbers.length > 0 ? numbers : undefined;
}

function envOf(environment: unknown): unknown {
  const pairs = Array.isArray(environment)
    ? environment.flatMap((it) =>
        typeof it === 'string' ? [[it.split('=', 1)[0] ?? '', it.slice(it.indexOf('=') + 1)]] : [],
      )
    : Object.entries(record(environment));
  return pairs.map(([name, value]) => ({ name, value }));
}

/** `user: 1000:1000`, or a name that is not root. */
function securityOf({ user, privileged, read_only: readOnly, cap_drop: dropped }: ManifestObject['value']): unknown {
  const name = word(user)?.split(':')[0];
  const number = name !== undefined && /^\d{1,9}$/.test(name) ? Number(name) : undefined;
  const root = name === undefined || name.includes('$') ? undefined : name === 'root' || number === 0;
  return given({
    runAsUser: number,
    runAsNonRoot: root === undefined ? undefined : !root,
    privileged,
    readOnlyRootFilesystem: readOnly,
    capabilities: dropped === undefined ? undefined : { drop: dropped },
  });
}

/** `stop_grace_period: 1m30s`. */
function secondsAt(object: ManifestObject): Workload['grace'] {
  const text = word(valueAt(object, ['stop_grace_period']));
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^(?:(\d{1,4})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s)?$/.exec(text ?? '-') ?? [];
  const value = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return value > 0 ? { value, via: 'literal', at: object.at(['stop_grace_period']) } : undefined;
}

function rolloutOf(object: ManifestObject): Workload['rollout'] {
  const update = record(valueAt(object, ['deploy', 'update_config']));
  if (Object.keys(update).length === 0) return undefined;
  const at = object.at(['deploy', 'update_config']);
  return {
    strategy: { value: 'rolling', via: 'literal', at },
    at,
    ...(word(update.failure_action) === 'rollback' && { rollsBack: { value: true, via: 'literal', at } }),
  };
}
