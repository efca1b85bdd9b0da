/** Follows docker build into the stages it builds, and docker compose into the commands of its services. */
import { list, record, word } from '../plain-value.ts';
import { folderOf, joined, type Led, type Script, type World } from './world.ts';

/** Where a command of docker leads. `words` are without options before the command. */
export function imageTests(words: readonly string[], cwd: string | undefined, world: World): Led {
  const line = words.join(' ');
  if (/^(?:docker|podman|nerdctl) (?:buildx )?(?:build|image build) /.test(line)) return built(words, cwd, world);
  if (/^(?:docker|podman) compose (?:run|up) |^docker-compose (?:run|up) /.test(line))
    return composed(words, cwd, world);
  if (/^(?:docker|podman|nerdctl) (?:container )?run /.test(line)) return ran(words, cwd);
  return undefined;
}

function optionOf(words: readonly string[], names: RegExp): string | undefined {
  const at = words.findIndex((it) => names.test(it.split('=', 1)[0] ?? ''));
  if (at < 0) return undefined;
  const inline = words[at]?.split('=').slice(1).join('=');
  return inline !== undefined && inline !== '' ? inline : words[at + 1];
}

function built(words: readonly string[], cwd: string | undefined, world: World): Led {
  const file = optionOf(words, /^(?:-f|--file)$/);
  const context = words.at(-1) ?? '.';
  const path =
    file === undefined
      ? joined(cwd, `${context}/Dockerfile`)
      : (joined(cwd, file) ?? joined(cwd, `${context}/${file}`));
  return path === undefined ? undefined : imageBuild(path, optionOf(words, /^--target$/), world);
}

/** Tests that run while an image is built. An image without them is just an image. */
export function imageBuild(path: string, target: string | undefined, world: World): readonly Script[] | undefined {
  const text = world.text(path);
  if (text === undefined) return undefined;
  const stages = stagesOf(text);
  const wanted =
    target === undefined ? stages.length - 1 : stages.findIndex(({ name }) => name === target.toLowerCase());
  const reached = new Set<number>();
  const visit = (index: number): void => {
    if (index < 0 || reached.has(index)) return;
    reached.add(index);
    for (const source of stages[index]?.sources ?? [])
      visit(/^\d+$/.test(source) ? Number(source) : stages.findIndex(({ name }) => name === source));
  };
  visit(wanted);
  const scripts = stages.flatMap(({ runs }, index) =>
    reached.has(index)
      ? runs.map(([line, command]) => ({
          text: command,
          path,
          line,
          options: { errexit: false, pipefail: false },
          cwd: folderOf(path),
          only: ['test', 'lint', 'accessibility-test'] as const,
        }))
      : [],
  );
  return scripts.length > 0 ? scripts : undefined;
}

interface Stage {
  readonly name: string | undefined;
  /** Stages it is made from, by name or number. */
  readonly sources: string[];
  readonly runs: [line: number, command: string][];
}

const MOST_LINES = 5000;

function stagesOf(text: string): readonly Stage[] {
  const stages: Stage[] = [];
  for (const [line, instruction] of instructions(text)) {
    const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)\s+([\s\S]*)$/.exec(instruction) ?? [];
    const stage = stages.at(-1);
    if (/^from$/i.test(keyword)) {
      const [, base = '', name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(rest) ?? [];
      stages.push({ name: name?.toLowerCase(), sources: [base.toLowerCase()], runs: [] });
    } else if (/^(?:copy|add)$/i.test(keyword)) {
      const source = /--from=(\S+)/.exec(rest)?.[1];
      if (source) stage?.sources.push(source.toLowerCase());
    } else if (/^run$/i.test(keyword)) {
      for (const [, source = ''] of rest.matchAll(/--mount=\S*\bfrom=([^,\s]+)/g))
        stage?.sources.push(source.toLowerCase());
      stage?.runs.push([line, commandOf(rest.replace(/^(?:\s*--\S+)+\s*/, ''))]);
    }
  }
  return stages;
}

/** Instructions with the line on which they begin; comments between continued lines are left out. */
function instructions(text: string): readonly (readonly [line: number, text: string])[] {
  const found: [number, string][] = [];
  let open = false;
  for (const [index, line] of text.split(/\r?\n/).slice(0, MOST_LINES).entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const last = found.at(-1);
    if (open && last) last[1] += `\n${line}`;
    else found.push([index + 1, line]);
    open = /\\\s*$/.test(line);
  }
  return found;
}

