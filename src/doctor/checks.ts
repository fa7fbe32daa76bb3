import type { DoctorCheck } from './check.ts';
import { accountCheck, appKeysCheck, publishableKeyCheck } from './checks/account.ts';
import { portCheck, stateCheck } from './checks/emulator.ts';
import { configCheck, fileModesCheck, leftoversCheck } from './checks/files.ts';
import { certificatesCheck, clockCheck, proxyCheck } from './checks/network.ts';
import { terminalCheck, versionsCheck } from './checks/runtime.ts';
import { stripeCliCheck } from './checks/stripe-cli.ts';
import { keyCheck, targetCheck } from './checks/target.ts';
import { webhookSecretsCheck } from './checks/webhook-secrets.ts';

/** Everything the doctor looks at, in the order of its answer. */
export const DOCTOR_CHECKS: readonly DoctorCheck[] = [
  versionsCheck,
  configCheck,
  fileModesCheck,
  leftoversCheck,
  targetCheck,
  keyCheck,
  accountCheck,
  publishableKeyCheck,
  appKeysCheck,
  webhookSecretsCheck,
  stripeCliCheck,
  clockCheck,
  proxyCheck,
  certificatesCheck,
  stateCheck,
  portCheck,
  terminalCheck,
];
