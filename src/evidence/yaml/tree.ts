/** The syntax tree of YAML as both of our readers make it: what is written, and where. Types only; offsets are UTF-16 units from the text's start. */

/** Whatever can be a value or a key. */
export type YamlNode = YamlMap | YamlList | YamlScalar | YamlAlias;

/** What all nodes have; tag and anchor stand before `from`. */
interface Written {
  readonly from: number;
  readonly anchor?: string;
  /** Told only by the reader that knows tags. */
  readonly tag?: string;
}

/** A map; its keys may repeat. */
export interface YamlMap extends Written {
  readonly kind: 'map';
  readonly pairs: readonly YamlPair[];
}

/** A key and what it holds; null where not even a colon is written. */
export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode | null;
}

/** A list. */
export interface YamlList extends Written {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

/** A word, a text or nothing. */
export interface YamlScalar extends Written {
  readonly kind: 'scalar';
  /** Where it ends, with its closing quote. */
  readonly to: number;
  /** By the core schema of YAML 1.2. */
  readonly value: unknown;
  /** The text it was made of, lines folded and escapes resolved: `1.10` stays `1.10`. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'literal' | 'folded';
}

/** `*name`. */
export interface YamlAlias extends Written {
  readonly kind: 'alias';
  readonly name: string;
}

/** One document without faults. */
export interface YamlTree {
  readonly root: YamlNode;
  /** Where the next document begins, or the text ends: lines that only hold a template's actions count. */
  readonly end: number;
}

/** One reason why a document is not readable. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** The documents without faults, and the faults of the others. */
export interface Composed {
  readonly trees: readonly YamlTree[];
  readonly faults: readonly Fault[];
}

/** Deepest nesting that is read: whoever walks a tree may recurse. */
export const MAX_DEPTH = 100;
