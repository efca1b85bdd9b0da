/** Queues and subscriptions in Terraform. */
import type { Maybe } from '../known.ts';
import { record, word } from '../plain-value.ts';
import type { Queue } from '../queues.ts';
import { type Block, type Contents, type ModuleCall, nested, spoken, textOf, type Value } from '../terraform/block.ts';
import type { TerraformReading } from '../terraform/read.ts';
import { withoutMarks } from '../yaml/template-marks.ts';

/** A name that says what the queue is for. */
const DEAD = /(^|[-_.])(dlq|dlx|dead-?letters?|deadletters?|dead_letter|redrive|failed|poison)([-_.]|$)/i;

/** The queues of a reading. */
export function terraformQueues({ blocks, modules }: Pick<TerraformReading, 'blocks' | 'modules'>): readonly Queue[] {
  const there = blocks.filter(({ absent, kind }) => absent === undefined && kind === 'resource');
  const policies = there.filter(({ type }) => type === 'aws_sqs_queue_redrive_policy');
  const targets = there
    .flatMap((it) => targetIn(it.attributes.redrive_policy?.value) ?? [])
    .concat(
      there
        .filter(({ type }) => type === 'aws_sqs_queue_redrive_allow_policy')
        .flatMap((it) => textOf(it, 'queue_url') ?? []),
    );
  return [
    ...there.filter(({ type }) => type === 'aws_sqs_queue').map((it) => sqs(it, policies, targets)),
    ...there.filter(({ type }) => type === 'google_pubsub_subscription').map(pubsub),
    ...there.filter(({ type }) => /^azurerm_servicebus_(queue|subscription)$/.test(type)).map(serviceBus),
    ...there.filter(({ type }) => type === 'rabbitmq_queue').map((it) => rabbit(it, there)),
    ...modules.filter(({ source }) => /^terraform-aws-modules\/sqs\/aws(\/|$)/.test(source)).map(sqsModule),
  ];
}

function about(block: Block): Pick<Queue, 'name' | 'at' | 'when'> {
  return { name: block.name, at: block.at, ...(block.when !== undefined && { when: block.when }) };
}

function sqs(block: Block, policies: readonly Block[], targets: readonly string[]): Queue {
  const own = `${block.type}.${block.name}`;
  const name = textOf(block, 'name') ?? '';
  const beside = policies.find((it) => refersTo(textOf(it, 'queue_url') ?? '', own));
  const holder = block.attributes.redrive_policy ? block : beside;
  const deadLetter = holder && redriven(holder.attributes.redrive_policy?.value, holder);
  const isDeadLetter =
    targets.some((it) => refersTo(it, own)) ||
    block.attributes.redrive_allow_policy !== undefined ||
    DEAD.test(block.name) ||
    DEAD.test(withoutMarks(name));
  return { ...about(block), system: 'sqs', ...(deadLetter && { deadLetter }), isDeadLetter };
}

/** `aws_sqs_queue.dead.arn`, `aws_sqs_queue.dead[0].arn`. */
function refersTo(text: string, resource: string): boolean {
  const plain = withoutMarks(text);
  return plain.includes(`${resource}.`) || plain.includes(`${resource}[`);
}

function redriven(
  value: Value | undefined,
  { attributes, at }: Pick<Block, 'attributes' | 'at'>,
): Maybe<string> | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const place = attributes.redrive_policy?.at ?? at;
  const target = targetIn(value);
  return target === undefined
    ? { opaque: spoken(value), at: place }
    : { value: withoutMarks(target), via: 'literal', at: place };
}

/** An object that becomes JSON, or JSON as text. */
function targetIn(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return /["']?deadLetterTargetArn["']?\s*[:=]\s*["']?([^"',}\n]+)/.exec(value)?.[1];
  return word(record(value).deadLetterTargetArn);
}

function pubsub(block: Block): Queue {
  const [policy] = nested(block, 'dead_letter_policy');
  const target = policy && textOf(policy, 'dead_letter_topic');
  const deadLetter = policy && { value: withoutMarks(target ?? ''), via: 'literal' as const, at: policy.at };
  return { ...about(block), system: 'pubsub', ...(deadLetter && { deadLetter }), isDeadLetter: DEAD.test(block.name) };
}

/** Azure gives every queue and subscription one of its own. */
function serviceBus(block: Block): Queue {
  return {
    ...about(block),
    system: 'service-bus',
    deadLetter: { value: '$DeadLetterQueue', via: 'default', at: block.at },
    isDeadLetter: false,
  };
}

function rabbit(block: Block, all: readonly Block[]): Queue {
  const text = withoutMarks(JSON.stringify([block.attributes, block.blocks]));
  const policies = all.filter(({ type }) => type === 'rabbitmq_policy');
  const found = /dead-letter-exchange/.test(text);
  const policy = policies.find((it) => /dead-letter-exchange/.test(JSON.stringify([it.attributes, it.blocks])));
  const deadLetter: Maybe<string> | undefined = found
    ? { value: 'x-dead-letter-exchange', via: 'literal', at: block.at }
    : policy && { opaque: `the policy ${policy.name} may cover it`, at: policy.at };
  return {
    ...about(block),
    system: 'rabbitmq',
    ...(deadLetter && { deadLetter }),
    isDeadLetter: DEAD.test(block.name),
  };
}

/** The module from the registry makes one where it is told to. */
function sqsModule({ name, at, attributes }: ModuleCall): Queue {
  const flag = attributes.create_dlq;
  const contents: Contents = { attributes, blocks: [] };
  const given = attributes.redrive_policy;
  const deadLetter: Maybe<string> | undefined =
    flag?.value === true
      ? { value: `module.${name}'s own`, via: 'literal', at: flag.at }
      : given
        ? (redriven(given.value, { ...contents, at }) ?? undefined)
        : flag && flag.value !== false
          ? { opaque: spoken(flag.value), at: flag.at }
          : undefined;
  return {
    name: `module.${name}`,
    at,
    system: 'sqs',
    ...(deadLetter && { deadLetter }),
    isDeadLetter: DEAD.test(name),
  };
}
