/** When workflows and jobs of CircleCI run: `when` and `unless` of a workflow, filters of a job. After circleci.com/docs/configuration-reference. */
import { list, record, word } from '../plain-value.ts';
import { and, not, or, type Truth } from './infix.ts';
import { type Situation, TAG, takes } from './situations.ts';

type Members = Readonly<Record<string, unknown>>;

/** Whether a workflow's condition lets it run. */
export function circleCondition(workflow: Members, config: Members, situation: Situation): Truth {
  const when = workflow.when === undefined ? true : logic(workflow.when, config, situation, 0);
  return and(when, workflow.unless === undefined ? true : not(logic(workflow.unless, config, situation, 0)));
}

const DEEPEST = 20;

function logic(value: unknown, config: Members, situation: Situation, depth: number): Truth {
  if (depth > DEEPEST) return undefined;
  const inner = (it: unknown): Truth => logic(it, config, situation, depth + 1);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    const text = filled(value, config, situation);
    return text === undefined ? undefined : !/^(?:|false|null|0)$/.test(text);
  }
  const { and: every, or: some, not: no, equal, matches } = record(value);
  if (Array.isArray(every)) return every.slice(0, 50).map(inner).reduce<Truth>(and, true);
  if (Array.isArray(some)) return some.slice(0, 50).map(inner).reduce<Truth>(or, false);
  if (no !== undefined) return not(inner(no));
  if (Array.isArray(equal)) {
    const texts = equal.map((it) => filled(word(it) ?? '', config, situation));
    return texts.includes(undefined) ? undefined : new Set(texts).size === 1;
  }
  const { pattern, value: subject } = record(matches);
  const text = filled(word(subject) ?? '', config, situation);
  return text === undefined || matches === undefined ? undefined : takes([`/${word(pattern) ?? ''}/`], text);
}

/** A text with the values of the pipeline; undefined where one is not known. */
function filled(text: string, config: Members, situation: Situation): string | undefined {
  let isKnown = true;
  const plain = text.replace(/<<\s*([\w.-]+)\s*>>/g, (_, name: string) => {
    const value = pipelineValue(name, config, situation);
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown ? plain : undefined;
}

function pipelineValue(name: string, config: Members, { event, branch }: Situation): string | undefined {
  if (name === 'pipeline.git.branch') return event === 'tag' ? '' : branch;
  if (name === 'pipeline.git.tag') return event === 'tag' ? TAG : '';
  if (name === 'pipeline.trigger_source')
    return event === 'schedule' ? 'scheduled_pipeline' : event === 'manual' ? 'api' : 'webhook';
  const [, parameter] = /^pipeline\.parameters\.([\w-]+)$/.exec(name) ?? [];
  // A push cannot set parameters; a schedule and a person may.
  if (parameter === undefined || event === 'schedule' || event === 'manual') return undefined;
  return word(record(record(config.parameters)[parameter]).default);
}

/** Whether a job's filters let it run: every branch and no tag, where they say nothing. */
export function circleFilters(filters: unknown, { event, branch }: Situation): Truth {
  if (typeof filters === 'string') return undefined;
  const { branches, tags } = record(filters);
  const { only, ignore } = record(event === 'tag' ? tags : branches);
  if (event === 'tag' && tags === undefined) return false;
  const subject = event === 'tag' ? TAG : branch;
  const taken = only === undefined ? true : takes(anchored(only), subject);
  return and(taken, ignore === undefined ? true : not(takes(anchored(ignore), subject)));
}

/** Patterns have to fit as a whole. */
function anchored(value: unknown): readonly string[] {
  return (Array.isArray(value) ? list(value) : [value]).flatMap((it) => {
    const text = word(it);
    return text === undefined ? [] : text.replace(/^\/(.*)\/$/s, '/^(?:$1)$/');
  });
}
