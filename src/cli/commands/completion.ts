/** `gonogo completion`: prints the script by which a shell completes our commands, flags and words. */
import type { Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { type Place, placesOf } from '../completion/vocabulary.ts';
import { zshScript } from '../completion/zsh.ts';
import { print } from '../streams.ts';

/** A shell that we write for. */
export type Shell = 'bash' | 'zsh' | 'fish';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies {
  readonly [shell in Shell]: (places: readonly Place[]) => string;
};

/** Prints the script and nothing else. */
export function completion(shell: Shell, program: Command): void {
  print(SCRIPTS[shell](placesOf(program)));
}