function commandOf(text: string): string {
  if (!text.startsWith('[')) return text;
  try {
    return list(JSON.parse(text)).map(String).join(' ');
  } catch {
    return text;
  }
}

const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const COMPOSE_VALUED =
  /^(?:-e|--env|-v|--volume|-w|--workdir|-u|--user|--name|--entrypoint|-p|--publish|-l|--label|--exit-code-from|--scale|-t|--timeout|--pull|--attach)$/;

/** `run service command` is that command; `run service` and `up --exit-code-from service` what the service is told to run. */
function composed(words: readonly string[], cwd: string | undefined, world: World): Led {
  const runs = words.findIndex((it) => it === 'run' || it === 'up');
  const rest = words.slice(runs + 1);
  const positional: number[] = [];
  for (let at = 0; at < rest.length && positional.length < 2; at += 1) {
    if (rest[at]?.startsWith('-') && positional.length === 0) at += COMPOSE_VALUED.test(rest[at] ?? '') ? 1 : 0;
    else positional.push(at);
  }
  const [service, command] = positional;
  if (words[runs] === 'run' && command !== undefined) return [inline(rest.slice(command), cwd)];
  const exits = optionOf(rest, /^--exit-code-from$/);
  const name = words[runs] === 'run' ? rest[service ?? rest.length] : exits;
  if (name === undefined) return rest.some((it) => it === '--abort-on-container-exit') ? 'nowhere' : undefined;
  const files = [...world.paths].filter((path) => /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path));
  const preferred = COMPOSE_FILES.flatMap((file) => joined(cwd, file) ?? []);
  for (const path of [...new Set([...preferred, ...files])].filter((it) => world.paths.has(it)).slice(0, 20)) {
    const { command: told, entrypoint } = record(record(record(world.yaml(path)).services)[name]);
    const text = told ?? entrypoint;
    if (text === undefined || text === null) continue;
    const line =
      Math.max(
        (world.text(path) ?? '').split('\n').findIndex((it) => it.trim() === `${name}:`),
        0,
      ) + 1;
    return [
      {
        text: typeof text === 'string' ? text : quoted(list(text).flatMap((it) => word(it) ?? [])),
        path,
        line,
        options: { errexit: false, pipefail: false },
        cwd: folderOf(path),
      },
    ];
  }
  return 'nowhere';
}

const RUN_VALUED =
  /^(?:-e|--env|-v|--volume|-w|--workdir|-u|--user|--name|--entrypoint|-p|--publish|--network|--net|--env-file|--mount|--platform|-l|--label|--add-host|--cpus|-m|--memory|--hostname|-h|--link|--tmpfs|--shm-size|--ipc|--pull|--restart|--cap-add|--security-opt|--ulimit|--health-cmd|--device)$/;

/** `docker run image command` is that command. */
function ran(words: readonly string[], cwd: string | undefined): Led {
  let at = words.indexOf('run') + 1;
  while (words[at]?.startsWith('-')) at += RUN_VALUED.test(words[at] ?? '') ? 2 : 1;
  const command = words.slice(at + 1);
  const program = imageProgram(words[at] ?? '');
  if (TOOLS.test(program) && command[0] !== program) return [inline([program, ...command], cwd)];
  return command.length > 0 ? [inline(command, cwd)] : 'nowhere';
}

/** Tools whose images start them, so that what follows the image is an argument. */
const TOOLS =
  /^(?:gitleaks|trufflehog|semgrep|trivy|grype|syft|k6|locust|newman|artillery|pa11y|checkov|kics|sonar-scanner(?:-cli)?|zap2docker-\w+|flyway|liquibase|helm|kubectl|terraform|seekret[\w-]*|osv-scanner|kube-linter|cosign|wrk2?|hey)$/;

/** Whether an image of this name starts the program, so that arguments alone are told. */
export function startsItself(program: string): boolean {
  return TOOLS.test(program);
}

/** The program that an image is named after. */
export function imageProgram(image: string): string {
  const plain = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  return plain.slice(plain.lastIndexOf('/') + 1);
}

/** A command within a command: it stands where that stands. */
function inline(words: readonly string[], cwd: string | undefined): Script {
  return { text: quoted(words), path: '', line: 1, options: { errexit: false, pipefail: false }, cwd };
}

/** Words as a line of shell. */
export function quoted(words: readonly string[]): string {
  return words.map((it) => (/^[\w@%+=:,./-]+$/.test(it) ? it : `'${it.replaceAll("'", `'\\''`)}'`)).join(' ');
}
