/** What the terminal at hand can show: width, colour, links. Computed once; never by the reporters. */
import type { Canvas } from '../report/canvas.ts';

/** Flags that bear on it. */
export interface CanvasFlags {
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

type Level = Canvas['colour'];

/** The canvas of stdout. */
export function canvasFor(
  flags: CanvasFlags,
  env: NodeJS.ProcessEnv = process.env,
  stdout: Partial<NodeJS.WriteStream> = process.stdout,
): Canvas {
  const terminal = stdout.isTTY === true;
  const colour = colourLevel(flags.color, env, terminal, stdout);
  return {
    width: terminal ? (stdout.columns ?? 80) : 0,
    colour,
    hyperlinks: terminal && colour > 0 && showsLinks(env),
    unicode: /UTF-?8/i.test(env.LC_ALL ?? env.LC_CTYPE ?? env.LANG ?? 'UTF-8') && env.TERM !== 'linux',
    quiet: flags.quiet ?? false,
    verbose: flags.verbose ?? false,
  };
}

/** Flag over NO_COLOR over FORCE_COLOR over CLICOLOR over what the terminal says; CI logs show colour although they are no terminal. */
function colourLevel(
  flag: boolean | undefined,
  env: NodeJS.ProcessEnv,
  terminal: boolean,
  stdout: Partial<NodeJS.WriteStream>,
): Level {
  if (flag === false) return 0;
  if (flag === true) return 1;
  if (env.NO_COLOR) return 0;
  if (env.FORCE_COLOR !== undefined) return forced(env.FORCE_COLOR);
  if (env.CLICOLOR_FORCE && env.CLICOLOR_FORCE !== '0') return 1;
  if (env.CLICOLOR === '0') return 0;
  if (env.GITHUB_ACTIONS || env.GITLAB_CI) return 1;
  if (!terminal || env.TERM === 'dumb') return 0;
  const depth = stdout.getColorDepth?.() ?? 1;
  if (depth >= 24) return 3;
  return depth >= 8 ? 2 : depth >= 4 ? 1 : 0;
}

function forced(value: string): Level {
  if (value === 'false' || value === '0') return 0;
  return value === '2' ? 2 : value === '3' ? 3 : 1;
}

/** Terminals known to follow OSC 8. */
function showsLinks(env: NodeJS.ProcessEnv): boolean {
  if (env.FORCE_HYPERLINK !== undefined) return env.FORCE_HYPERLINK !== '0';
  return (
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty'].includes(env.TERM_PROGRAM ?? '') ||
    env.TERM === 'xterm-kitty' ||
    Number(env.VTE_VERSION ?? 0) >= 5000
  );
}
