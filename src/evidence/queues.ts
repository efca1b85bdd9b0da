/** Message queues that are defined here, and what becomes of messages that nobody can process. Reads Terraform, RabbitMQ's definitions and CloudFormation; runs nothing. */
import type { Place, Unread } from '../model.ts';
import { defineCollector } from './collector.ts';
import type { Maybe } from './known.ts';
import { templateQueues } from './queues/cloudformation.ts';
import { rabbitQueues } from './queues/rabbit.ts';
import { signsIn } from './queues/signs.ts';
import { terraformQueues } from './queues/terraform.ts';
import { readTerraform } from './terraform/read.ts';

/** One queue or subscription. */
export interface Queue {
  readonly name: string;
  readonly system: 'sqs' | 'pubsub' | 'service-bus' | 'rabbitmq';
  /** Where messages go that could not be processed; absent: nowhere. */
  readonly deadLetter?: Maybe<string>;
  /** It is where the failed messages of others go. */
  readonly isDeadLetter: boolean;
  /** Where it is decided whether it exists at all, if that is not certain. */
  readonly when?: string;
  readonly at: Place;
}

/** Words in code or configuration that tell of dead letters, and prove nothing. */
export interface Sign {
  readonly text: string;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly queues: readonly Queue[];
  readonly signs: readonly Sign[];
}

const ABOUT = /resource (aws_sqs|google_pubsub|azurerm_servicebus|rabbitmq_)/;

export const collector = defineCollector<Facts>({
  summary:
    "queues and subscriptions of Terraform, CloudFormation and RabbitMQ's definitions, with where their failed messages go; words in code that tell of dead letters",
  parses: ['yaml'],
  async collect(sources) {
    const unread: Unread[] = [];
    const terraform = await readTerraform(sources);
    const queues = [
      ...terraformQueues(terraform),
      ...templateQueues(sources, unread),
      ...rabbitQueues(sources, unread),
    ];
    const signs = signsIn(sources);
    return {
      facts: { queues, signs },
      looked: {
        files: new Set(queues.map(({ at }) => at.path)).size,
        note: queues.length === 1 ? '1 queue' : `${queues.length} queues`,
      },
      unread: [...unread, ...terraform.unread.filter(({ detail }) => ABOUT.test(detail))],
      delegated: [],
    };
  },
});
