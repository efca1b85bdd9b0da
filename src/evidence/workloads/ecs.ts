/** Services of Amazon ECS in Terraform: each with its task definition and what scales it. */
import { isKnown, type Known, type Maybe } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import {
  asFlag,
  asNumber,
  type Block,
  maybeAs,
  nested,
  placeOf,
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
import type { Autoscaler, Container, EnvVar, Rollout, Workload } from './workload.ts';

/** The services among the blocks; `settingOf` says what a file's path tells of its environment. */
export function ecsWorkloads(blocks: readonly Block[], settingOf: (block: Block) => Setting): readonly Workload[] {
  const there = blocks.filter(({ absent, kind }) => absent === undefined && kind === 'resource');
  const tasks = there.filter(({ type }) => type === 'aws_ecs_task_definition');
  const targets = there.filter(({ type }) => type === 'aws_appautoscaling_target');
  return there
    .filter(({ type }) => type === 'aws_ecs_service')
    .map((service) => workloadOf(service, tasks, targets, settingOf(service)));
}

function workloadOf(
  service: Block,
  tasks: readonly Block[],
  targets: readonly Block[],
  { environment, aside }: Setting,
): Workload {
  const task =
    tasks.find((it) => refersTo(textOf(service, 'task_definition') ?? '', it, service)) ?? onlyOne(tasks, service);
  const containers = task ? containersOf(task) : undefined;
  const scaler = targets.find((it) => refersTo(textOf(it, 'resource_id') ?? '', service, it));
  const partial =
    task === undefined
      ? 'its task definition is not here'
      : containers === undefined
        ? `its containers are filled in by ${spoken(task.attributes.container_definitions?.value ?? null)}`
        : undefined;
  const product = productOf(containers ?? []);
  return {
    platform: 'ecs',
    kind: 'service',
    name: withoutMarks(textOf(service, 'name') ?? service.name),
    role: textOf(service, 'scheduling_strategy') === 'DAEMON' ? 'daemon' : 'service',
    containers: containers ?? [],
    joined: nested(service, 'load_balancer').map((it) => ({
      kind: 'load balancer',
      name: withoutMarks(textOf(it, 'container_name') ?? ''),
      ports: [],
      at: it.at,
    })),
    annotations: {},
    // Terraform's documented default is none at all.
    replicas: maybeAs(service, 'desired_count', asNumber) ?? byDefault(0, service.at),
    rollout: rolloutOf(service),
    at: service.at,
    ...given({ environment, aside, partial, product, when: service.when }),
    ...(scaler && { autoscaler: autoscalerOf(scaler) }),
  };
}

/** By reference, or by the family's name. */
function refersTo(text: string, other: Block, from: Block): boolean {
  const plain = withoutMarks(text);
  const family = textOf(other, 'family');
  return (
    other.folder === from.folder &&
    (plain.includes(`${other.type}.${other.name}.`) ||
      plain.includes(`${other.type}.${other.name}[`) ||
      (family !== undefined && family === text))
  );
}

function onlyOne(tasks: readonly Block[], { folder }: Block): Block | undefined {
  const beside = tasks.filter((it) => it.folder === folder);
  return beside.length === 1 ? beside[0] : undefined;
}

/** Undefined where they are put together elsewhere. */
function containersOf(task: Block): readonly Container[] | undefined {
  const { value } = task.attributes.container_definitions ?? {};
  const at = placeOf(task, 'container_definitions');
  const definitions = typeof value === 'string' ? parsed(value) : value;
  if (!Array.isArray(definitions)) return undefined;
  const all = list(definitions).map(record);
  // A part that is a module's output, or one for each of some list, is not seen.
  if (all.some((it) => Object.keys(it).length === 0)) return undefined;
  return all.map((it, index) => containerOf(it, at, index === mainOf(all)));
}

/** The essential one that is no helper. */
function mainOf(all: readonly Readonly<Record<string, unknown>>[]): number {
  const index = all.findIndex((it) => it.essential !== false && !isSidecar(word(it.name) ?? '', word(it.image)));
  return Math.max(index, 0);
}

function containerOf(definition: Readonly<Record<string, unknown>>, at: Workload['at'], isMain: boolean): Container {
  const name = withoutMarks(word(definition.name) ?? '');
  const known = <T>(value: T | undefined, written: unknown): Maybe<T> | undefined =>
    written === undefined || written === null
      ? undefined
      : value === undefined
        ? { opaque: spoken(written as Value), at }
        : { value, via: 'literal', at };
  const text = (key: string): Maybe<string> | undefined => known(plainText(definition[key]), definition[key]);
  const command = list(record(definition.healthCheck).command)
    .flatMap((it) => word(it) ?? [])
    .map(withoutMarks);
  const liveness: Known<{ kind: 'exec'; command: string }> | undefined =
    command.length > 0 ? { value: { kind: 'exec', command: command.join(' ') }, via: 'literal', at } : undefined;
  return {
    name,
    role: isMain || !isSidecar(name, word(definition.image)) ? 'main' : 'sidecar',
    ports: list(definition.portMappings)
      .map(record)
      .map((it) => ({ ...given({ number: asNumber((it.containerPort ?? null) as Value) }), at })),
    security: securityOf(definition, at),
    command: list(definition.command)
      .flatMap((it) => word(it) ?? [])
      .map(withoutMarks),
    env: envOf(definition, at),
    at,
    ...given({
      image: text('image'),
      liveness,
      memoryLimit: text('memory'),
      memoryRequest: text('memoryReservation') ?? text('memory'),
      cpuRequest: text('cpu'),
    }),
  };
}

function plainText(value: unknown): string | undefined {
  const text = word(value);
  return text === undefined || hasMarks(text) ? undefined : text;
}

function securityOf(definition: Readonly<Record<string, unknown>>, at: Workload['at']): Container['security'] {
  const user = plainText(definition.user)?.split(':')[0];
  const number = user !== undefined && /^\d+$/.test(user) ? Number(user) : user === 'root' ? 0 : undefined;
  const flag = (key: string): Maybe<boolean> | undefined => {
    const value = asFlag((definition[key] ?? null) as Value);
    return value === undefined ? undefined : { value, via: 'literal', at };
  };
  const open: Maybe<boolean> | undefined = hasMarks(definition.user)
    ? { opaque: spoken(definition.user as Value), at }
    : undefined;
  return given({
    runAsUser: number === undefined ? undefined : ({ value: number, via: 'literal', at } as const),
    runAsNonRoot: user !== undefined && number === undefined ? ({ value: true, via: 'literal', at } as const) : open,
    privileged: flag('privileged'),
    readOnlyRootFilesystem: flag('readonlyRootFilesystem'),
  });
}

function envOf(definition: Readonly<Record<string, unknown>>, at: Workload['at']): readonly EnvVar[] {
  const plain = list(definition.environment)
    .map(record)
    .flatMap((it): readonly EnvVar[] => {
      const [name, value] = [word(it.name), word(it.value)];
      if (name === undefined) return [];
      if (value === undefined || hasMarks(value)) return [{ name: withoutMarks(name), from: 'opaque', at }];
      return promisesSecret(name)
        ? [{ name, from: value === '' ? 'literal' : 'literal-secret', at }]
        : [{ name, from: 'literal', value: value.slice(0, 300), at }];
    });
  const secrets = list(definition.secrets)
    .map(record)
    .flatMap((it): readonly EnvVar[] => {
      const name = word(it.name);
      return name === undefined ? [] : [{ name: withoutMarks(name), from: 'secret', at }];
    });
  return [...plain, ...secrets];
}

function autoscalerOf(target: Block): Autoscaler {
  return {
    kind: 'Application Auto Scaling',
    at: target.at,
    ...given({ min: maybeAs(target, 'min_capacity', asNumber), max: maybeAs(target, 'max_capacity', asNumber) }),
  };
}

/** ECS replaces tasks one after the other unless CodeDeploy does it. */
function rolloutOf(service: Block): Rollout {
  const [controller] = nested(service, 'deployment_controller');
  const [breaker] = nested(service, 'deployment_circuit_breaker');
  const type = controller && textOf(controller, 'type');
  const strategy: Rollout['strategy'] =
    type === 'CODE_DEPLOY' && controller
      ? { value: 'blue-green', via: 'literal', at: controller.at }
      : type !== undefined && type !== 'ECS' && controller
        ? { opaque: `deployments are ${withoutMarks(type)}'s`, at: controller.at }
        : byDefault('rolling', service.at);
  const healthy = maybeAs(service, 'deployment_minimum_healthy_percent', asNumber);
  const rollsBack = breaker && maybeAs(breaker, 'rollback', asFlag);
  return {
    strategy:
      isKnown(healthy) && healthy.value === 0 && isKnown(strategy) && strategy.value === 'rolling'
        ? { value: 'recreate', via: 'literal', at: healthy.at }
        : strategy,
    at: controller?.at ?? breaker?.at ?? service.at,
    ...given({ rollsBack }),
  };
}

function productOf(containers: readonly Container[]): string | undefined {
  const mains = containers.filter(({ role }) => role === 'main');
  const products = mains.map(({ image }) => (isKnown(image) ? thirdPartyProduct(image.value) : undefined));
  return products.length > 0 && products.every((it) => it !== undefined) ? products[0] : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(withoutMarks(text));
  } catch {
    return undefined;
  }
}
