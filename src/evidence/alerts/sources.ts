/** Which files may hold a service's alert rules: those the manifest names, anywhere, and the service's own. Opens none of them. */
import { placeOf } from '../../manifest/manifest.ts';
import type { Delegated, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { resolveReference } from '../references/resolve-reference.ts';
import { isDocumentation } from '../sources.ts';

/** Files that `alerts.sources` leads to. What it refers to elsewhere, out of reach, is delegated. */
export function namedFiles(sources: Sources, unread: Unread[], delegated: Delegated[]): readonly SourceFile[] {
  const found = new Map<string, SourceFile>();
  for (const [index, reference] of (sources.manifest.claims.alerts?.sources ?? []).entries()) {
    const { outcome, files } = resolveReference(reference.split('#', 1)[0] ?? '', sources, unread);
    if (outcome === 'url' || outcome === 'root-not-at-hand') {
      delegated.push({ at: placeOf(sources.manifest, `/alerts/sources/${index}`), to: reference });
    }
    for (const file of files) found.set(keyOf(file), file);
  }
  return [...found.values()];
}

/** The service's own candidates that are not named anyway. Rules rendered into a `generated` folder are the ones that run. */
export function ownFiles(sources: Sources, named: readonly SourceFile[]): readonly SourceFile[] {
  const known = new Set(named.map(keyOf));
  return sources.files.filter(
    (file) =>
      (file.class === 'source' || file.class === 'generated') &&
      /\.(ya?ml|rules|tpl|json)$/i.test(file.path) &&
      !isDocumentation(file.path) &&
      !known.has(keyOf(file)),
  );
}

function keyOf({ root, path }: SourceFile): string {
  return `${root}\0${path}`;
}
