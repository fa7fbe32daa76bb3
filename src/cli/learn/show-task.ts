import type { ApiRecord } from '../../gateway/gateway.ts';
import { visitCommand } from '../../lessons/exercises/visit.ts';
import type { Lesson, Round } from '../../lessons/lesson.ts';
import { shownRequests, shownValues } from '../../lessons/shown-requests.ts';
import { type SnippetLanguage, snippetLines } from '../../scenario/snippets/snippet.ts';
import { redact } from '../redact.ts';

/**
 * One way to do what a round asks for, as lines to paste, a block for each request; empty where a program is to be
 * changed and nothing is to be sent.
 *
 * @param objects what is known by name; ids of the rest are placeholders
 */
export function requestBlocks(
  lesson: Lesson,
  { task }: Round,
  objects: ReadonlyMap<string, ApiRecord>,
  as: SnippetLanguage,
): string[][] {
  const shown = shownValues(objects, lesson);
  const visits = (task.exercise?.visits ?? []).map((visit) =>
    visitCommand(shown(visit), '$SHOP').split('\n'),
  );
  const requests = shownRequests(task.steps, objects, lesson).map((request) => {
    const code = snippetLines(as, request).join('\n');
    return redact(as === 'payintent' && task.reveals === true ? `${code} --show-secrets` : code);
  });
  return [...visits, ...pasteable(as, requests).map((code) => code.split('\n'))];
}

/** The client secret of an intent, masked or not known yet, with the quotes that only its stand-in needs. */
const SECRET = /'?client_secret=(pi_(?:\w+?|…))_secret_(?:\*\*\*|…)'?/g;

/** The address of the shop, in quotes that keep a shell from putting it in. */
const QUOTED_SHOP = /'([^'\s]*\$SHOP[^'\s]*)'/g;

/** Requests as a shell takes them when they are pasted: a secret that is not shown is read by a line before them. */
export function pasteable(as: SnippetLanguage, requests: readonly string[]): readonly string[] {
  if (as !== 'payintent' && as !== 'curl') return requests;
  const [, id] = new RegExp(SECRET.source).exec(requests.join('\n')) ?? [];
  return [
    ...(id === undefined ? [] : [`SECRET=$(payintent retrieve ${id} --fields client_secret --show-secrets)`]),
    ...requests.map((code) => code.replace(SECRET, 'client_secret=$SECRET').replace(QUOTED_SHOP, '$1')),
  ];
}
