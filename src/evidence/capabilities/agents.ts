/** Agents that a start command loads into a program: in a Dockerfile, a Procfile, a start script. */
import type { Capability, Family } from './capability.ts';

/** An agent that is started. */
export interface Agent {
  readonly family?: Family;
  /** For a person, e.g. "-javaagent". */
  readonly how: string;
  readonly gives: readonly Capability[];
  readonly line: number;
}

const APM: readonly Capability[] = ['tracing', 'metrics'];
const WITH_LOGS: readonly Capability[] = ['tracing', 'metrics', 'log-correlation'];

const JAVA_AGENTS: readonly (readonly [RegExp, Family | undefined, readonly Capability[]])[] = [
  [/applicationinsights/i, 'azure', WITH_LOGS],
  [/opentelemetry|\botel\b|otel-agent/i, 'opentelemetry', WITH_LOGS],
  [/dd-java-agent|datadog/i, 'datadog', APM],
  [/newrelic/i, 'newrelic', APM],
  [/elastic-apm/i, 'elastic', APM],
  [/jmx_prometheus/i, 'prometheus', ['metrics']],
  [/dynatrace|appdynamics|instana/i, undefined, APM],
  [/skywalking/i, undefined, ['tracing']],
];

const WRAPPERS: readonly (readonly [RegExp, Family, readonly Capability[]])[] = [
  [/(?<![\w/.-])ddtrace-run\s/, 'datadog', APM],
  [/(?<![\w/.-])newrelic-admin["',\s]+run-program/, 'newrelic', APM],
  [/(?<![\w/.-])opentelemetry-instrument["',\s]/, 'opentelemetry', WITH_LOGS],
  [/(?:-r|--require|--import)["',=\s]+dd-trace\/init/, 'datadog', APM],
  [/(?:-r|--require|--import)["',=\s]+newrelic\b/, 'newrelic', APM],
  [/(?:-r|--require|--import)["',=\s]+elastic-apm-node\/start/, 'elastic', APM],
  [/(?:-r|--require|--import)["',=\s]+@opentelemetry\/auto-instrumentations-node\/register/, 'opentelemetry', APM],
  [/\bCORECLR_PROFILER[=\s]+["']?\{?846F5F1C/i, 'datadog', APM],
  [/\bCORECLR_PROFILER[=\s]+["']?\{?36032161/i, 'newrelic', APM],
  [/\bCORECLR_PROFILER[=\s]+["']?\{?(?:FA65FE15|918728DD)/i, 'opentelemetry', APM],
];

/** Agents that the lines of a file start. `hasSettings`: whether a file of that name is in the repository, for agents whose jar says nothing. */
export function agentsIn(text: string, path: string, hasSettings: (name: string) => boolean): readonly Agent[] {
  const lines = commandsIn(text, path);
  const started = lines.filter(({ command }) => !/^\s*(COPY|ADD|RUN|ARG)\b/.test(command));
  return started.flatMap(({ command, line }) => [
    ...javaAgents(command, lines, hasSettings).map((it) => ({ ...it, line })),
    ...WRAPPERS.flatMap(([pattern, family, gives]) => {
      const found = pattern.exec(command);
      return found ? [{ family, how: wordsOf(found[0]), gives, line }] : [];
    }),
  ]);
}

/** One command with what continues it. */
interface Command {
  readonly command: string;
  readonly line: number;
}

/** Instructions of a Dockerfile, or lines of a script or Procfile, without comments. */
export function commandsIn(text: string, path: string): readonly Command[] {
  const commands: { command: string; line: number }[] = [];
  let goesOn = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*#/.test(line)) continue;
    const last = commands.at(-1);
    if (goesOn && last) last.command += ` ${line}`;
    else commands.push({ command: line, line: index + 1 });
    goesOn = /\\\s*$/.test(line);
  }
  const isRun = /(^|\/)(Procfile|[^/]+\.sh|package\.json)$/.test(path);
  return isRun
    ? commands
    : commands.filter(({ command }) => /^\s*(ENV|CMD|ENTRYPOINT|COPY|ADD|RUN|ARG)\b/i.test(command));
}

function javaAgents(
  command: string,
  all: readonly Command[],
  hasSettings: (name: string) => boolean,
): readonly Omit<Agent, 'line'>[] {
  return [...command.matchAll(/-javaagent:([^\s"',;=]+)/g)].flatMap(({ 1: jar = '' }) => {
    const file = jar.split('/').pop() ?? jar;
    // A jar that is called agent.jar was copied or fetched from one that has its own name.
    const told = [
      jar,
      ...all.filter((it) => it.command !== command && it.command.includes(file)).map((it) => it.command),
    ];
    const agent = JAVA_AGENTS.find(([name]) => told.some((it) => name.test(it)));
    if (agent) return [{ how: '-javaagent', gives: agent[2], ...(agent[1] && { family: agent[1] }) }];
    return hasSettings('applicationinsights.json') ? [{ family: 'azure', how: '-javaagent', gives: WITH_LOGS }] : [];
  });
}

function wordsOf(command: string): string {
  return command.replace(/["',=\s{]+/g, ' ').trim();
}
