import { environmentVariables } from '../environment.ts';
import type { Result } from '../spec.ts';
import { definitions, paragraph, section } from './definitions.ts';

export function environmentTopic(): Result {
  return {
    data: environmentVariables,
    view: {
      human: (ui) =>
        [
          section(
            'Environment',
            definitions(
              environmentVariables.map(({ name, meaning }) => [name, meaning]),
              ui,
            ),
            ui,
          ),
          section(
            'Which target',
            paragraph(
              '--offline or --test, then PAYINTENT_TARGET, then a key: from --api-key-file, STRIPE_API_KEY, STRIPE_SECRET_KEY or `payintent config set-key`, in this order, means test. Otherwise offline. Live keys (sk_live_, rk_live_) are refused wherever they come from.',
              ui,
            ),
            ui,
          ),
          'What of all this is in use, and where your files are: payintent doctor',
        ].join('\n\n'),
      rows: environmentVariables.map((row) => ({ ...row })),
      columns: ['name', 'meaning'],
      key: 'name',
      prose: true,
    },
  };
}
