import { answerText, answerWithBody, locationOf } from '../answer.ts';
import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';

/** Whether deliveries get to the handler at all, and what stands in the way. */
export const reachChecks: readonly Check[] = [
  {
    id: 'reachable',
    title: 'somebody answers at the URL',
    needs: 'nothing',
    effects: false,
    async run(_bench, { outcome }) {
      if (outcome.kind === 'answered')
        return pass(`A delivery was answered in ${Math.round(outcome.ms)} ms.`);
      const fixes: Partial<Record<typeof outcome.reason, string>> = {
        refused: 'Start the app, and check the port of the URL.',
        dns: 'Check the host name of the URL.',
        tls: 'Give the server a certificate that others trust, or test over http://.',
        timeout: 'Answer before the work is done, and look for what the handler waits for.',
        url: 'Write the URL as http://127.0.0.1:3000/webhook.',
      };
      return fail(
        `A delivery got ${answerText(outcome)}.`,
        fixes[outcome.reason] ?? 'Look into the log of the server for why it broke the connection off.',
      );
    },
  },
  {
    id: 'wrong-path',
    title: 'the path is that of the handler',
    needs: 'answer',
    effects: false,
    async run(_bench, { kind, outcome }) {
      const text = answerText(outcome);
      if (kind === 'page') {
        return fail(
          `A delivery was answered ${text} with a page for browsers: this is not the handler.`,
          'Check the path of the URL; apps of one page answer every path.',
        );
      }
      if (kind !== 'wrong_path') return pass('The route exists and takes POST.');
      return text === '405'
        ? fail(
            'A delivery was answered 405: the route is there, and takes no POST.',
            'Register the handler for POST.',
          )
        : fail(
            `A delivery was answered ${text}: there is no such route.`,
            'Check the path of the URL, with its prefix (/api) and the slash at its end.',
          );
    },
  },
  {
    id: 'redirect',
    title: 'deliveries are not redirected',
    needs: 'answer',
    effects: false,
    async run({ options }, { kind, outcome }) {
      if (kind !== 'redirect') return pass('No redirect.');
      const to = locationOf(outcome);
      return fail(
        `A delivery was answered ${answerText(outcome)}${to === undefined ? '' : `, to ${to}`}; Stripe follows no redirects.`,
        to === undefined
          ? 'Register the final address of the handler.'
          : `Use the final address: ${absolute(to, options.url)}${endsInSlash(to, options.url)}`,
      );
    },
  },
  {
    id: 'auth-wall',
    title: 'no login stands before the handler',
    needs: 'answer',
    effects: false,
    async run(_bench, { kind, outcome }) {
      if (kind !== 'auth_wall') return pass('No login is asked for.');
      const to = locationOf(outcome);
      return fail(
        `A delivery was answered ${answerWithBody(outcome)}${to === undefined ? '' : `, to ${to}`}: something wants to know who is calling.`,
        'Exempt the route from the login: from the middleware of the app, from basic auth of a proxy, from the protection of preview deployments. The signature says who is calling.',
      );
    },
  },
  {
    id: 'csrf',
    title: 'no CSRF check stands before the handler',
    needs: 'answer',
    effects: false,
    async run({ options }, { kind, outcome }) {
      if (kind !== 'csrf') return pass('No CSRF token is asked for.');
      const { framework } = options;
      return fail(
        `A delivery was answered ${answerWithBody(outcome)}: a CSRF check refused it.`,
        framework?.csrf ??
          'Exempt the route from the CSRF check: @csrf_exempt in Django, skip_before_action in Rails, validateCsrfTokens(except: …) in Laravel, ignoringRequestMatchers in Spring.',
      );
    },
  },
];

function absolute(location: string, base: string): string {
  try {
    return new URL(location, base).href;
  } catch {
    return location;
  }
}

/** The redirect everybody meets: only a slash at the end differs. */
function endsInSlash(location: string, base: string): string {
  const [to, from] = [absolute(location, base), absolute('', base)];
  return to === `${from}/` || from === `${to}/` ? ' (only the slash at the end differs)' : '';
}
