/** Queues in CloudFormation's and SAM's templates and in the Serverless framework's resources. */
import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { record, word } from '../plain-value.ts';
import type { Queue } from '../queues.ts';
import { isDocumentation, placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';

const SNIFF = /\bType["']?\s*:\s*["']?AWS::SQS::Queue\b/;

/** The queues of all templates. */
export function templateQueues(sources: Sources, unread: Unread[]): readonly Queue[] {
  return sources.files
    .filter(
      (file) => file.class === 'source' && /\.(ya?ml|json|template)$/i.test(file.path) && !isDocumentation(file.path),
    )
    .flatMap((file) => (SNIFF.test(sources.text(file, []) ?? '') ? queuesIn(file, sources, unread) : []));
}

function queuesIn(file: SourceFile, sources: Sources, unread: Unread[]): readonly Queue[] {
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  return (parsed?.documents ?? []).flatMap((document) => {
    const root = record(document.value);
    const path = 'Resources' in root ? ['Resources'] : ['resources', 'Resources'];
    const resources = record(path.length === 1 ? root.Resources : record(root.resources).Resources);
    const all = Object.entries(resources).filter(([, it]) => word(record(it).Type) === 'AWS::SQS::Queue');
    const targets = JSON.stringify(all.map(([, it]) => record(record(it).Properties).RedrivePolicy ?? null));
    return all.map(([name, it]): Queue => {
      const policy = record(record(it).Properties).RedrivePolicy;
      const place = (...more: readonly string[]) => {
        const { line, column } = document.at([...path, name, ...more]);
        return placeIn(file, line, column);
      };
      return {
        name,
        system: 'sqs',
        ...(policy !== undefined && {
          deadLetter: { value: 'RedrivePolicy', via: 'literal' as const, at: place('Properties', 'RedrivePolicy') },
        }),
        isDeadLetter: targets.includes(name) || /dlq|dead/i.test(name),
        at: place(),
      };
    });
  });
}
