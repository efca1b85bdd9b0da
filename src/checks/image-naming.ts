/** Whether the name of an image means the same tomorrow: by its digest, its tag, or neither. Pure. */
import { productNamed } from '../lifecycles/cycle.ts';
import { contentsOf } from '../lifecycles/image.ts';

/** What an image's name says about what it will mean tomorrow. `local`: a bare name, which may be one of a build's own. */
export type Naming = 'digest' | 'version' | 'moving' | 'untagged' | 'local' | 'filled';

/** Words that name a tag instead of being one: `app_version`, `IMAGE_TAG`, `set-by-pipeline`. */
const NAMES_A_TAG =
  /(^|[-_.])(tag|version|sha|commit|digest|build|revision|hash)([-_.]?(id|number|no|here))?$|(^|[-_.])(replace|placeholder|change-?me|fill|inject(ed)?|override|overridden|to-?do|tbd|dummy|(set|filled|given)-(by|in|at)|ci|pipeline|deploy(ment)?-time)([-_.]|$)/i;

/** Tells it by the name alone. */
export function namingOf(image: string): Naming {
  if (/@sha256:[0-9a-f]{64}$/i.test(image)) return 'digest';
  // A scheme, e.g. ko://, names what a build tool puts an image's digest in the place of.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(image)) return 'filled';
  const name = image.replace(/@.*$/, '');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  // A bare name without registry, organisation and tag is what a build tool or an overlay fills in.
  if (tag === undefined) return name.includes('/') ? 'untagged' : 'local';
  // What kubebuilder writes, for its own make targets to replace.
  if (image === 'controller:latest') return 'filled';
  if (/^0+(\.0+){2}$/.test(tag) || /^x+(\.x+){0,2}$/i.test(tag)) return 'filled';
  if (isWordForTag(tag)) return 'filled';
  // A version has a number in it; a commit's short form does too, but for a few of a million.
  const isNumbered = /\d/.test(tag) && !/^(latest|main|master|stable|edge|nightly|dev|develop)\b/i.test(tag);
  return isNumbered || isRelease(image) ? 'version' : 'moving';
}

/** `debian:bookworm-slim` is a release as `debian:12` is, and `python:bookworm` whichever Python is newest. */
function isRelease(image: string): boolean {
  const { programs, os } = contentsOf(image);
  if (programs.length > 0 || os === undefined || os === 'none') return false;
  return Object.keys(productNamed(os.product)?.codenames ?? {}).includes(os.version?.toLowerCase() ?? '');
}

/** Whether a pipeline is to put the tag in its place: it is a word for one, or a variable's name. */
function isWordForTag(tag: string): boolean {
  return !/\d/.test(tag) && (NAMES_A_TAG.test(tag) || /^[A-Z]+(_[A-Z]+)+$/.test(tag));
}
