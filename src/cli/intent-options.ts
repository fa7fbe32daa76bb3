import type { OptionSpec } from './spec.ts';

export const paymentMethodOption: OptionSpec = {
  name: 'payment-method',
  kind: 'text',
  value: 'method',
  param: 'payment_method',
  summary: 'pm_… id, or a test method by name: visa, declined, 3ds, insufficient-funds',
  complete: 'payment-methods',
  common: true,
};

export const metadataOption: OptionSpec = {
  name: 'metadata',
  kind: 'pair',
  value: 'key=value',
  param: 'metadata',
  summary: 'attach a note of your own; repeat for more, key= removes one',
};

const returnUrlOptions: readonly OptionSpec[] = [
  {
    name: 'return-url',
    kind: 'text',
    value: 'url',
    param: 'return_url',
    summary: 'where a redirect method sends the customer afterwards',
  },
  {
    name: 'no-return-url',
    kind: 'flag',
    summary: 'do not add a return_url where the API wants one and none was given',
  },
];

export const confirmOptions: readonly OptionSpec[] = [
  ...returnUrlOptions,
  {
    name: 'off-session',
    kind: 'switch',
    param: 'off_session',
    summary: 'the customer is not there to authenticate',
  },
  {
    name: 'error-on-requires-action',
    kind: 'switch',
    param: 'error_on_requires_action',
    summary: 'decline instead of asking the customer for an action',
  },
  { name: 'mandate', kind: 'text', value: 'id', param: 'mandate', summary: 'mandate to charge under' },
];

export const captureMethodOption: OptionSpec = {
  name: 'capture-method',
  kind: 'text',
  value: 'when',
  param: 'capture_method',
  choices: ['automatic', 'automatic_async', 'manual'],
  summary: 'manual reserves the money until you capture it',
  common: true,
};

export const setupFutureUsageOption: OptionSpec = {
  name: 'setup-future-usage',
  kind: 'text',
  value: 'how',
  param: 'setup_future_usage',
  choices: ['off_session', 'on_session'],
  summary: 'save the payment method for later payments',
};

/** Parameters of create and of update alike. */
export const editableOptions: readonly OptionSpec[] = [
  {
    name: 'customer',
    kind: 'text',
    value: 'id',
    param: 'customer',
    summary: 'customer who pays',
    common: true,
  },
  {
    name: 'description',
    kind: 'text',
    value: 'text',
    param: 'description',
    summary: 'a note for you and the receipt',
    common: true,
  },
  metadataOption,
  {
    name: 'receipt-email',
    kind: 'text',
    value: 'email',
    param: 'receipt_email',
    summary: 'send the receipt there',
  },
  captureMethodOption,
  setupFutureUsageOption,
  {
    name: 'payment-method-types',
    kind: 'items',
    value: 'types',
    param: 'payment_method_types',
    summary: 'allow exactly these types, commas between: card,ideal',
    complete: 'method-types',
  },
  {
    name: 'statement-descriptor',
    kind: 'text',
    value: 'text',
    param: 'statement_descriptor',
    summary: 'what the statement shows, not for cards',
  },
  {
    name: 'statement-descriptor-suffix',
    kind: 'text',
    value: 'text',
    param: 'statement_descriptor_suffix',
    summary: 'what the statement of a card shows after your name',
  },
  {
    name: 'transfer-group',
    kind: 'text',
    value: 'text',
    param: 'transfer_group',
    summary: 'name of a group of transfers',
  },
];

/** What create takes beyond amount, currency and confirm. */
export const intentOptions: readonly OptionSpec[] = [
  paymentMethodOption,
  ...editableOptions,
  ...confirmOptions,
  {
    name: 'confirmation-method',
    kind: 'text',
    value: 'how',
    param: 'confirmation_method',
    choices: ['automatic', 'manual'],
    summary: 'manual lets only the server confirm',
  },
];
