/** Queues in RabbitMQ's exported definitions. */
import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { list, record, word } from '../plain-value.ts';
import type { Queue } from '../queues.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';

/** The queues of all definitions. */
export function rabbitQueues(sources: Sources, unread: Unread[]): readonly Queue[] {
  return sources.files
    .filter((file) => file.class === 'source' && /rabbit|definitions/i.test(file.path) && /\.json$/i.test(file.path))
    .flatMap((file) => {
      const text = sources.text(file, []) ?? '';
      return /"queues"\s*:/.test(text) && /"(vhost|exchanges|bindings)"\s*:/.test(text)
        ? queuesIn(file, sources, unread)
        : [];
    });
}

function queuesIn(file: SourceFile, sources: Sources, unread: Unread[]): readonly Queue[] {
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  const [document] = parsed?.documents ?? [];
  const root = record(document?.value);
  const policies = list(root.policies)
    .map(record)
    .filter(({ definition }) => 'dead-letter-exchange' in record(definition));
  return list(root.queues).flatMap((entry, index): readonly Queue[] => {
    const queue = record(entry);
    const name = word(queue.name);
    if (!document || name === undefined) return [];
    const { line, column } = document.at(['queues', index, 'name']);
    const at = placeIn(file, line, column);
    const own = word(record(queue.arguments)['x-dead-letter-exchange']);
    const deadLetter =
      own !== undefined
        ? { value: own, via: 'literal' as const, at }
        : policies.length > 0
          ? { opaque: 'a policy may cover it', at }
          : undefined;
    return [
      {
        name,
        system: 'rabbitmq',
        ...(deadLetter && { deadLetter }),
        isDeadLetter: /(^|[-_.])(dlq|dlx|dead|failed|poison)/i.test(name),
        at,
      },
    ];
  });
}
