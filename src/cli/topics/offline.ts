import type { Operations } from '../../gateway/coverage.ts';
import type { Result } from '../spec.ts';
import { type Definition, definitions, paragraph, section } from './definitions.ts';

/** What the list of endpoints cannot say. */
const limits: readonly string[] = [
  'Connected accounts, and every parameter that moves money between accounts.',
  'Invoices, subscriptions, Checkout sessions and payment links.',
  'The Dashboard, e-mails and receipts.',
  'Radar rules of your own: only what the test cards document happens.',
  'Live mode, for good.',
];

export async function offlineTopic(): Promise<Result> {
  const { coverage } = await import('../../gateway/coverage.ts');
  const covered = coverage();
  const rows = [
    ...operations(covered.emulated).map((what) => ({ what, emulated: true, why: '' })),
    ...operations(covered.missing).map((what) => ({ what, emulated: false, why: '' })),
    ...Object.entries(covered.methods).map(([what, why]) => ({ what, emulated: false, why })),
  ];
  return {
    data: { ...covered, limits },
    view: {
      human: (ui) =>
        [
          section(
            'The offline emulator',
            paragraph(
              `It answers as Stripe's API ${covered.apiVersion} does, in this process: no key, no account, no network. Its state is one SQLite file that every command shares (payintent config show says where), and its ids begin with 0. Its clock is its own and can be advanced.`,
              ui,
            ),
            ui,
          ),
          section('Emulated', definitions(lines(covered.emulated), ui), ui),
          section(
            'Not emulated',
            [
              paragraph(
                `Whatever is not emulated answers so, with the code emulator_unsupported, and is never guessed. That is ${covered.others} further endpoints, and of those close by:`,
                ui,
              ),
              definitions(lines(covered.missing), ui),
            ].join('\n'),
            ui,
          ),
          section('Payment methods that are refused', definitions(Object.entries(covered.methods), ui), ui),
          section('Also not there', limits.map((line) => paragraph(line, ui)).join('\n'), ui),
        ].join('\n\n'),
      rows,
      columns: ['what', 'emulated', 'why'],
      key: 'what',
      prose: true,
    },
  };
}

function lines(resources: Operations): Definition[] {
  return Object.entries(resources).map(([resource, names]) => [resource, names.join(', ')]);
}

function operations(resources: Operations): string[] {
  return Object.entries(resources).flatMap(([resource, names]) => names.map((name) => `${resource}.${name}`));
}
