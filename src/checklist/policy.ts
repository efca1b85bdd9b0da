/** An organisation's policy as a run uses it: all layers as one, with what they bring along. Types only. */
import type { NamedChecklist } from '../run.ts';
import type { PolicyContent } from './merge-policy.ts';
import type { OwnChecks } from './plugins.ts';

/** A policy, resolved. */
export interface Policy extends PolicyContent {
  /** Name of its file. */
  readonly name: string;
  /** Of all it says about judging, and of what it brings along: equal digests mean that both judge alike. */
  readonly digest: string;
  /** `acme.yaml:12`: where a value stands, by JSON pointer such as `/rules/release~1canary/severity/tier1`. */
  originOf(pointer: string): string | undefined;
}

/** By what is judged: the built-in checklists, an organisation's own, its policy and its checks. */
export interface Yardstick {
  readonly checklists: readonly NamedChecklist[];
  readonly policy?: Policy;
  /** Checks of plug-ins by their ids. */
  readonly checks: OwnChecks;
}
