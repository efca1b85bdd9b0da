/** Frameworks as things that run: each version once, wherever it is. Pure. */
import type { Framework } from '../../evidence/frameworks.ts';
import { counted } from '../words.ts';
import type { Running } from './running.ts';

/** What is not for development alone. One release in many modules is one thing to move. */
export function frameworksOf(frameworks: readonly Framework[]): readonly Running[] {
  const found = new Map<string, readonly Framework[]>();
  for (const it of frameworks) {
    if (it.scope === 'development') continue;
    const key = `${it.product} ${it.version ?? it.open ?? ''}`;
    found.set(key, [...(found.get(key) ?? []), it]);
  }
  return [...found.values()].flatMap((all) => {
    const [first] = [...all].sort((a, b) => depthOf(a) - depthOf(b));
    return first ? [runningAs(first, new Set(all.map(({ at }) => at.path)).size - 1)] : [];
  });
}

/** Modules inherit what the file above them says, and that is the one to change. */
function depthOf({ at }: Framework): number {
  return at.path.split('/').length;
}

function runningAs({ product, name, version, open, at }: Framework, others: number): Running {
  const also = others > 0 ? `, as ${others === 1 ? 'does' : 'do'} ${counted(others, 'other file')}` : '';
  const shown = version === undefined ? `${at.path} has ${name}${also}` : `${name} ${version}${also}`;
  return {
    product,
    shown,
    how: 'has',
    at,
    ...(version !== undefined && { version }),
    ...(open !== undefined && { open }),
  };
}
