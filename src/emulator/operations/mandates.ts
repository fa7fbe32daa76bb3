import { noSuch } from '../api-error.ts';
import type { Operations } from '../world.ts';

/** The endpoints of mandates. Banks and confirmations make them; the API only shows them. */
export const mandates: Operations = {
  'mandates.retrieve': ({ world, path }) => {
    const id = path[0] as string;
    const mandate = world.get('mandates', id);
    if (mandate === undefined) throw noSuch('mandate', id, 'mandate', 'path');
    return mandate;
  },
};
