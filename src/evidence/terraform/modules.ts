/** The folders of Terraform files as modules: what their locals and variables stand for, by their own defaults, by tfvars files beside them and by whoever calls them in this repository. */
import type { SourceFile } from '../collector.ts';
import type { Expression, SyntaxBlock, SyntaxFile } from './syntax.ts';
import { type Computed, compute, type Scope } from './values.ts';

/** One parsed file. */
export interface Parsed {
  readonly file: SourceFile;
  readonly syntax: SyntaxFile;
}

/** A module with its files and its scope. */
export interface Module {
  readonly folder: string;
  readonly files: readonly Parsed[];
  readonly scope: Scope;
}

interface Names {
  readonly locals: ReadonlyMap<string, Expression>;
  readonly defaults: ReadonlyMap<string, Expression>;
  /** From tfvars files: those Terraform reads by itself, else those for production. */
  readonly given: ReadonlyMap<string, Expression>;
}

interface Call {
  readonly from: string;
  readonly block: SyntaxBlock;
}

/** Most levels of callers, and of locals in locals, that are followed. */
const DEEPEST = 12;
const AUTOMATIC = /(^|\/)terraform\.tfvars$|\.auto\.tfvars$/;
const PRODUCTION = /(^|[/_.-])(prod|production|prd|live)([/_.-]|\.tfvars$)/i;

/** All modules. `values` are tfvars files. */
export function modulesOf(files: readonly Parsed[], values: readonly Parsed[]): readonly Module[] {
  const folders = new Map<string, Parsed[]>();
  for (const it of files) folders.set(keyOf(it), [...(folders.get(keyOf(it)) ?? []), it]);
  const names = new Map(
    [...folders].map(([folder, its]) => [folder, namesIn(its, valuesFor(folder, values))] as const),
  );
  const calls = callsIn(files);
  function scopeOf(folder: string, depth: number): Scope {
    const memory = new Map<string, Computed | undefined>();
    const scope: Scope = {
      lookUp(kind, name) {
        const key = `${kind}.${name}`;
        if (memory.has(key) || depth > DEEPEST) return memory.get(key);
        // While it is computed, whatever refers back to it finds nothing.
        memory.set(key, undefined);
        memory.set(key, kind === 'local' ? local(name) : variable(name));
        return memory.get(key);
      },
    };
    function local(name: string): Computed | undefined {
      const expression = names.get(folder)?.locals.get(name);
      return expression && compute(expression, scope);
    }
    function variable(name: string): Computed | undefined {
      const given = names.get(folder)?.given.get(name);
      if (given) return { ...compute(given, NOTHING), via: 'values' };
      const callers = calls.get(folder) ?? [];
      if (callers.length > 0) {
        const passed = callers.map(({ from, block }) => {
          const argument = block.attributes.find((it) => it.name === name);
          return argument ? compute(argument.value, scopeOf(from, depth + 1)) : defaultOf(name, 'values');
        });
        const [first] = passed;
        const agree = passed.every((it) => JSON.stringify(it?.value) === JSON.stringify(first?.value));
        return agree && first ? { ...first, via: first.via === 'literal' ? 'values' : first.via } : undefined;
      }
      return defaultOf(name, 'default');
    }
    function defaultOf(name: string, via: Computed['via']): Computed | undefined {
      const expression = names.get(folder)?.defaults.get(name);
      return expression && { ...compute(expression, NOTHING), via };
    }
    return scope;
  }
  return [...folders].map(([folder, its]) => ({ folder, files: its, scope: scopeOf(folder, 0) }));
}

const NOTHING: Scope = { lookUp: () => undefined };

function keyOf({ file }: Parsed): string {
  return `${file.root}\0${folderOf(file.path)}`;
}

/** The folder a path is in; '' for the root. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function valuesFor(folder: string, values: readonly Parsed[]): readonly Parsed[] {
  const beside = values.filter(
    (it) => keyOf(it) === folder || keyOf(it).startsWith(folder === '\0' ? folder : `${folder}/`),
  );
  const automatic = beside.filter(({ file }) => AUTOMATIC.test(file.path));
  return automatic.length > 0 ? automatic : beside.filter(({ file }) => PRODUCTION.test(file.path));
}

function namesIn(files: readonly Parsed[], values: readonly Parsed[]): Names {
  const blocks = files.flatMap(({ syntax }) => syntax.blocks);
  const locals = blocks.filter(({ type }) => type === 'locals').flatMap(({ attributes }) => attributes);
  const defaults = blocks.flatMap(({ type, labels, attributes }) => {
    const value = attributes.find(({ name }) => name === 'default')?.value;
    return type === 'variable' && labels[0] && value ? [[labels[0], value] as const] : [];
  });
  return {
    locals: new Map(locals.map(({ name, value }) => [name, value])),
    defaults: new Map(defaults),
    given: new Map(values.flatMap(({ syntax }) => syntax.attributes.map(({ name, value }) => [name, value] as const))),
  };
}

/** Calls of modules in this repository, by the folder that is called. */
function callsIn(files: readonly Parsed[]): ReadonlyMap<string, readonly Call[]> {
  const calls = new Map<string, Call[]>();
  for (const parsed of files) {
    for (const block of parsed.syntax.blocks.filter(({ type }) => type === 'module')) {
      const source = block.attributes.find(({ name }) => name === 'source')?.value;
      if (source?.form !== 'literal' || typeof source.value !== 'string' || !/^\.\.?\//.test(source.value)) continue;
      const target = `${parsed.file.root}\0${resolved(folderOf(parsed.file.path), source.value)}`;
      calls.set(target, [...(calls.get(target) ?? []), { from: keyOf(parsed), block }]);
    }
  }
  return calls;
}

function resolved(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
