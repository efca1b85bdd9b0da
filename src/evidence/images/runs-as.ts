/** Whom the last stage of a Dockerfile runs as: its USER, that of the stages it is built on, or what is known of the base. */
import { type BaseUser, userOfBase } from './bases.ts';
import type { RunsAs, Stage } from './image.ts';

/** Programs by which an entry point started as root gives that up. */
const STEPS_DOWN = /\b(gosu|su-exec|setpriv|s6-setuidgid|chpst|runuser|setuidgid|step-?down)\b|\bsu\s+-/;

/** The user of the stage that is deployed. `scriptOf` gives the text of a script of the repository by its file name. */
export function runsAs(stages: readonly Stage[], scriptOf: (name: string) => string | undefined): RunsAs | undefined {
  const last = stages[deployedOf(stages)];
  if (!last) return undefined;
  const chain = chainOf(stages, last);
  const found = verdictOf(chain, last);
  const down = found.kind === 'root' ? stepsDown(chain, scriptOf) : undefined;
  return down === undefined
    ? found
    : { kind: 'unknown', because: `${found.because}, and ${down} may step down from it`, at: found.at };
}

/** Stages that are built for their own sake, by name: nobody deploys them. */
const BESIDE =
  /(^|[-_])(tests?|testing|dev|develop|development|debug|lint|linter|shellcheck|hadolint|e2e|cypress|ci|docs?|coverage|bench(mark)?|local)([-_]|$)/i;

/** Index of the stage that is deployed: the last, unless its name says that it only tests or develops what stands before it. */
export function deployedOf(stages: readonly Stage[]): number {
  const index = stages.findLastIndex(({ name }) => name === undefined || !BESIDE.test(name));
  return index < 0 ? stages.length - 1 : index;
}

/** The stage and those of the same file it is built on. */
export function chainOf(stages: readonly Stage[], last: Stage): readonly Stage[] {
  const chain = [last];
  for (let at: Stage | undefined = last; at?.base.stage !== undefined && chain.length <= stages.length; ) {
    at = stages[at.base.stage];
    if (at) chain.push(at);
  }
  return chain;
}

function verdictOf(chain: readonly Stage[], last: Stage): RunsAs {
  const user = chain.find((stage) => stage.user)?.user;
  if (user) {
    const kind = user.kind === 'open' ? 'unknown' : user.kind;
    const because = kind === 'unknown' ? `USER ${user.name} is filled in when it is built` : `USER ${user.name}`;
    return { kind, because, at: user.at };
  }
  const base = (chain.at(-1) ?? last).base;
  if (base.open)
    return {
      kind: 'unknown',
      because: `no USER, and the base ${base.image} is filled in when it is built`,
      at: base.at,
    };
  return fromBase(userOfBase(base.image), base.image.replace(/@sha256:.*/, ''), base);
}

function fromBase(known: BaseUser, image: string, { at }: Stage['base']): RunsAs {
  switch (known) {
    case 'root':
      return { kind: 'root', because: `no USER, and ${image} runs as root`, at };
    case 'other':
      return { kind: 'other', because: `no USER, and ${image} does not run as root`, at };
    case 'steps-down':
      return { kind: 'unknown', because: `no USER; ${image} starts as root and its entry point steps down`, at };
    case 'unknown':
      return { kind: 'unknown', because: `no USER, and whom ${image} runs as is not known here`, at };
  }
}

/** What the start command, or a script that it runs, uses to step down. */
function stepsDown(chain: readonly Stage[], scriptOf: (name: string) => string | undefined): string | undefined {
  const start = chain.find((stage) => stage.start)?.start;
  if (!start) return undefined;
  if (STEPS_DOWN.test(start.text)) return 'its start command';
  const scripts = start.text.match(/[\w.-]+(?:\.sh|entrypoint[\w.-]*)(?![\w./-])/gi) ?? [];
  return scripts.find((name) => STEPS_DOWN.test(scriptOf(name) ?? ''));
}
