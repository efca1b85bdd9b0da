/** Services and jobs of Google Cloud Run in Terraform, in the first and the second shape of the resource. */
import { isKnown, type Maybe } from '../known.ts';
import { record, word } from '../plain-value.ts';
import {
  asNumber,
  type Block,
  type Contents,
  maybeAs,
  type Nested,
  nested,
  spoken,
  textOf,
  type Value,
} from '../terraform/block.ts';
import { hasMarks, withoutMarks } from '../yaml/template-marks.ts';
import { given } from './container-of.ts';
import { promisesSecret } from './env-of.ts';
import type { Setting } from './environment.ts';
import { isSidecar, thirdPartyProduct } from './known-images.ts';
import { byDefault } from './object-value.ts';
import type { Container, EnvVar, Probe, Workload } from './workload.ts';

const SERVICES = /^google_cloud_run_(v2_)?(service|job)$/;

/** The services and jobs among the blocks. */
export function cloudRunWorkloads(blocks: readonly Block[], settingOf: (block: Block) => Setting): readonly Workload[] {
  return blocks
    .filter(({ type, kind, absent }) => SERVICES.test(type) && kind === 'resource' && absent === undefined)
    .map((block) => workloadOf(block, settingOf(block)));
}

function workloadOf(block: Block, { environment, aside }: Setting): Workload {
  const isJob = block.type.endsWith('_job');
  const templates = nested(block, 'template');
  // A job's template holds a template of its own; the first shape of a service has a spec.
  const inner = templates.flatMap((it) => [it, ...nested(it, 'template'), ...nested(it, 'spec')]);
  const containers = inner.flatMap((it) => nested(it, 'containers')).map(containerOf);
  const [dynamic] = inner.flatMap((it) => nested(it, 'containers')).filter((it) => it.dynamic);
  const partial =
    containers.length === 0 ? 'its containers are not here' : dynamic && 'its containers are made from a list';
  const { min, max } = scalingOf(block, templates);
  const product =
    containers.length > 0 &&
    containers.every(({ image }) => isKnown(image) && thirdPartyProduct(image.value) !== undefined)
      ? firstProduct(containers)
      : undefined;
  return {
    platform: 'cloud-run',
    kind: isJob ? 'job' : 'service',
    name: withoutMarks(textOf(block, 'name') ?? block.name),
    role: isJob ? 'job' : 'service',
    containers,
    joined: [],
    annotations: {},
    at: block.at,
    ...given({ environment, aside, partial, product, when: block.when }),
    ...(!isJob && {
      replicas: min,
      autoscaler: { kind: 'Cloud Run', min, at: min.at, ...given({ max }) },
      // A new revision gets requests once it has started, and the old one stays until then.
      rollout: { strategy: strategyOf(block), at: block.at },
    }),
  };
}

/** Without a minimum Cloud Run keeps none running while nobody asks. */
function scalingOf(
  block: Block,
  templates: readonly Nested[],
): { readonly min: Maybe<number>; readonly max?: Maybe<number> } {
  const scaling = [block, ...templates].flatMap((it: Contents) => nested(it, 'scaling'));
  const annotations = templates.flatMap((it) => nested(it, 'metadata')).map((it) => it.attributes.annotations);
  const find = (attribute: string, annotation: string): Maybe<number> | undefined => {
    const own = scaling.map((it) => maybeAs(it, attribute, asNumber)).find((it) => it !== undefined);
    if (own) return own;
    for (const it of annotations) {
      const value = record(it?.value)[annotation];
      if (it && value !== undefined) {
        const number = asNumber(value as Value);
        return number === undefined
          ? { opaque: spoken(value as Value), at: it.at }
          : { value: number, via: 'literal', at: it.at };
      }
    }
    return undefined;
  };
  const max = find('max_instance_count', 'autoscaling.knative.dev/maxScale');
  return {
    min: find('min_instance_count', 'autoscaling.knative.dev/minScale') ?? byDefault(0, block.at),
    ...given({ max }),
  };
}

/** Shares of the requests to named revisions are a canary. */
function strategyOf(block: Block): Maybe<'rolling' | 'canary'> {
  const shares = nested(block, 'traffic').filter((it) => {
    const percent = asNumber(it.attributes.percent?.value ?? null);
    return percent !== undefined && percent > 0 && percent < 100;
  });
  return shares[0] ? { value: 'canary', via: 'literal', at: shares[0].at } : byDefault('rolling', block.at);
}

function containerOf(block: Nested): Container {
  const name = withoutMarks(textOf(block, 'name') ?? 'container');
  const image = maybeAs(block, 'image', (value) => word(value));
  const limits = [...nested(block, 'resources')].map((it) => it.attributes.limits).find((it) => it !== undefined);
  const limit = (key: string): Maybe<string> | undefined => {
    const value = record(limits?.value)[key];
    const text = word(value);
    if (!limits || text === undefined) return undefined;
    return hasMarks(text)
      ? { opaque: withoutMarks(text), at: limits.at }
      : { value: text, via: 'literal', at: limits.at };
  };
  return {
    name,
    role: isSidecar(name, isKnown(image) ? image.value : undefined) ? 'sidecar' : 'main',
    ports: nested(block, 'ports').map((it) => ({
      ...given({ number: asNumber(it.attributes.container_port?.value ?? null) }),
      at: it.at,
    })),
    security: {},
    command: [],
    env: nested(block, 'env').flatMap(envOf),
    at: block.at,
    ...given({
      image,
      liveness: probeOf(nested(block, 'liveness_probe')),
      startup: probeOf(nested(block, 'startup_probe')),
      readiness: probeOf(nested(block, 'readiness_probe')),
      cpuLimit: limit('cpu'),
      memoryLimit: limit('memory'),
    }),
  };
}

function probeOf([probe]: readonly Nested[]): Maybe<Probe> | undefined {
  if (!probe) return undefined;
  const [http] = nested(probe, 'http_get');
  const [tcp] = nested(probe, 'tcp_socket');
  const kind = http ? 'http' : tcp ? 'tcp' : nested(probe, 'grpc').length > 0 ? 'grpc' : 'other';
  const path = http && textOf(http, 'path');
  const port = textOf(http ?? tcp ?? probe, 'port');
  return {
    value: { kind, ...given({ path: path && withoutMarks(path), port: port && withoutMarks(port) }) },
    via: 'literal',
    at: probe.at,
  };
}

function envOf(block: Nested): readonly EnvVar[] {
  const [name, value] = [textOf(block, 'name'), textOf(block, 'value')];
  if (name === undefined) return [];
  const at = block.at;
  if (nested(block, 'value_source').length > 0 || nested(block, 'value_from').length > 0)
    return [{ name: withoutMarks(name), from: 'secret', at }];
  if (value === undefined || hasMarks(value)) return [{ name: withoutMarks(name), from: 'opaque', at }];
  if (promisesSecret(name)) return [{ name, from: value === '' ? 'literal' : 'literal-secret', at }];
  return [{ name, from: 'literal', value: value.slice(0, 300), at }];
}

function firstProduct(containers: readonly Container[]): string | undefined {
  const [first] = containers;
  return first && isKnown(first.image) ? thirdPartyProduct(first.image.value) : undefined;
}
