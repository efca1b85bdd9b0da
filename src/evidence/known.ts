/** Values whose origin matters: what was written where it stands, what a chart's values or an overlay fill in, and what nobody can see without rendering. */
import type { Place } from '../model.ts';

/** A value that could be read. */
export interface Known<T> {
  readonly value: T;
  /**
   * `literal`: written where it counts. `values`: a chart's values file fills it in. `overlay`: a Kustomize overlay or patch sets it.
   * `default`: nobody wrote it, and the platform's documented default holds.
   */
  readonly via: 'literal' | 'values' | 'overlay' | 'default';
  readonly at: Place;
  /** The template's condition under which it holds, where that could not be decided. */
  readonly when?: string;
}

/** Something stands there that cannot be read without rendering it. */
interface Opaque {
  /** As written, e.g. `{{ include "app.replicas" . }}` or `${var.count}`. */
  readonly opaque: string;
  readonly at: Place;
}

/** A value, or the knowledge that one is there unseen. Absent fields are not set at all. */
export type Maybe<T> = Known<T> | Opaque;

/** Whether a value could be read. */
export function isKnown<T>(value: Maybe<T> | undefined): value is Known<T> {
  return value !== undefined && 'value' in value;
}
