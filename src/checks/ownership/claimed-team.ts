/** Whether what the repository names is the team that the manifest claims. Compares names only. */
import type { Claims } from '../../manifest/manifest.ts';
import type { Answer } from './answers.ts';
import { isPerson, sameTeam } from './people.ts';

/** Whether a source names the claimed team, by its name or by one of its names in CODEOWNERS. */
export function agreesWith({ who }: Answer, claims: Claims): boolean {
  const names = [claims.owner?.team, ...(claims.owner?.repo_teams ?? [])].filter((it) => it !== undefined);
  return who.some((one) => !isPerson(one) && names.some((name) => sameTeam(one, name)));
}
