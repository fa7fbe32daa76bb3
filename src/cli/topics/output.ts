import type { Result } from '../spec.ts';
import { type Definition, definitions, paragraph, section } from './definitions.ts';

const forms: readonly Definition[] = [
  ['terminal', 'for people: colours, relative times, what to type next'],
  ['pipe', 'one record a line, tabs between, no header; full values, ISO times, amounts in minor units'],
  ['--json', 'the unmodified API object; a list is the list object'],
  ['--jsonl', 'one object a line: each item of a list, each event of a stream'],
  ['--fields a,b', 'only these fields, in any form; dots reach inside: last_payment_error.code'],
  ['-q', 'ids only, and nothing on stderr but errors'],
];

export function outputTopic(): Result {
  return {
    data: forms.map(([form, meaning]) => ({ form, meaning })),
    view: {
      human: (ui) =>
        [
          section('Output', definitions(forms, ui), ui),
          section(
            'Streams',
            paragraph(
              'stdout is the answer and nothing else. stderr has the target, notes, the next commands and errors. With --json an error is one JSON object on stderr, and stdout stays empty.',
              ui,
            ),
            ui,
          ),
          section(
            'Colour',
            paragraph(
              'Decided for each stream: --color, then NO_COLOR, FORCE_COLOR, TERM=dumb, then whether it is a terminal.',
              ui,
            ),
            ui,
          ),
          section(
            'Secrets',
            paragraph(
              'Client secrets are masked for people, in errors and in logs; --show-secrets shows them. --json is the unmodified object, since your program needs it. Keys are never shown whole.',
              ui,
            ),
            ui,
          ),
        ].join('\n\n'),
      rows: forms.map(([form, meaning]) => ({ form, meaning })),
      columns: ['form', 'meaning'],
      key: 'form',
      prose: true,
    },
  };
}
