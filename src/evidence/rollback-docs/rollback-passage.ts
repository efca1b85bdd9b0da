/** Tells a heading about taking a release back from the many other things that are rolled back, and counts what a passage tells to do. Pure. */
import { isStub } from '../pages/stub.ts';

const BACK = /\broll(?:ing|ed|s)?[- ]?backs?\b|\brevert(?:ing|s)?\b|\bback(?:ing)? out\b|\bundo(?:ing)?\b/i;
/** What is taken back. */
const RELEASE =
  /\breleases?\b|\bdeploy\w*|\bversions?\b|\bproduction\b|\bprod\b|\bapp(?:lication)?s?\b|\bservices?\b|\bbuilds?\b|\bimages?\b|\bcharts?\b|\brollouts?\b|\bhot-?fix/i;
/** Rolled back as well, and not a release. */
const OTHER =
  /\btransactions?\b|\bmigrations?\b|\bschema\b|\bdatabases?\b|\bcommits?\b|\bdecisions?\b|\battacks?\b|\bpermissions?\b|\bcommand reference\b|\bprivate\b|\bpublic\b|\bdefaults?\b|\b(?:the|`)? ?rollback`? actions?\b|\bapi\b|\bpull requests?\b|\bbranch\b|\bsegment\b/i;
/** Nothing but the word: what surrounds it says of what. */
const BARE =
  /^(?:[\d.]+\s*)?(?:how to |to )?(?:roll(?:ing)?[- ]?back|revert(?:ing)?)s?(?: (?:plan|process|procedure|steps?|instructions?|strategy|guide|runbook))?[:.?!]?$|\b(?:and|or|&|\/) roll(?:ing)?[- ]?back$|^(?:[\d.]+\s*)?roll(?:ing)?[- ]?back (?:and|or|&|\/)/i;
const OPERATIONS =
  /releas|deploy|run-?book|play-?book|operation|\bops\b|rollout|incident|disaster|on-?call|production/i;
/** Ways in which releases are taken back. */
const MEANS =
  /\bkubectl rollout undo\b|\bhelm rollback\b|\bargocd app rollback\b|\bprevious (?:version|release|image|tag|deployment|revision|build)\b|\bre-?deploy|\bimage tag\b|\bdeploy(?:ing)? (?:the |an? )?(?:previous|older|earlier|last)/i;

/** Whether a heading is about taking something back. */
export function isRollbackTitle(title: string): boolean {
  return BACK.test(title.slice(0, 300));
}

/** Whether what is taken back is a release of the service. `context`: path, title and the headings above. */
export function isAboutRelease(title: string, context: string, text: string): boolean {
  const plain = title.slice(0, 300).replace(BACK, ' ');
  if (OTHER.test(plain) && !/\bdeploy|\brelease/i.test(plain)) return false;
  if (RELEASE.test(plain)) return true;
  return BARE.test(title.trim()) && (OPERATIONS.test(context) || MEANS.test(text));
}

/** What somebody is told to do, at the beginning of a sentence, a line or after a word that leads to it. */
const ACT =
  /(?:^|[.:;,]\s+|\b(?:then|and|please|to|can|should|must)\s+)(?:re-?deploy|re-?run|re-?start|run|use|click|select|choose|set|pin|merge|promote|trigger|dispatch|scale|execute|go to|open|find|locate|navigate|switch|point|deploy|apply|revert|roll back|check out|push|restore|change|update|enter|press|create|wait|verify|confirm|tell|notify)\b/gim;

/** Sentences and lines that tell to act; a mark such as TODO tells nothing. */
export function stepsIn(text: string): number {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !isStub(line))
    .reduce((sum, line) => sum + (line.slice(0, 2000).match(ACT)?.length ?? 0), 0);
}
