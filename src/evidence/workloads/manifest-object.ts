/** One Kubernetes object as its readers see it, whether it stands in a plain file, comes out of a chart or out of an overlay. Types only. */
import type { Place } from '../../model.ts';
import type { YamlPath } from '../yaml/yaml.ts';

/** An object with values that remember where they come from. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** The object's plain value; what cannot be read without rendering is opaque text (see `isOpaque` of the YAML reader). */
  readonly value: Readonly<Record<string, unknown>>;
  /** Where a value stands, or the nearest of its ancestors that is written anywhere. */
  at(path: YamlPath): Place;
  /** How a value got there. */
  via(path: YamlPath): 'literal' | 'values' | 'overlay';
  /** Environment by the manifest or by the names of files and folders; absent: what all environments share. */
  readonly environment?: string;
  readonly aside?: { readonly because: string };
  readonly partial?: string;
  readonly when?: string;
  /** Objects of one origin belong together and are joined only with each other: the chart's or the overlay's folder, or ''. */
  readonly origin: string;
}
