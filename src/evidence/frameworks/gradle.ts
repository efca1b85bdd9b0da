/** Frameworks that builds of Gradle name: by plugin, coordinates or catalogue, which are programs and are not run. A version that is not plain stays open. Pure. */
import { FRAMEWORK_GROUPS } from '../../lifecycles/framework.ts';
import type { Place } from '../../model.ts';
import type { TextAt } from '../lockfiles/locked.ts';

/** One framework of a build. */
export interface Built {
  /** Key in the table of lifecycles. */
  readonly product: string;
  /** The plugin or group. */
  readonly name: string;
  /** Where it is plain. */
  readonly version?: string;
  readonly at: Place;
}

interface Line {
  readonly text: string;
  readonly at: Place;
}

const LONGEST = 500;
const MOST_LINES = 20_000;
const VERSION = /^\d[\w.+-]{0,60}$/;
const COMMENT = /^\s*(?:\/\/|#|\*|\/\*)/;

/** What a build file names; `around` are further files of Gradle that may say versions, nearest first. */
export function frameworksBuilt(build: TextAt, around: readonly TextAt[]): readonly Built[] {
  const own = linesOf(build);
  const all = [...own, ...around.flatMap(linesOf)];
  const built = [...FRAMEWORK_GROUPS].flatMap(([group, product]): readonly Built[] => {
    const naming = all.filter(({ text }) => names(text, group));
    const used = own.find(({ text }) => isUse(text, group)) ?? aliasOf(own, naming);
    if (!used) return [];
    for (const line of naming) {
      const version = versionOn(line, group, all);
      if (version !== undefined) return [{ product, name: group, version, at: line.at }];
    }
    return [{ product, name: group, at: used.at }];
  });
  // Of a framework with several groups the one that says a version tells.
  return built.filter((it) => it === (built.find(isSame(it, true)) ?? built.find(isSame(it, false))));
}

function isSame({ product }: Built, hasVersion: boolean): (it: Built) => boolean {
  return (it) => it.product === product && (it.version !== undefined || !hasVersion);
}

function linesOf({ path, text }: TextAt): readonly Line[] {
  return text
    .split('\n', MOST_LINES)
    .map((line, index) => ({ text: line.slice(0, LONGEST), at: { path, line: index + 1 } }))
    .filter((line) => !COMMENT.test(line.text));
}

/** Between quotes, alone or as the beginning of coordinates. */
function names(text: string, group: string): boolean {
  return (
    text.includes(`"${group}"`) ||
    text.includes(`'${group}'`) ||
    /["']/.test(text.charAt(text.indexOf(`${group}:`) - 1))
  );
}

/** What is left out, tested with or only named for others uses nothing. */
function isUse(text: string, group: string): boolean {
  return names(text, group) && !/\bexclude\b|^\s*test\w*\b|\bapply\s+false\b/.test(text);
}

/** `libs.plugins.spring.boot` of `spring-boot = { id = "…" }` in a catalogue. */
function aliasOf(own: readonly Line[], naming: readonly Line[]): Line | undefined {
  const keys = naming.flatMap(({ text, at }) =>
    at.path.endsWith('.toml') ? (/^\s*([\w.-]{1,100})\s*=/.exec(text)?.[1] ?? []) : [],
  );
  const accessors = keys.map((key) => `.${key.replace(/[-_]/g, '.')}`);
  return own.find(({ text }) => /\blibs\b/.test(text) && accessors.some((it) => text.includes(it)));
}

/** What a line says behind the group's name, looked up where it is a name itself. */
function versionOn({ text }: Line, group: string, all: readonly Line[]): string | undefined {
  const rest = text.slice(text.indexOf(group) + group.length);
  const said =
    /^["']\s*\)?\s*version\s*\(?\s*["']?([^"'\s)]{1,200})/.exec(rest)?.[1] ??
    /^:[\w.-]{1,200}:([^"':@\s]{1,200})/.exec(rest)?.[1] ??
    /\bversion(?:\.ref)?\s*[:=]\s*["']([^"']{1,200})["']/.exec(rest)?.[1];
  if (said === undefined || VERSION.test(said)) return said;
  return plainValueOf(said.replace(/^\$?\{?|\}$/g, '').replace(/^(?:rootProject\.|project\.|ext\.)+/, ''), all);
}

/** `name = 'value'`, `name=value`, `set('name', 'value')`; undefined where several differ. */
function plainValueOf(name: string, all: readonly Line[]): string | undefined {
  const values = all.flatMap(({ text }) => {
    const [, key = '', value] =
      /([A-Za-z_][\w.-]{0,100})["']?\s*[=,]\s*["']?(\d[\w.+-]{0,60})["']?\s*\)?\s*[,;]?\s*$/.exec(text) ?? [];
    return value !== undefined && key.replace(/^ext\./, '') === name ? [value] : [];
  });
  return new Set(values).size === 1 ? values[0] : undefined;
}
