/** Follows runners whose commands stand in a configuration file: tox, nox, rake, composer, pre-commit. */
import { list, record, word } from '../plain-value.ts';
import type { Intent } from './pipeline.ts';
import { folderOf, joined, type Led, lineAt, nearest, type Script, type World } from './world.ts';

/** Where a command of such a runner leads. */
export function configured(words: readonly string[], cwd: string | undefined, world: World): Led {
  const [program = '', ...args] = words;
  if (program === 'tox')
    return named(
      args,
      cwd,
      world,
      ['tox.ini', 'tox.toml', 'pyproject.toml', 'setup.cfg'],
      /^\s*(?:commands\s*=.*|\S*)?.*\b(?:pytest|py\.test|unittest|nose2?|stestr|manage\.py test|trial|coverage run)\b/m,
      'tox',
    );
  if (program === 'nox')
    return named(
      args,
      cwd,
      world,
      ['noxfile.py'],
      /session\.run\([^)]*["'](?:pytest|unittest|coverage|py\.test)["']/,
      'nox',
    );
  if (program === 'rake')
    return named(
      args,
      cwd,
      world,
      ['Rakefile', 'rakefile', 'Rakefile.rb'],
      /RSpec::Core::RakeTask|Rake::TestTask|Minitest::TestTask|Rails\.application\.load_tasks|require ["']rspec/,
      'rake',
    );
  if (program === 'composer') return composer(args, cwd, world);
  if (program === 'pre-commit' || program === 'prek')
    return args.includes('run') || args.length === 0 ? preCommit(world) : undefined;
  return undefined;
}

const NO_TEST =
  /lint|format|style|docs?|mypy|flake8|black|ruff|isort|type|pylint|safety|bandit|build|release|migrate|db:|assets|deploy|bump/i;

/** The runner's file says that it runs tests, and what was asked for is not something else by name. */
function named(
  args: readonly string[],
  cwd: string | undefined,
  world: World,
  files: readonly string[],
  proof: RegExp,
  runner: string,
): Led {
  const from = cwd ?? '';
  const path = files
    .map((it) => joined(from, it))
    .find((it) => it !== undefined && proof.test((world.text(it) ?? '').slice(0, 200_000)));
  const asked = args.filter((it, index) => !it.startsWith('-') || /^-[es]/.test(args[index - 1] ?? '')).join(' ');
  if (asked !== '' && NO_TEST.test(asked) && !/test|spec|py\d|\bdefault\b/.test(asked)) return undefined;
  if (path === undefined) return 'nowhere';
  if (runner === 'rake' && asked !== '' && !/(?:^|[\s:])(?:test|spec|default|ci|cucumber|features)\b/.test(asked))
    return 'nowhere';
  const text = world.text(path) ?? '';
  const command = { tox: 'pytest', nox: 'pytest', rake: 'rspec' }[runner] ?? '';
  return [
    {
      text: command,
      path,
      line: lineAt(text, proof.exec(text)?.index ?? 0),
      options: { errexit: true, pipefail: false },
      cwd: folderOf(path),
      only: ['test'],
    },
  ];
}

function composer(args: readonly string[], cwd: string | undefined, world: World): Led {
  const dir = args.findIndex((it) => it === '-d' || it === '--working-dir');
  const from = dir >= 0 ? joined(cwd, args[dir + 1] ?? '') : cwd;
  const path = from === undefined ? world.named('composer.json')[0] : nearest(world, from, ['composer.json']);
  const plain = args.filter((it) => !it.startsWith('-'));
  const name = /^(?:run|run-script|exec)$/.test(plain[0] ?? '') ? plain[1] : plain[0];
  if (path === undefined || name === undefined) return undefined;
  const text = world.text(path) ?? '';
  const scripts = scriptsOf(text);
  const visit = (key: string, depth: number): readonly string[] => {
    const script = Object.hasOwn(scripts, key) && depth < 10 ? scripts[key] : undefined;
    return (typeof script === 'string' ? [script] : list(script)).flatMap((it) => {
      const command = word(it) ?? '';
      return command.startsWith('@') && !/^@(?:php|putenv|composer)\b/.test(command)
        ? visit(command.slice(1).split(' ', 1)[0] ?? '', depth + 1)
        : command.replace(/^@(?:php|composer)\s/, (it) => it.slice(1));
    });
  };
  const commands = visit(name, 0);
  if (commands.length === 0) return Object.hasOwn(scripts, name) || /test/.test(name) ? 'nowhere' : undefined;
  const line = lineAt(text, Math.max(text.indexOf(`"${name}"`, Math.max(text.indexOf('"scripts"'), 0)), 0));
  return commands.slice(0, 50).map((command) => ({
    text: command,
    path,
    line,
    options: { errexit: true, pipefail: false },
    cwd: folderOf(path),
  }));
}

function scriptsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return record(record(JSON.parse(text)).scripts);
  } catch {
    return {};
  }
}

/** Hooks that are scanners, each as the command it stands for. */
const HOOKS: readonly (readonly [hook: RegExp, command: string])[] = [
  [/^gitleaks/, 'gitleaks detect'],
  [/^(?:detect-secrets|detect-secrets-hook)$/, 'detect-secrets scan'],
  [/^trufflehog/, 'trufflehog git'],
  [/^(?:ggshield|ripsecrets|talisman|talisman-commit|git-secrets|secretlint|noseyparker|kingfisher\S*)$/, 'ripsecrets'],
  [/^bandit$/, 'bandit -r .'],
  [/^semgrep(?:-ci)?$/, 'semgrep ci'],
  [/^gosec\S*$/, 'gosec ./...'],
  [/^(?:checkov|terraform_checkov|terraform_tfsec|terraform_trivy)$/, 'checkov -d .'],
  [/^(?:pytest|pytest-check)$/, 'pytest'],
];

const SCANS: readonly Intent[] = ['secret-scan', 'sast', 'iac-scan', 'test'];

/** Scanners among the hooks of pre-commit; others are formatting. */
export function preCommit(world: World): Led {
  const path = ['.pre-commit-config.yaml', '.pre-commit-config.yml'].find((it) => world.paths.has(it));
  if (path === undefined) return undefined;
  const text = world.text(path) ?? '';
  const hooks = list(record(world.yaml(path)).repos).flatMap((repo) => list(record(repo).hooks).map(record));
  const scripts = hooks.flatMap((hook): readonly Script[] => {
    const id = word(hook.id) ?? '';
    const stages = list(hook.stages).map(String);
    const command = HOOKS.find(([pattern]) => pattern.test(id))?.[1];
    if (command === undefined || (stages.length > 0 && stages.every((it) => /manual|push|msg/.test(it)))) return [];
    const at = text.search(new RegExp(`id:\\s*["']?${id.replace(/[^\w-]/g, '.')}`));
    return [
      {
        text: command,
        path,
        line: lineAt(text, Math.max(at, 0)),
        options: { errexit: true, pipefail: false },
        cwd: '',
        only: SCANS,
      },
    ];
  });
  return scripts.length > 0 ? scripts : undefined;
}
