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
  const requests = shownRequests(task.steps, objects, lesson).map((request) =>
    redact(snippetLines(as, request).join('\n')).split('\n'),
  );
  return [...visits, ...requests];
}
