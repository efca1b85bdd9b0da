/** What a process has once and any code in it can change: its environment and settings, its globals, and what is in node's modules. */
import childProcess from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import timers from 'node:timers';

/** Values by a name that tells where they are. */
export type ProcessState = ReadonlyMap<string, unknown>;

const MODULES = { childProcess, dns, fs, fsPromises, http, https, net, os, timers };

/** As it is now. */
export function processState(): ProcessState {
  return new Map<string, unknown>([
    ...Object.entries(process.env).map(([name, value]) => [`env ${name}`, value] as const),
    ['working directory', process.cwd()],
    ['umask', process.umask()],
    ['exit code', process.exitCode],
    ...Object.entries(MODULES).flatMap(([name, module]) => values(`node:${name}`, module)),
    ...values('globalThis', globalThis).flatMap(([name, value]) => [
      [name, value] as const,
      ...(typeof value === 'function' ? [...values(name, value), ...values(`${name}.prototype`, value.prototype)] : []),
    ]),
    ['stdout.write', process.stdout.write],
    ['stderr.write', process.stderr.write],
  ]);
}

/** Names of what is not as it was, sorted. Node makes some of its globals when they are first asked for: what was not there may come. */
export function changedSince(before: ProcessState, now: ProcessState = processState()): readonly string[] {
  const changed = [...before].filter(([name, value]) => !Object.is(now.get(name), value)).map(([name]) => name);
  const added = [...now.keys()].filter((name) => !before.has(name) && name.startsWith('env '));
  return [...changed, ...added].sort();
}

/** Properties of its own that hold a value; asking for others might run something. */
function values(name: string, owner: unknown): readonly (readonly [string, unknown])[] {
  if (owner === null || owner === undefined) return [];
  const found = Object.entries(Object.getOwnPropertyDescriptors(owner)) as [string, PropertyDescriptor][];
  return found.filter(([, it]) => 'value' in it).map(([key, { value }]) => [`${name}.${key}`, value] as const);
}
