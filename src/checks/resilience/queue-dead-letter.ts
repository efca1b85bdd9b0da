/** Assesses whether messages that cannot be processed go somewhere where they wait, and block nothing. */
import { isKnown } from '../../evidence/known.ts';
import type { Queue } from '../../evidence/queues.ts';
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { share } from '../shares.ts';
import { listed } from '../words.ts';

export const check = defineCheck({
  summary:
    "Looks at every queue and subscription defined here for what takes its failed messages: `redrive_policy` of SQS, `dead_letter_policy` of Pub/Sub, `x-dead-letter-exchange` of RabbitMQ; Azure's Service Bus has one by itself. Queues that take the failed messages of others need none. Words in code that tell of dead letters prove nothing.",
  needs: ['queues', 'surroundings'],
  params: {},
  assess({ evidence, claims, at }) {
    const { queues, signs } = evidence.queues.facts;
    const sources = queues.filter(({ isDeadLetter, deadLetter }) => !isDeadLetter || deadLetter !== undefined);
    const backing = evidence.surroundings.facts.backings.filter(({ kind }) => kind === 'queue');
    const declared = (claims.dependencies ?? []).findIndex(({ kind }) => kind === 'queue');
    if (sources.length === 0) {
      const [sign] = signs;
      if (backing.length === 0 && declared < 0 && !sign)
        return notApplicable('no queue is defined here, and none is known to be used');
      const grounds = {
        ...(declared >= 0 && { claim: at(`/dependencies/${declared}`) }),
        evidence: [...signs.map((it) => it.at), ...backing.map((it) => it.at)].slice(0, 5),
      };
      if (sign)
        return unknown(
          `${sign.text} in ${sign.at.path} tells of dead letters; which queues have any is not defined here`,
          grounds,
        );
      const names = [...new Set(backing.map(({ product }) => product))];
      const used = names.length > 0 ? listed(names) : 'a queue';
      return unknown(
        `${used} is used, and no queue is defined here: what becomes of messages that cannot be processed is not known`,
        grounds,
      );
    }
    const lacking = sources.filter(({ deadLetter, when }) => !deadLetter && when === undefined);
    const open = sources.filter((it) => !lacking.includes(it) && !isKnown(it.deadLetter));
    const kept = sources.filter(({ deadLetter }) => isKnown(deadLetter));
    const because = share(kept.length, sources.length, 'queue', [
      'keeps what cannot be processed',
      'keep what cannot be processed',
    ]);
    const shown = kept.flatMap(({ deadLetter }) => deadLetter?.at ?? []).slice(0, 5);
    if (lacking.length > 0) return contradicted(because, lacking.map(problem), { evidence: shown });
    const [first] = open;
    if (first)
      return unknown(`${because}; for ${first.name} it is decided elsewhere${whyOpen(first)}`, {
        evidence: [...shown, first.at],
      });
    const [hidden] = evidence.queues.unread;
    if (hidden)
      return unknown(`${because}; but ${hidden.at.path} could not be read: ${hidden.detail}`, {
        evidence: [...shown, hidden.at],
      });
    return verified(because, shown);
  },
});

function whyOpen({ deadLetter, when }: Queue): string {
  if (deadLetter && !isKnown(deadLetter)) return ` (${deadLetter.opaque})`;
  return when === undefined ? '' : ` (it is there only where ${when})`;
}

const FIXES: Readonly<Record<Queue['system'], string>> = {
  sqs: 'Give it a `redrive_policy` with a queue of its own for what failed, and alert when that is not empty.',
  pubsub: 'Give it a `dead_letter_policy`, and alert when its topic receives anything.',
  'service-bus': 'Alert when its dead-letter queue is not empty.',
  rabbitmq: 'Declare it with `x-dead-letter-exchange`, and alert when the queue behind it is not empty.',
};

function problem({ name, system, at }: Queue): Problem {
  return {
    message: `${name} has nowhere to put a message that always fails: it is lost, or tried for ever`,
    at,
    fix: FIXES[system],
    subject: name,
  };
}
