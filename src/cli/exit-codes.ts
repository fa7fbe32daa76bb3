/** Exit codes are part of the interface: scripts branch on them. */
export const exitCodes = {
  done: 0,
  bug: 1,
  usage: 2,
  declined: 3,
  key: 4,
  state: 5,
  network: 6,
  failed: 7,
  pending: 8,
  notRunnable: 126,
  notFound: 127,
  interrupted: 130,
  terminated: 143,
} as const;

export const exitMeanings: readonly { code: number; meaning: string }[] = [
  { code: 0, meaning: 'done; also an intent that now requires_action, which is an answer' },
  { code: 1, meaning: 'a bug in payintent' },
  { code: 2, meaning: 'usage: input refused here or by the API' },
  { code: 3, meaning: 'declined: by the (test) bank' },
  { code: 4, meaning: 'key: missing, refused or not authorised' },
  { code: 5, meaning: 'not found, or in the wrong status' },
  { code: 6, meaning: 'network, rate limit or a 5xx answer; a retry may help' },
  { code: 7, meaning: 'a check failed (smoke, doctor, parity, webhook test, advise --fail-on)' },
  { code: 8, meaning: 'still pending (--wait), or not the status expected (--expect)' },
  { code: 126, meaning: 'emulator exec: the command may not be run' },
  { code: 127, meaning: 'emulator exec: the command was not found' },
  { code: 130, meaning: 'interrupted (^C), or a question declined' },
  { code: 143, meaning: 'terminated (SIGTERM)' },
];
