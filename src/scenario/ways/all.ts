import { afterwardsWays } from './afterwards.ts';
import { attemptWays } from './attempts.ts';
import { bankWays } from './banks.ts';
import { endingWays } from './endings.ts';
import type { Way } from './way.ts';

/** Everything that can be done with an intent that exists. What comes first is preferred among ways of one length. */
export const WAYS: readonly Way[] = [...attemptWays, ...bankWays, ...endingWays, ...afterwardsWays];
