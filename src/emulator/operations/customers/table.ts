import { unsupported } from '../../api-error.ts';
import type { Operations } from '../../world.ts';
import { listObjects } from '../list.ts';
import { createCustomer } from './create.ts';
import { deleteCustomer } from './delete.ts';
import { retrieveCustomer } from './find.ts';
import { createSource, deleteSource, listSources, retrieveSource } from './sources.ts';
import { updateCustomer } from './update.ts';

/** The endpoints of customers. */
export const customers: Operations = {
  'customers.create': createCustomer,
  'customers.retrieve': retrieveCustomer,
  'customers.update': updateCustomer,
  'customers.del': deleteCustomer,
  'customers.list': (call) => {
    if (call.params['test_clock'] !== undefined) throw unsupported('Test clocks', 'test_clock');
    return listObjects(call, { collection: 'customers', noun: 'customer', filters: ['email'] });
  },
  'customers.create_source': createSource,
  'customers.retrieve_source': retrieveSource,
  'customers.list_sources': listSources,
  'customers.delete_source': deleteSource,
};
