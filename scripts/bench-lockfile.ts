/** Writes a pnpm lockfile of six megabytes: seventeen thousand packages, each of which needs a few others. */
import { writeFileSync } from 'node:fs';

/** Packages that are in it. */
export const LOCKED = 17_000;
const NEEDS = 5;

/** Writes it in version 9 of the format. */
export function writePnpmLock(path: string): void {
  const all = Array.from({ length: LOCKED }, (_, at) => at);
  const importers = all
    .slice(0, 60)
    .map((at) => `      ${nameOf(at)}:\n        specifier: ^1.${at % 50}.0\n        version: ${versionOf(at)}\n`);
  const packages = all.map(
    (at) =>
      `\n  ${keyOf(at)}:\n    resolution: {integrity: sha512-${String(at).padStart(86, 'q')}==}\n    engines: {node: '>=18'}\n`,
  );
  const snapshots = all.map((at) => `\n  ${keyOf(at)}:\n    dependencies:\n${needsOf(at).map(needText).join('')}`);
  writeFileSync(
    path,
    `lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n\nimporters:\n\n  .:\n    dependencies:\n${importers.join('')}\npackages:\n${packages.join('')}\nsnapshots:\n${snapshots.join('')}`,
  );
}

function needsOf(at: number): readonly number[] {
  return Array.from({ length: NEEDS }, (_, need) => (at * 7 + need * 131 + 1) % LOCKED);
}

function needText(at: number): string {
  return `      ${nameOf(at)}: ${versionOf(at)}\n`;
}

function nameOf(at: number): string {
  return at % 4 === 0 ? `'@scope-${at % 97}/part-${at}'` : `package-${at}`;
}

function versionOf(at: number): string {
  return `1.${at % 50}.${at % 7}`;
}

function keyOf(at: number): string {
  return at % 4 === 0 ? `'@scope-${at % 97}/part-${at}@${versionOf(at)}'` : `package-${at}@${versionOf(at)}`;
}
