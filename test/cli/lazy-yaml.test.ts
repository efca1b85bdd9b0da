/** The built command line loads the large YAML package only for files that the quick reader declines. */
import { spawnSync } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, write } from '../repo/temporary.ts';

/** Names of the files that a check loads. */
function loadedBy(path: string): readonly string[] {
  const cli = JSON.stringify(resolve('dist/cli.cjs'));
  const script = `require(${cli}).main(['check', ${JSON.stringify(path)}]).then(() => console.error(JSON.stringify(Object.keys(require.cache))))`;
  const { stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return (JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as string[]).map((it) => basename(it));
}

describe('a check', () => {
  it('of a plain repository loads neither judge', () => {
    const loaded = loadedBy('fixtures/services/payments');
    expect(loaded).toContain('cli.cjs');
    expect(loaded).not.toContain('yaml-judge.cjs');
    expect(loaded).not.toContain('manifest-judge.cjs');
  });

  it('loads them where YAML is odd', () => {
    const folder = temporaryFolder();
    write(folder, {
      'gonogo.yaml': 'apiVersion: !v gonogo/v1\nkind: Service\nname: odd\ntier: 3\n',
      'alerts.yaml': 'groups:\n  - name: !t a\n    rules:\n      - alert: A\n        expr: up == 0\n',
    });
    const loaded = loadedBy(folder);
    expect(loaded).toContain('manifest-judge.cjs');
    expect(loaded).toContain('yaml-judge.cjs');
  });
});
