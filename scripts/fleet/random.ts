/** Numbers that look random and are the same for the same seed (mulberry32). */

/** A source of numbers, with the choices that are made by them. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** Whether something of this likelihood happens. */
  happens(likelihood: number): boolean;
  hex(digits: number): string;
  base64(bytes: number): string;
}

/** The source of one thing of a fleet: `seed` is the fleet's, `n` the thing's. */
export function randomOf(seed: number, n: number): Random {
  let state = (Math.imul(seed, 7919) + Math.imul(n, 104_729)) >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (from) => from[below(from.length)] ?? from[0],
    happens: (likelihood) => next() < likelihood,
    hex: (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join(''),
    base64: (bytes) => Buffer.from(Array.from({ length: bytes }, () => below(256))).toString('base64'),
  };
}
