import type { ApiRecord } from '../../gateway/gateway.ts';
import type { RequestLog } from '../../gateway/request-log.ts';
import type { CallStep } from '../../scenario/format.ts';
import type { Lesson } from '../lesson.ts';
import { INTENTS } from '../looks.ts';
import type { Seen } from '../seen.ts';

const create: CallStep = {
  title: 'Your server creates the payment',
  call: 'payment_intents.create',
  params: {
    amount: 3000,
    currency: 'usd',
    payment_method_types: ['card'],
    metadata: { order: '1001' },
  },
};

/** Requests that a browser could have sent. */
const fromBrowser = ({ requests }: Seen) => requests.filter(({ key_type }) => key_type === 'publishable');

const isAbout = ({ path }: RequestLog, intent: ApiRecord | undefined) =>
  intent !== undefined && path.split('/').includes(String(intent['id']));

/** Whether a browser was told that this takes the secret key. */
const needsSecretKey = (seen: Seen, fits: (request: RequestLog) => boolean) =>
  fromBrowser(seen).some((request) => request.status === 401 && request.method === 'POST' && fits(request));

/** What a page may do with the secret of one payment, and what it may not. */
export const theClientSecret: Lesson = {
  id: 'the-client-secret',
  minutes: 7,
  terms: ['client_secret', 'publishable_key', 'secret_key'],
  rounds: [
    {
      id: 'be-the-browser',
      kind: 'try',
      given: [{ ...create, as: 'intent' }],
      predict: { choices: ['everything', 'some', 'nothing'], right: 'some' },
      task: {
        steps: [
          {
            title: 'The page looks at its payment',
            call: 'payment_intents.retrieve',
            on: '${intent.id}',
            key: 'publishable',
            params: { client_secret: '${intent.client_secret}' },
          },
          {
            title: 'The page confirms it',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            key: 'publishable',
            params: { client_secret: '${intent.client_secret}', payment_method: 'pm_card_visa' },
            expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
          },
        ],
        checks: [
          {
            id: 'looked',
            met: (seen) =>
              fromBrowser(seen).some(
                (request) =>
                  request.method === 'GET' &&
                  request.status === 200 &&
                  isAbout(request, seen.objects.get('intent')),
              ),
          },
          {
            id: 'confirmed',
            met: (seen) =>
              fromBrowser(seen).some(
                (request) =>
                  request.path.endsWith('/confirm') &&
                  request.status === 200 &&
                  isAbout(request, seen.objects.get('intent')),
              ),
          },
        ],
      },
    },
    {
      id: 'another-intent',
      kind: 'try',
      given: [{ ...create, title: 'Somebody else creates a payment', as: 'other' }],
      predict: { choices: ['same-account', 'look-only', 'refused'], right: 'refused' },
      task: {
        steps: [
          {
            title: 'Use the secret of the one with the id of the other',
            call: 'payment_intents.retrieve',
            on: '${other.id}',
            key: 'publishable',
            params: { client_secret: '${intent.client_secret}' },
            expect: { error: { status: 400, code: 'payment_intent_invalid_parameter' } },
          },
        ],
        checks: [
          {
            id: 'refused',
            met: (seen) =>
              fromBrowser(seen).some(
                (request) =>
                  request.error?.code === 'payment_intent_invalid_parameter' &&
                  isAbout(request, seen.objects.get('other')),
              ),
          },
        ],
      },
    },
    {
      id: 'no-more',
      kind: 'break',
      predict: { choices: ['cheaper', 'cancel', 'create', 'none'], right: 'none' },
      task: {
        steps: [
          {
            title: 'The page makes its payment cheaper',
            call: 'payment_intents.update',
            on: '${other.id}',
            key: 'publishable',
            params: { client_secret: '${other.client_secret}', amount: 100 },
            expect: { error: { status: 401 } },
          },
          {
            title: 'The page cancels it',
            call: 'payment_intents.cancel',
            on: '${other.id}',
            key: 'publishable',
            params: { client_secret: '${other.client_secret}' },
            expect: { error: { status: 401 } },
          },
          {
            title: 'The page creates one of its own',
            call: 'payment_intents.create',
            key: 'publishable',
            params: { amount: 100, currency: 'usd' },
            expect: { error: { status: 401 } },
          },
        ],
        checks: [
          {
            id: 'no-change',
            met: (seen) => needsSecretKey(seen, ({ path }) => /\/payment_intents\/pi_\w+$/.test(path)),
          },
          { id: 'no-cancel', met: (seen) => needsSecretKey(seen, ({ path }) => path.endsWith('/cancel')) },
          { id: 'no-create', met: (seen) => needsSecretKey(seen, ({ path }) => path === INTENTS) },
        ],
      },
    },
  ],
};
