/** Files that instruct a programming assistant. They say how to write a runbook or a threat model, and are none themselves. */

const INSTRUCTIONS =
  /(?:^|\/)(?:skills|prompts|instructions|chatmodes|\.claude|\.cursor|\.windsurf|\.continue|\.codex|\.gemini)\/|^\.github\/(?:agents|skill)\/|\.(?:prompt|instructions|agent|chatmode)\.md$|(?:^|\/)(?:skill|agents|claude|gemini|copilot-instructions)\.md$/i;

/** Whether a path is that of instructions for an assistant. */
export function isForAssistants(path: string): boolean {
  return INSTRUCTIONS.test(path);
}
