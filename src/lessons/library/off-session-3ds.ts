import type { ApiRecord } from '../../gateway/gateway.ts';
import type { CallStep } from '../../scenario/format.ts';
import type { Lesson } from '../lesson.ts';
import { belongsTo, hasStatus, isPost, objectsOf, refusedWith } from '../looks.ts';
import type { Seen } from '../seen.ts';

const charge: CallStep = {
  title: 'Charge the saved card',
  call: 'payment_intents.create',
  as: 'intent',
  params: {
    amount: 2000,
    currency: 'usd',
    payment_method_types: ['card'],
    customer: '${customer.id}',
    payment_method: '${method.id}',
    confirm: true,
  },
};

const ofCustomer = ({ objects }: Seen) => {
  const customer = objects.get('customer');
  return (object: ApiRecord) => belongsTo(object, 'customer', customer);
};

/** A payment or a SetupIntent that left its card with the customer, for payments without them. */
function findSaving(seen: Seen): ApiRecord | undefined {
  const payments = objectsOf(seen.events, 'payment_intent.succeeded').filter(
    (intent) => intent['setup_future_usage'] === 'off_session',
  );
  const setups = objectsOf(seen.events, 'setup_intent.succeeded').filter(
    (intent) => intent['usage'] === 'off_session',
  );
  return [...setups, ...payments].filter(ofCustomer(seen)).at(-1);
}

/** Confirmations that said, or did not say, that the customer is away. */
const confirmations = ({ requests }: Seen, away: boolean) =>
  requests.filter(
    (request) =>
      isPost(request) &&
      (request.path.endsWith('/confirm') || request.params['confirm'] === 'true') &&
      (request.params['off_session'] === 'true') === away,
  );

/** The bank may want to see the customer, who is not there. */
export const offSession3ds: Lesson = {
  id: 'off-session-3ds',
  minutes: 8,
  terms: ['off_session', 'on_session', 'three_d_secure', 'setup_intent', 'customer'],
  rounds: [
    {
      id: 'save',
      kind: 'try',
      given: [
        {
          title: 'Create the customer',
          call: 'customers.create',
          as: 'customer',
          params: { name: 'Jenny Rosen' },
          expect: { events: ['customer.created'] },
        },
      ],
      predict: { choices: ['number', 'said', 'nothing'], right: 'said' },
      task: {
        steps: [
          {
            title: 'Pay the first month, and save the card',
            call: 'payment_intents.create',
            as: 'saving',
            params: {
              amount: 2000,
              currency: 'usd',
              payment_method_types: ['card'],
              customer: '${customer.id}',
              payment_method: 'pm_card_authenticationRequiredOnSetup',
              setup_future_usage: 'off_session',
              confirm: true,
            },
            expect: { events: ['payment_intent.created', 'payment_intent.requires_action'] },
          },
          {
            title: 'The customer passes 3D Secure',
            authenticate: '${saving.id}',
            outcome: 'succeed',
            expect: {
              events: ['payment_method.attached', 'charge.succeeded', 'payment_intent.succeeded'],
            },
          },
        ],
        finds: { saving: findSaving },
        checks: [
          {
            id: 'attached',
            met: (seen) => objectsOf(seen.events, 'payment_method.attached').some(ofCustomer(seen)),
          },
          { id: 'permitted', met: ({ objects }) => objects.has('saving') },
        ],
      },
    },
    {
      id: 'away',
      kind: 'try',
      predict: { choices: ['challenged', 'paid', 'declined'], right: 'paid' },
      task: {
        steps: [
          {
            ...charge,
            params: { ...charge.params, payment_method: '${saving.payment_method}', off_session: true },
            expect: {
              status: 'succeeded',
              events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
            },
          },
        ],
        finds: {
          intent: (seen) => {
            const all = seen.intents.filter(ofCustomer(seen));
            return all.find(({ status }) => status === 'succeeded') ?? all[0];
          },
        },
        checks: [
          {
            id: 'said-away',
            met: (seen) => confirmations(seen, true).length > 0,
          },
          {
            id: 'paid',
            met: (seen) =>
              hasStatus('intent', 'succeeded')(seen) &&
              confirmations(seen, true).some(({ status }) => status < 400),
          },
        ],
      },
    },
    {
      id: 'insists',
      kind: 'try',
      given: [
        {
          title: 'Save a card whose bank always asks',
          call: 'payment_methods.attach',
          on: 'pm_card_authenticationRequired',
          as: 'method',
          params: { customer: '${customer.id}' },
        },
      ],
      predict: { choices: ['mail', 'declined', 'waits'], right: 'declined' },
      task: {
        steps: [
          {
            ...charge,
            params: { ...charge.params, off_session: true },
            expect: {
              status: 'requires_payment_method',
              error: {
                status: 402,
                code: 'authentication_required',
                decline_code: 'authentication_required',
              },
              events: ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed'],
            },
          },
          {
            title: 'Confirm it again, with the customer there',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method: '${method.id}' },
            expect: { status: 'requires_action', events: ['payment_intent.requires_action'] },
          },
          {
            title: 'The customer passes 3D Secure',
            authenticate: '${intent.id}',
            outcome: 'succeed',
            expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
          },
        ],
        finds: {
          intent: (seen) => {
            const failed = objectsOf(seen.events, 'payment_intent.payment_failed').map(({ id }) => id);
            const all = seen.intents.filter(({ id }) => failed.includes(id));
            return all.find(({ status }) => status === 'succeeded') ?? all[0];
          },
        },
        checks: [
          { id: 'declined', met: refusedWith('authentication_required') },
          {
            id: 'asked',
            met: ({ events, objects }) =>
              objectsOf(events, 'payment_intent.requires_action').some(
                ({ id }) => id === objects.get('intent')?.['id'],
              ),
          },
          { id: 'paid', met: hasStatus('intent', 'succeeded') },
        ],
      },
    },
    {
      id: 'forgotten',
      kind: 'break',
      predict: { choices: ['declined', 'stuck', 'paid'], right: 'stuck' },
      task: {
        steps: [
          {
            ...charge,
            expect: {
              status: 'requires_action',
              events: ['payment_intent.created', 'payment_intent.requires_action'],
            },
          },
        ],
        finds: {
          intent: (seen) => {
            const all = seen.intents.filter(ofCustomer(seen));
            return all.find(({ status }) => status === 'requires_action') ?? all[0];
          },
        },
        checks: [
          {
            id: 'not-said',
            met: (seen) => confirmations(seen, false).some(({ status }) => status < 400),
          },
          { id: 'stuck', met: hasStatus('intent', 'requires_action') },
        ],
      },
    },
  ],
};
