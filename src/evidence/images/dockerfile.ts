/** Reads one Dockerfile into stages: what they begin with, whom they run as, what they start. Comments and values of ENV are no instructions. */
import {
  Copy,
  type Dockerfile,
  DockerfileParser,
  type Entrypoint,
  From,
  type Instruction,
  JSONInstruction,
} from 'dockerfile-ast';
import type { Place } from '../../model.ts';
import { environmentOfBase } from './bases.ts';
import type { Base, Stage, User } from './image.ts';

/** Turns a line, from 1, into a place. */
export type At = (line: number) => Place;

type Variables = ReadonlyMap<string, string>;

/** The stages of a text; none where there is no FROM. */
export function stagesOf(text: string, at: At): readonly Stage[] {
  const dockerfile: Dockerfile = DockerfileParser.parse(text);
  const stages: (Stage & { readonly variables: Variables })[] = [];
  const before: Instruction[] = [];
  let current: { readonly from: From; readonly instructions: Instruction[] } | undefined;
  const globals = (): Variables => new Map(assignmentsOf(before, new Map()));
  function close(): void {
    if (current) stages.push(stageOf(current.from, current.instructions, globals(), stages, at));
  }
  for (const instruction of dockerfile.getInstructions()) {
    if (instruction instanceof From) {
      close();
      current = { from: instruction, instructions: [] };
    } else if (current) current.instructions.push(instruction);
    else before.push(instruction);
  }
  close();
  return stages.map(({ variables: _, ...stage }) => stage);
}

function stageOf(
  from: From,
  instructions: readonly Instruction[],
  globals: Variables,
  earlier: readonly (Stage & { readonly variables: Variables })[],
  at: At,
): Stage & { readonly variables: Variables } {
  const base = baseOf(from.getImage() ?? '', globals, earlier, at(lineOf(from)));
  const inherited =
    base.stage === undefined ? new Map(Object.entries(environmentOfBase(base.image))) : earlier[base.stage]?.variables;
  const variables = new Map([...(inherited ?? []), ...assignmentsOf(instructions, globals, inherited)]);
  const copies = copiesOf(instructions, earlier, at);
  const users = instructions.filter((it) => it.getKeyword() === 'USER');
  const last = users.at(-1);
  const health = instructions.filter((it) => it.getKeyword() === 'HEALTHCHECK').at(-1);
  const port = instructions.filter((it) => it.getKeyword() === 'EXPOSE').at(-1);
  const entry = instructions.filter((it) => it.getKeyword() === 'ENTRYPOINT').at(-1) as Entrypoint | undefined;
  const command = instructions.filter((it) => it.getKeyword() === 'CMD').at(-1);
  const name = from.getBuildStage();
  return {
    ...(name && { name }),
    base,
    ...(copies.length > 0 && { copies }),
    ...(last && { user: userOf(last, variables, at) }),
    ...(health && {
      healthcheck: { none: /^none$/i.test(health.getArgumentsContent()?.trim() ?? ''), at: at(lineOf(health)) },
    }),
    ...(port && { exposes: at(lineOf(port)) }),
    ...startOf(entry ?? command, [entry, command], at),
    at: at(lineOf(from)),
    variables,
  };
}

function baseOf(written: string, known: Variables, earlier: readonly Pick<Stage, 'name'>[], at: Place): Base {
  const image = filledIn(written, known);
  const index = earlier.findIndex(
    ({ name }, position) => name?.toLowerCase() === image.toLowerCase() || String(position) === image,
  );
  return {
    image,
    open: image.includes('$'),
    digest: /@sha256:[0-9a-f]{64}$/i.test(image),
    ...(index >= 0 && { stage: index }),
    at,
  };
}

/** What `COPY --from=` names; variables are not filled in there, so that one is never known. */
function copiesOf(
  instructions: readonly Instruction[],
  earlier: readonly Pick<Stage, 'name'>[],
  at: At,
): readonly Base[] {
  return instructions.flatMap((it) => {
    const from =
      it instanceof Copy
        ? it
            .getFlags()
            .find((flag) => flag.getName() === 'from')
            ?.getValue()
        : undefined;
    return from ? [baseOf(from, new Map(), earlier, at(lineOf(it)))] : [];
  });
}

/** ARG and ENV of a stage, in order; an ARG without a value takes that of the file's head. */
function assignmentsOf(
  instructions: readonly Instruction[],
  globals: Variables,
  inherited: Variables = new Map(),
): readonly (readonly [string, string])[] {
  const known = new Map(inherited);
  const own: (readonly [string, string])[] = [];
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword();
    if (keyword !== 'ARG' && keyword !== 'ENV') continue;
    for (const [name, value] of pairsIn(instruction.getArgumentsContent() ?? '', keyword)) {
      const given = value ?? globals.get(name);
      if (given === undefined) continue;
      const filled = filledIn(given, known);
      known.set(name, filled);
      own.push([name, filled]);
    }
  }
  return own;
}

const PAIR = /([A-Za-z_]\w*)(?:=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*))?/g;

function pairsIn(text: string, keyword: string): readonly (readonly [string, string | undefined])[] {
  const body = text.slice(0, 5000);
  // `ENV NAME some value`
  const [, only, rest] = (keyword === 'ENV' && /^\s*([A-Za-z_]\w*)[ \t]+(?!=)([^\n]*)$/.exec(body)) || [];
  if (only !== undefined && rest !== undefined && !/^\s*[A-Za-z_]\w*=/.test(body))
    return [[only, unquoted(rest.trim())]];
  return [...body.matchAll(PAIR)].map(([, name = '', value]) => [
    name,
    value === undefined ? undefined : unquoted(value),
  ]);
}

function unquoted(value: string): string {
  return /^(["']).*\1$/s.test(value) ? value.slice(1, -1) : value;
}

/** `$NAME`, `${NAME}` and `${NAME:-other}`, as far as they are known. */
function filledIn(text: string, variables: Variables): string {
  return text.replace(
    /\$(?:\{([A-Za-z_]\w*)(?::?([-+])([^{}]*))?\}|([A-Za-z_]\w*))/g,
    (whole, braced?: string, operator?: string, other?: string, bare?: string) => {
      const value = variables.get(braced ?? bare ?? '');
      if (operator === '+') return value ? (other ?? '') : '';
      if (value) return value;
      return operator === '-' ? (other ?? '') : whole;
    },
  );
}

function userOf(instruction: Instruction, variables: Variables, at: At): User {
  const name = unquoted(filledIn(instruction.getArgumentsContent()?.trim() ?? '', variables));
  const [user = ''] = name.split(':');
  const kind =
    user.includes('$') || user === '' ? 'open' : /^(root|0+|containeradministrator)$/i.test(user) ? 'root' : 'other';
  return { name, kind, at: at(lineOf(instruction)) };
}

function startOf(
  first: Instruction | undefined,
  all: readonly (Instruction | undefined)[],
  at: At,
): Pick<Stage, 'start'> {
  if (!first) return {};
  const form = first instanceof JSONInstruction && first.getOpeningBracket() !== null ? 'exec' : 'shell';
  const text = all.flatMap((it) => it?.getArgumentsContent() ?? []).join(' ');
  return { start: { form, text: text.slice(0, 500), at: at(lineOf(first)) } };
}

function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1;
}
