/** How programs end: settings and handlers are found where they are, and not in comments, tests or documentation. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collector } from '../../src/evidence/shutdown.ts';
import { collected, spot } from './collected.ts';

async function endingsOf(path: string, text: string): Promise<readonly string[]> {
  const { facts } = await collected(collector, { [path]: text });
  return facts.endings.map(({ kind, at }) => `${kind} ${spot(at)}`);
}

it.each([
  ['src/main/resources/application-prod.yml', 'server:\n  shutdown: "graceful"\n', 'drains', 2],
  ['config/application.properties', 'server.shutdown=graceful\n', 'drains', 1],
  ['main.go', 'signal.Notify(stop, os.Interrupt, syscall.SIGTERM)\nsrv.Shutdown(ctx)\n', 'drains', 1],
  ['main.go', 'signal.Notify(stop, os.Interrupt, syscall.SIGTERM)\nos.Exit(0)\n', 'handles', 1],
  ['src/index.ts', "\nprocess.once('SIGTERM', () => server.close());\n", 'drains', 2],
  ['src/index.js', "process.on('SIGTERM', () => process.exit(0));\n", 'handles', 1],
  ['app/run.py', 'signal.signal(signal.SIGTERM, stop)\n', 'handles', 1],
])('%s: %j', async (path, text, kind, line) => {
  expect(await endingsOf(path, text)).toEqual([`${kind} ${path}:${line}`]);
});

it.each([
  ['main.go', '// signal.Notify(stop, syscall.SIGTERM)\n'],
  ['main_test.go', 'signal.Notify(stop, syscall.SIGTERM)\n'],
  ['docs/example.js', "process.on('SIGTERM', stop);\n"],
  ['tests/server.ts', "process.on('SIGTERM', stop);\n"],
  ['main.go', 'signal.Notify(stop, os.Interrupt)\n'],
  ['values.yaml', 'shutdown: graceful\n'],
])('is not told by %s: %j', async (path, text) => {
  expect(await endingsOf(path, text)).toEqual([]);
});

it('never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      const { facts } = await collected(collector, { 'main.go': `${text}signal.Notify(${text}`, 'a.py': text });
      expect(facts.code).toBe(2);
    }),
    { numRuns: 50 },
  );
});
