import type { Operations } from '../../world.ts';
import { listObjects } from '../list.ts';
import { cancelSetupIntent, confirmSetup, updateSetupIntent } from './change.ts';
import { createSetupIntent } from './create.ts';
import { setupIntentOfCall } from './find.ts';
import { verifySetupMicrodeposits } from './verify-microdeposits.ts';

/** The endpoints of SetupIntents and their attempts. */
export const setupIntents: Operations = {
  'setup_intents.create': createSetupIntent,
  'setup_intents.retrieve': setupIntentOfCall,
  'setup_intents.update': updateSetupIntent,
  'setup_intents.confirm': confirmSetup,
  'setup_intents.cancel': cancelSetupIntent,
  'setup_intents.verify_microdeposits': verifySetupMicrodeposits,
  'setup_intents.list': (call) =>
    listObjects(call, {
      collection: 'setup_intents',
      noun: 'setupintent',
      filters: ['customer', 'payment_method', 'customer_account'],
    }),
  'setup_attempts.list': (call) =>
    listObjects(call, { collection: 'setup_attempts', noun: 'setup_attempt', filters: ['setup_intent'] }),
};
