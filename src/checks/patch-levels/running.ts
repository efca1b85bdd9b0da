/** What the service runs on: runtimes, servers and systems of the images that serve users, and the runtimes of functions. Pure; names of images are all that is looked at. */
import type { Image, Stage } from '../../evidence/images/image.ts';
import type { Stated } from '../../evidence/runtimes/stated.ts';
import { productNamed } from '../../lifecycles/cycle.ts';
import { contentsOf } from '../../lifecycles/image.ts';
import type { Part } from '../../lifecycles/tag.ts';
import type { Place } from '../../model.ts';

/** One thing that runs. */
export interface Running extends Part {
  /** What says so, e.g. the name of an image. */
  readonly shown: string;
  /** `compiles with`: its library is in the program that was built with it. `states`: so says a file that version managers and platforms read. `has`: a lockfile or manifest has it. */
  readonly how: 'runs on' | 'compiles with' | 'states' | 'has';
  readonly at: Place;
}

/** Languages whose compiler puts their library into the program. */
const COMPILED = ['go', 'rust', 'dotnet', 'elixir', 'erlang'];

/** Stages that the deployed one is made of: those it begins with and those it copies from, itself first. */
export function stagesBehind({ stages, deployed }: Image): readonly Stage[] {
  const seen = new Set<number>();
  const open = [deployed];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const stage = stages[index];
    if (!stage || seen.has(index)) continue;
    seen.add(index);
    open.push(...[...(stage.copies ?? []), stage.base].flatMap(({ stage: index }) => index ?? []));
  }
  return [...seen].flatMap((index) => stages[index] ?? []);
}

/** The stage of a file that the deployed one is built up from, whose base is an image. */
function ground({ stages, deployed }: Image): Stage | undefined {
  let stage = stages[deployed];
  for (let left = stages.length; left > 0 && stage?.base.stage !== undefined; left--) stage = stages[stage.base.stage];
  return stage;
}

/** Runtimes and servers of an image: those of its base, or what its program was compiled with. */
export function programsOf(image: Image): readonly Running[] {
  const base = ground(image)?.base;
  if (!base) return [];
  const shown = withoutDigest(base.image);
  const own = contentsOf(base.image).programs.filter(isRun);
  if (own.length > 0) return own.map((part) => ({ ...part, shown, how: 'runs on', at: base.at }));
  const compilers = stagesBehind(image).flatMap(({ base: { image: name, stage, at } }) =>
    stage === undefined
      ? contentsOf(name)
          .programs.filter(({ product }) => COMPILED.includes(product))
          .map((part) => ({ ...part, shown: withoutDigest(name), how: 'compiles with' as const, at }))
      : [],
  );
  if (compilers.length > 0) return compilers;
  return [
    {
      product: '',
      open: 'it names no runtime, and what is put into it is not looked at',
      shown,
      how: 'runs on',
      at: base.at,
    },
  ];
}

/** The system of an image; undefined where there is none to maintain. */
export function systemOf(image: Image): Running | undefined {
  const base = ground(image)?.base;
  if (!base) return undefined;
  const { os } = contentsOf(base.image);
  if (os === 'none') return undefined;
  return {
    ...(os ?? { product: '', open: 'its name does not say which system it has' }),
    shown: withoutDigest(base.image),
    how: 'runs on',
    at: base.at,
  };
}

/** The runtimes of functions. */
export function functionsOf(stated: readonly Stated[]): readonly Running[] {
  return stated
    .filter(({ source }) => source === 'platform')
    .map(({ product, version, written, at }) => ({
      product,
      shown: written,
      how: 'runs on',
      at,
      ...(version !== undefined && { version }),
    }));
}

/** Build tools are not what runs; what the table does not know may be. */
function isRun({ product }: Part): boolean {
  const kind = productNamed(product)?.kind;
  return kind === undefined || kind === 'runtime' || kind === 'service';
}

function withoutDigest(image: string): string {
  return image.replace(/@sha256:.*/, '');
}
