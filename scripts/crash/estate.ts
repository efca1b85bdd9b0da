/** Writes an estate of tiny repositories: no two alike, one empty and one that cannot be judged among them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Day on which they are judged. */
export const AS_OF = '2026-11-16';

/** Writes so many folders below one; answers their names. */
export function writeEstate(folder: string, count: number): readonly string[] {
  const names = Array.from({ length: count }, (_, at) => `service-${String(at).padStart(4, '0')}`);
  for (const [at, name] of names.entries()) {
    for (const [file, text] of Object.entries(filesOf(name, at))) {
      const path = join(folder, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  return names;
}

function filesOf(name: string, at: number): Readonly<Record<string, string>> {
  if (at === 1) return { '.git/HEAD': 'ref: refs/heads/main\n', '.git/objects/.keep': '', '.git/refs/.keep': '' };
  const manifest = `apiVersion: gonogo/v1\nkind: Service\nname: ${name}\ntier: ${(at % 4) + 1}\nowner: team-${at % 7}\nreviewed: 2026-0${(at % 9) + 1}-01\n`;
  if (at === 2) return { 'gonogo.yaml': manifest, 'gonogo.policy.yaml': 'neither: policy\n' };
  const readme = `# ${name}\n\n${'It takes orders and passes them on.\n'.repeat(at % 5)}`;
  return { 'gonogo.yaml': manifest, 'README.md': readme };
}
