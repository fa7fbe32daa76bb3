import type { CallStep, Scenario } from '../format.ts';

const createCustomer: CallStep = {
  title: 'Create the customer',
  why: 'Everything that is saved for a customer hangs below this object.',
  call: 'customers.create',
  as: 'customer',
  params: { name: 'Jenny Rosen', email: 'jenny@example.com' },
  expect: { events: ['customer.created'] },
};

const createMethod: CallStep = {
  title: 'Make a payment method of a card',
  why: 'A payment method on its own sends no event.',
  call: 'payment_methods.create',
  as: 'method',
  params: { card: { token: 'tok_visa' }, type: 'card' },
  expect: { events: [] },
};

const attach: CallStep = {
  title: 'Attach it to the customer',
  why: 'From here on the card can be charged for this customer.',
  call: 'payment_methods.attach',
  on: '${method.id}',
  params: { customer: '${customer.id}' },
  expect: { events: ['payment_method.attached'] },
};

const addSource: CallStep = {
  title: 'Add a card the old way',
  why: 'Sources and payment methods are two views of one card: both kinds of events are sent.',
  call: 'customers.create_source',
  on: '${customer.id}',
  as: 'card',
  params: { source: 'tok_visa' },
  expect: { events: ['payment_method.attached', 'customer.source.created', 'customer.updated'] },
};

/** Customers and what belongs to them. */
export const customerScenarios: readonly Scenario[] = [
  {
    id: 'customer-life',
    title: 'A customer is created, changed and deleted',
    teaches: 'Deleting a customer is final, and what was saved with it is gone.',
    subject: 'customer',
    steps: [
      createCustomer,
      {
        title: 'Change the name',
        why: 'Only what is sent changes.',
        call: 'customers.update',
        on: '${customer.id}',
        params: { name: 'Jenny Rosen-Alvarez' },
        expect: { events: ['customer.updated'] },
      },
      {
        title: 'Delete the customer',
        why: 'Saved cards go, payments stay: history is never deleted.',
        call: 'customers.del',
        on: '${customer.id}',
        expect: { events: ['customer.deleted'] },
      },
    ],
  },
  {
    id: 'payment-method-life',
    title: 'A payment method is attached, changed and detached',
    teaches:
      'A detached payment method cannot be attached again: the customer has to enter the card once more.',
    subject: 'method',
    steps: [
      createCustomer,
      createMethod,
      attach,
      {
        title: 'Change the billing details',
        why: 'The number of a card cannot be changed; its billing details can.',
        call: 'payment_methods.update',
        on: '${method.id}',
        params: { billing_details: { name: 'Jenny Rosen-Alvarez' } },
        expect: { events: ['payment_method.updated'] },
      },
      {
        title: 'Detach it',
        why: 'The customer removes the card from the account page.',
        call: 'payment_methods.detach',
        on: '${method.id}',
        expect: { events: ['payment_method.detached'] },
      },
    ],
  },
  {
    id: 'customer-source',
    title: 'A card is saved and removed the old way',
    teaches: 'Sources came before payment methods; accounts that still use them send their events too.',
    subject: 'customer',
    steps: [
      createCustomer,
      addSource,
      {
        title: 'Remove the card',
        why: 'It is gone in both views.',
        call: 'customers.delete_source',
        on: ['${customer.id}', '${card.id}'],
        expect: { events: ['payment_method.detached', 'customer.source.deleted', 'customer.updated'] },
      },
    ],
  },
];
