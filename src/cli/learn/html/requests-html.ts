import { type SnippetLanguage, snippetLines } from '../../../scenario/snippets/snippet.ts';
import type { SnippetRequest } from '../../../scenario/snippets/snippet-request.ts';
import { escaped } from '../../diagram/markup.ts';
import { pasteable } from '../show-task.ts';
import type { PageWords } from './page-words.ts';
import { codeBlock } from './prose-html.ts';

const SHOWN: readonly { readonly language: SnippetLanguage; readonly name: string }[] = [
  { language: 'payintent', name: 'payintent' },
  { language: 'curl', name: 'curl' },
  { language: 'node', name: 'Node' },
];

/**
 * Requests in three languages, one of which is seen at a time; print shows all. Without a script: radio buttons decide.
 *
 * @param id unique on the page
 */
export function requestsHtml(id: string, requests: readonly SnippetRequest[], words: PageWords): string {
  if (requests.length === 0) return '';
  const inputs = SHOWN.map(
    ({ name }, index) =>
      `<input type="radio" name="${id}" id="${id}-${index}"${index === 0 ? ' checked' : ''}><label for="${id}-${index}" lang="en" dir="ltr">${name}</label>`,
  );
  const panels = SHOWN.map(({ language, name }) => {
    const blocks = requests.map((request) => snippetLines(language, request).join('\n'));
    const code = pasteable(language, blocks).join('\n\n');
    return `<div class="panel"><h4 lang="en" dir="ltr">${name}</h4>${codeBlock(code)}</div>`;
  });
  return `<fieldset class="tabs"><legend>${escaped(words.snippetLanguage)}</legend>
${inputs.join('\n')}
${panels.join('\n')}
</fieldset>`;
}
