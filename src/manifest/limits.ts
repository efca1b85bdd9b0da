/** How large a manifest may be: far more than anybody writes by hand, and little enough to be read at once. */
import { MAX_DEPTH } from '../evidence/yaml/tree.ts';

/** Bytes, or rather characters: the longest hand-written manifest seen is a fiftieth of it. */
export const TEXT_CAP = 1024 * 1024;
/** Levels of nesting in a document. */
export const DEPTH_CAP = MAX_DEPTH;
/** A hundred thousand tokens are about ten thousand lines; parsing them takes a fifth of a second. */
export const TOKEN_CAP = 100_000;
