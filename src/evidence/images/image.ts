/** The shape of one image that a Dockerfile describes. Types only. */
import type { Place } from '../../model.ts';

/** What a stage begins with. */
export interface Base {
  /** With ARG's defaults filled in, as far as they are written down. */
  readonly image: string;
  /** Part of it is filled in by whoever builds it. */
  readonly open: boolean;
  readonly digest: boolean;
  /** Index of the stage of this file that it is. */
  readonly stage?: number;
  readonly at: Place;
}

/** Whom something says to run as. */
export interface User {
  /** As it comes out; `$NAME` remains where nothing is written down. */
  readonly name: string;
  readonly kind: 'root' | 'other' | 'open';
  readonly at: Place;
}

/** One stage of a Dockerfile. */
export interface Stage {
  readonly name?: string;
  readonly base: Base;
  /** Images that it copies files from; stages of this file among them. */
  readonly copies?: readonly Base[];
  /** The last USER of the stage. */
  readonly user?: User;
  readonly healthcheck?: { readonly none: boolean; readonly at: Place };
  /** The last EXPOSE of the stage. */
  readonly exposes?: Place;
  /** What it starts: `shell` puts a shell between the signal and the program. */
  readonly start?: { readonly form: 'exec' | 'shell'; readonly text: string; readonly at: Place };
  readonly at: Place;
}

/** Whom the image runs as when nothing outside says otherwise. */
export interface RunsAs {
  readonly kind: 'root' | 'other' | 'unknown';
  readonly because: string;
  readonly at: Place;
}

/** One Dockerfile. */
export interface Image {
  readonly file: string;
  readonly stages: readonly Stage[];
  /** Index of the stage that is deployed: the last, unless its name says that it only tests or develops what stands before it. */
  readonly deployed: number;
  readonly runsAs: RunsAs;
  /** Why it is not taken for an image that serves users. */
  readonly aside?: { readonly because: string };
  /** Where the repository says to build it for more than a laptop; by text, and only as far as that goes. */
  readonly built: readonly Place[];
  readonly at: Place;
}
