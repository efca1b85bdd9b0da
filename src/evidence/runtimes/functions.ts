/** Runtimes of functions: the Serverless Framework, AWS SAM and CloudFormation, Terraform. Pure; by lines. */
import { type Draft, linesOf, type Reader } from './draft.ts';
import type { Tool } from './tools.ts';

export const FUNCTIONS: readonly Reader[] = [
  { files: /(^|\/)serverless[\w.-]*\.ya?ml$/, source: 'platform', read: runtimes },
  {
    files: /(^|\/)[\w.-]*(template|sam|cloudformation|cfn|stack)[\w.-]*\.(ya?ml|json)$/i,
    source: 'platform',
    read: runtimes,
  },
  { files: /\.tf$/, source: 'platform', read: runtimes },
];

const LAMBDA: Tool = { family: 'aws-lambda', product: 'aws-lambda' };
/** Names of AWS' runtimes; those of other clouds are written in other ways. */
const RUNTIME =
  /^\s*"?runtime"?\s*[:=]\s*["']?((?:nodejs|python|java|dotnet(?:core)?|ruby|go|provided)[\w.]*)["']?\s*,?\s*$/i;

function runtimes(text: string): readonly Draft[] {
  return linesOf(text).flatMap((line, index): readonly Draft[] => {
    const written = RUNTIME.exec(line)?.[1];
    // Google's are python311 and nodejs20, without the dot.
    if (written === undefined || /^(nodejs\d+|python\d+|ruby\d+|go\d+)$/i.test(written)) return [];
    return [{ tool: LAMBDA, written, dialect: 'exact', line: index + 1 }];
  });
}
