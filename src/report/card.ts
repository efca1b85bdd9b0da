/** What to know about one alert at night, as plain data: the same for every format. Types only. */
import type { Place } from '../model.ts';

/** A stretch of text in one manner. */
export interface Span {
  readonly kind: 'text' | 'strong' | 'code' | 'link';
  readonly text: string;
  /** Where a link leads, as it is written. */
  readonly target?: string;
}

/** A block of a page, as it is read from top to bottom. */
export type PassageBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly spans: readonly Span[] }
  /** `marker` is a list's sign or number; `indent` counts columns. */
  | { readonly kind: 'text'; readonly indent: number; readonly marker?: string; readonly spans: readonly Span[] }
  | { readonly kind: 'code'; readonly indent: number; readonly language: string; readonly text: string }
  | { readonly kind: 'row'; readonly cells: readonly (readonly Span[])[] }
  | { readonly kind: 'rule' };

/** One thing that a section of the card says. */
export type CardItem =
  | { readonly kind: 'fact'; readonly label?: string; readonly text: string; readonly at?: Place }
  /** Something that one would want at night and that is not there, in a plain sentence. */
  | { readonly kind: 'absent'; readonly text: string; readonly at?: Place }
  /** To be pasted as it stands. */
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  /** Part of a page, word for word; `left` counts blocks that are not shown. */
  | { readonly kind: 'passage'; readonly blocks: readonly PassageBlock[]; readonly at?: Place; readonly left: number };

/** A question and what there is to say to it. */
export interface CardSection {
  readonly title: string;
  readonly items: readonly CardItem[];
}

/** The whole card. */
export interface Card {
  /** The alert's name. */
  readonly alert: string;
  /** Whose it is, in a few words. */
  readonly service: string;
  /** How the name was understood, where it was not given exactly. */
  readonly taken?: string;
  readonly sections: readonly CardSection[];
}
