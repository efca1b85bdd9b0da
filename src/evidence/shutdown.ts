/** How programs of the repository end: frameworks told to finish open requests, and handlers of the signal to end. Says where, not how well. */

import type { Place } from '../model.ts';
import { defineCollector, type SourceFile } from './collector.ts';
import { isDocumentation, placeIn } from './sources.ts';

/** One place that says how a program ends. */
export interface Ending {
  /**
   * `drains`: a framework's setting, or a handler whose file also closes the server, so that what is open is finished.
   * `handles`: the signal is handled, and what that does is not told.
   * `server`: a server that finishes open requests by itself when it gets the signal, if that is what runs.
   */
  readonly kind: 'drains' | 'handles' | 'server';
  /** For a person, e.g. "server.shutdown: graceful". */
  readonly what: string;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly endings: readonly Ending[];
  /** Files of code that were looked at; without any, nothing can be said about how the code ends. */
  readonly code: number;
}

/** Servers that finish open requests by themselves, where a repository names what it depends on. */
const SERVERS: readonly (readonly [files: RegExp, sign: RegExp])[] = [
  [/(^|\/)Gemfile$/, /^[ \t]*gem[ (]+["'](puma|unicorn|falcon)["']/m],
  [
    /(^|\/)(requirements[\w-]*\.(txt|in)|pyproject\.toml|Pipfile)$/,
    /^[ \t]*["']?(gunicorn|uvicorn|hypercorn|waitress)\b/m,
  ],
  [/\.csproj$/, /Sdk=["'](Microsoft\.NET\.Sdk\.Web)["']/],
];

/** What one kind of file says. `closes`: what else the file has to do for the handler to count as draining. */
interface Pattern {
  readonly files: RegExp;
  readonly sign: RegExp;
  readonly what: string;
  readonly closes?: RegExp;
}

const SPRING = /(^|\/)(application|bootstrap)(-[\w-]+)?\.(ya?ml|properties)$/i;
const SCRIPT = /\.(c|m)?(j|t)sx?$/;
/** What exports traces and metrics is shut down too, and that closes no server. */
const GO_CLOSES =
  /(?<!\b(?:[tml]p|\w{0,40}(?:[pP]rovider|[tT]rac(?:er|ing)|[eE]xporter|[tT]elemetry|[oO]tel)))\.(?:Shutdown|GracefulStop)\(/;
const PATTERNS: readonly Pattern[] = [
  {
    files: SPRING,
    sign: /^[ \t]*(server\.)?shutdown[ \t]*[:=][ \t]*["']?graceful\b/m,
    what: 'server.shutdown: graceful',
  },
  { files: SPRING, sign: /^[ \t]*quarkus\.shutdown\.timeout[ \t]*=[ \t]*[1-9]/m, what: 'quarkus.shutdown.timeout' },
  {
    files: /\.go$/,
    sign: /\bsignal\.Notify(Context)?\([^\n]{0,200}\bSIGTERM\b/,
    what: 'signal.Notify for SIGTERM',
    closes: GO_CLOSES,
  },
  // Kubernetes' own libraries for operators.
  {
    files: /\.go$/,
    sign: /\b\w{1,60}\.SetupSignal(Handler|Context)\(/,
    what: 'SetupSignalHandler',
    closes: new RegExp(`${GO_CLOSES.source}|\\b([mM]gr|[mM]anager)\\.Start\\(`),
  },
  {
    files: SCRIPT,
    sign: /\[[^\]]{0,200}["'`]SIGTERM["'`][^\]]{0,200}\][^;]{0,200}\bprocess\.(on|once|addListener)\(/,
    what: 'process.on for several signals',
    closes: /\.(close|shutdown|stop)\(/,
  },
  {
    files: SCRIPT,
    sign: /\bprocess\.(on|once|addListener)\(\s{0,20}["'`]SIGTERM["'`]/,
    what: "process.on('SIGTERM')",
    closes: /\.(close|shutdown|stop)\(/,
  },
  { files: SCRIPT, sign: /\.enableShutdownHooks\(/, what: 'enableShutdownHooks' },
  {
    files: SCRIPT,
    sign: /\bcreateTerminus\(|\bgracefulShutdown\(|["']http-graceful-shutdown["']/,
    what: 'a graceful shutdown library',
  },
  {
    files: /\.py$/,
    sign: /\bsignal\.signal\(\s{0,20}(signal\.)?SIGTERM\b|add_signal_handler\(\s{0,20}(signal\.)?SIGTERM\b/,
    what: 'a handler of SIGTERM',
    closes: /\.(shutdown|stop|close)\(/,
  },
  {
    files: /\.(java|kt|scala|groovy)$/,
    sign: /\baddShutdownHook\b/,
    what: 'addShutdownHook',
    closes: /\.(shutdown|stop|close|awaitTermination)\(/,
  },
  { files: /\.cs$/, sign: /\bApplicationStopping\b|\bShutdownTimeout\b/, what: 'the host is told how to stop' },
  { files: /\.rs$/, sign: /\bwith_graceful_shutdown\(|\bSignalKind::terminate\(/, what: 'with_graceful_shutdown' },
  { files: /\.(rb|ru)$/, sign: /\b(Signal\.)?trap\(?\s{0,5}["':](SIG)?TERM\b/, what: 'a trap of TERM' },
];
const CODE = /\.(go|(c|m)?(j|t)sx?|py|java|kt|scala|groovy|cs|rs|rb|php|ex|exs|clj)$/;
/** Largest file of code that is looked at; what is larger is generated or data. */
const CAP = 256 * 1024;

export const collector = defineCollector<Facts>({
  summary: 'how programs end: settings of frameworks for a graceful shutdown, and handlers of SIGTERM in code',
  collect(sources) {
    const own = sources.files.filter(
      ({ class: kind, path, size }) => kind === 'source' && size <= CAP && !isDocumentation(path),
    );
    const asked = own.filter(
      ({ path }) =>
        [...PATTERNS.map(({ files }) => files), ...SERVERS.map(([files]) => files)].some((files) => files.test(path)) &&
        !/[._-](test|spec)\.\w+$|_test\.go$/.test(path),
    );
    const endings = asked.flatMap((file) => endingsIn(file, sources.text(file, []) ?? ''));
    return {
      facts: { endings, code: own.filter(({ path }) => CODE.test(path)).length },
      looked: {
        files: asked.length,
        note:
          endings.length === 1 ? '1 place says how a program ends' : `${endings.length} places say how a program ends`,
      },
      unread: [],
      delegated: [],
    };
  },
});

function endingsIn(file: SourceFile, text: string): readonly Ending[] {
  const signs = PATTERNS.filter(({ files }) => files.test(file.path)).flatMap(({ sign, what, closes }) =>
    endingAt(file, text, sign, () => ({ kind: !closes || closes.test(text) ? 'drains' : 'handles', what })),
  );
  const servers = SERVERS.filter(([files]) => files.test(file.path)).flatMap(([, sign]) =>
    endingAt(file, text, sign, (name) => ({ kind: 'server', what: name })),
  );
  return [...signs, ...servers];
}

function endingAt(
  file: SourceFile,
  text: string,
  sign: RegExp,
  told: (name: string) => Pick<Ending, 'kind' | 'what'>,
): readonly Ending[] {
  const found = sign.exec(text);
  if (!found || isCommented(text, found.index)) return [];
  const line = text.slice(0, found.index + found[0].length).split('\n').length;
  return [{ ...told(found[1] ?? ''), at: placeIn(file, line) }];
}

function isCommented(text: string, index: number): boolean {
  const start = text.lastIndexOf('\n', index) + 1;
  return /^\s*(\/\/|#|\*|--)/.test(text.slice(start, index + 2));
}
