import { findCall } from '../../gateway/api-calls.ts';
import { isCall } from '../format.ts';
import type { StepResult } from '../runner.ts';
import { isWithoutMethod } from './below.ts';
import { goCode } from './go.ts';
import { payintentLine, payintentLines } from './payintent.ts';
import { SDKS } from './sdks.ts';
import { curlLines } from './shell.ts';
import type { SnippetRequest } from './snippet-request.ts';

/** The languages a request can be shown in. */
export const SNIPPET_LANGUAGES = ['payintent', 'curl', 'node', 'python', 'ruby', 'go', 'php'] as const;

export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

export function isSnippetLanguage(name: string): name is SnippetLanguage {
  return (SNIPPET_LANGUAGES as readonly string[]).includes(name);
}

/**
 * A request in a language, as lines to paste. SDK snippets use the client that `payintent emulator env --lang …` prints;
 * curl uses the variables of `payintent emulator env`. What no SDK can do, because the customer or the clock does it, is
 * shown as a payintent command.
 */
export function snippetLines(language: SnippetLanguage, request: SnippetRequest): string[] {
  const { call } = request;
  if (language === 'payintent') return payintentLines(request);
  if (language === 'curl') return curlLines(request);
  if (call !== undefined && isWithoutMethod(call)) return curlLines(request);
  if (call === undefined) {
    const own = payintentLine(request);
    const comment = language === 'python' || language === 'ruby' ? '#' : '//';
    return own === undefined ? curlLines(request) : [`${comment} no call of the API: ${own}`];
  }
  const code = language === 'go' ? goCode(call, request) : SDKS[language](call, request);
  return code.split('\n');
}

/** What a step sent, ready to be shown. */
export function snippetRequestOf({ step, request }: Pick<StepResult, 'request' | 'step'>): SnippetRequest {
  const call = isCall(step) ? findCall(step.call) : undefined;
  return { ...request, call: call?.id, ids: call === undefined ? [] : idsIn(call.path, request.path) };
}

/** The words of a path that stand where its pattern has placeholders. */
function idsIn(pattern: string, path: string): string[] {
  const words = path.split('/');
  return pattern
    .split('/')
    .flatMap((part, index) => (part.startsWith('{') ? [decodeURIComponent(words[index] ?? '')] : []));
}
