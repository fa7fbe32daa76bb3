import { exitCodes } from './exit-codes.ts';

interface ErrorCodeRow {
  readonly exit: number;
  readonly meaning: string;
  /** What to do, for the list of errors and wherever nothing more exact is known. */
  readonly fix: string;
}

/** Every error the program reports of its own accord. A code is never reused for another meaning. */
export const errorCodes = {
  ADDRESS_UNUSABLE: {
    exit: exitCodes.usage,
    meaning: 'A server cannot listen on the host or port given.',
    fix: 'Choose another --host or --port.',
  },
  AMOUNT_NOT_INTEGER: {
    exit: exitCodes.usage,
    meaning: 'An amount is not a whole number of minor units.',
    fix: 'Write 1099 for 10.99.',
  },
  ANSWER_NEEDED: {
    exit: exitCodes.usage,
    meaning: 'Something is missing and there is no terminal to ask on.',
    fix: 'Give the flag named in the message.',
  },
  AUTHENTICATE_NEEDS_BROWSER: {
    exit: exitCodes.usage,
    meaning: 'Only the emulator lets a command answer an authentication; Stripe wants its own page.',
    fix: 'Open the URL of next_action in a browser.',
  },
  BUG: {
    exit: exitCodes.bug,
    meaning: 'payintent itself failed.',
    fix: 'Run the command again with --debug and report what it prints.',
  },
  CANCELLED: {
    exit: exitCodes.interrupted,
    meaning: 'A question was declined or left.',
    fix: 'Answer it with its flag; --yes skips a confirmation.',
  },
  CHECK_FAILED: {
    exit: exitCodes.failed,
    meaning: 'A check did not pass.',
    fix: 'Read the fix of each failed check.',
  },
  COMMAND_UNKNOWN: {
    exit: exitCodes.usage,
    meaning: 'There is no such command.',
    fix: 'payintent help',
  },
  CONFIG_UNREADABLE: {
    exit: exitCodes.usage,
    meaning: 'The configuration file is not valid JSON or cannot be read.',
    fix: 'payintent doctor',
  },
  EMULATOR_ONLY: {
    exit: exitCodes.usage,
    meaning: 'Only the emulator can play the customer or move the clock; Stripe cannot be asked to.',
    fix: 'Add --offline.',
  },
  ENDPOINT_MISSING: {
    exit: exitCodes.state,
    meaning: 'No webhook endpoint is registered that wants the event.',
    fix: 'Add --to with an address.',
  },
  EVENT_NOT_SENT: {
    exit: exitCodes.pending,
    meaning: 'A flow was played and the event did not come, because of changed parameters or not in time.',
    fix: 'payintent events list',
  },
  EVENT_UNKNOWN: {
    exit: exitCodes.usage,
    meaning: 'There is no event type of that name.',
    fix: 'payintent trigger --list',
  },
  FIELD_UNKNOWN: {
    exit: exitCodes.usage,
    meaning: '--fields names a field the answer does not have.',
    fix: 'Choose from the fields the message lists.',
  },
  FILE_UNREADABLE: {
    exit: exitCodes.usage,
    meaning: 'A file given by a flag cannot be read or written.',
    fix: 'Check the path.',
  },
  FORWARDING_TWICE: {
    exit: exitCodes.usage,
    meaning: 'Another payintent listen delivers to the same address.',
    fix: 'Stop the other one, or deliver to another address.',
  },
  FLAG_UNKNOWN: {
    exit: exitCodes.usage,
    meaning: 'There is no such flag.',
    fix: 'Add --help to see the flags of the command; -d name=value reaches any other API parameter.',
  },
  FLAG_INVALID: {
    exit: exitCodes.usage,
    meaning: 'A flag has no value, or one it does not take.',
    fix: 'Add --help to see what it takes.',
  },
  FLAGS_CONFLICT: {
    exit: exitCodes.usage,
    meaning: 'Two flags exclude each other.',
    fix: 'Leave one of them out.',
  },
  ARGUMENT_INVALID: {
    exit: exitCodes.usage,
    meaning: 'An argument is missing, superfluous or not one the command takes.',
    fix: 'Add --help to see how the command is written.',
  },
  INTENT_WRONG_STATUS: {
    exit: exitCodes.state,
    meaning: 'The status of the object does not allow the action.',
    fix: 'payintent help statuses',
  },
  INTENT_OTHER_STATUS: {
    exit: exitCodes.pending,
    meaning: 'The intent did not reach the status expected, or did not settle in time.',
    fix: 'Wait longer with --wait, or read `payintent explain <intent>`.',
  },
  ID_OTHER_TARGET: {
    exit: exitCodes.state,
    meaning: 'The id belongs to the other target.',
    fix: 'Add --offline or --test.',
  },
  KEY_LIVE_REFUSED: {
    exit: exitCodes.key,
    meaning: 'A live-mode key was given. payintent never uses one.',
    fix: 'Use a test-mode key (sk_test_ or rk_test_), or --offline, which needs none.',
  },
  KEY_MALFORMED: {
    exit: exitCodes.key,
    meaning: 'The key is not shaped like a Stripe test-mode secret key.',
    fix: 'Copy it again from the Stripe Dashboard, or use --offline.',
  },
  KEY_MISSING: {
    exit: exitCodes.key,
    meaning: 'The test target needs a test-mode secret key and none was found.',
    fix: 'Set STRIPE_API_KEY, run `payintent config set-key`, or use --offline.',
  },
  KEY_PLACEHOLDER: {
    exit: exitCodes.key,
    meaning: 'The key is the placeholder for the emulator, and the command would have gone to Stripe.',
    fix: 'Add --offline, or unset STRIPE_API_KEY and STRIPE_SECRET_KEY; for a served emulator, set PAYINTENT_API_BASE to its address.',
  },
  KEY_PUBLISHABLE: {
    exit: exitCodes.key,
    meaning: 'A publishable key was given where a secret key is needed.',
    fix: 'Use the secret key (sk_test_), which stands next to it in the Dashboard.',
  },
  KEY_REFUSED: {
    exit: exitCodes.key,
    meaning: 'The API did not accept the key, or the key lacks the permission.',
    fix: 'See which key is used, and of which account, with `payintent doctor`; or use --offline.',
  },
  LESSON_OPEN: {
    exit: exitCodes.usage,
    meaning: 'A lesson cannot be taken inside another lesson.',
    fix: 'Leave the lesson that is open.',
  },
  NETWORK_FAILED: {
    exit: exitCodes.network,
    meaning: 'The API was not reached, or gave no answer.',
    fix: 'Look at the connection with `payintent doctor` and run the command again, or use --offline.',
  },
  NOT_EMULATED: {
    exit: exitCodes.usage,
    meaning: 'The emulator does not have this part of the API and says so rather than guess.',
    fix: 'payintent help offline',
  },
  OBJECT_NOT_FOUND: {
    exit: exitCodes.state,
    meaning: 'There is no such object on this target.',
    fix: 'payintent list',
  },
  PARAM_UNKNOWN: {
    exit: exitCodes.usage,
    meaning: 'A parameter to be changed is not one of the call it goes to.',
    fix: 'Write the name as in the API reference; `payintent trigger --list --json` says which call it goes to.',
  },
  PAYMENT_DECLINED: {
    exit: exitCodes.declined,
    meaning: 'The payment was declined.',
    fix: 'Confirm again with another payment method.',
  },
  PORT_IN_USE: {
    exit: exitCodes.usage,
    meaning: 'Another program listens on the port.',
    fix: 'Choose another --port; 0 takes any free one.',
  },
  PROGRAM_NOT_FOUND: {
    exit: exitCodes.notFound,
    meaning: 'The command to run was not found.',
    fix: 'Check its name, or give its path.',
  },
  PROGRAM_NOT_RUNNABLE: {
    exit: exitCodes.notRunnable,
    meaning: 'The command to run is not a program, or may not be run.',
    fix: 'Check the permissions of the file.',
  },
  RATE_LIMITED: {
    exit: exitCodes.network,
    meaning: 'The API asked to slow down, or the object is busy with another request.',
    fix: 'Run the command again.',
  },
  REQUEST_REFUSED: {
    exit: exitCodes.usage,
    meaning: 'The API refused the request as it is.',
    fix: 'Change the parameter the message names.',
  },
  SCENARIO_INVALID: {
    exit: exitCodes.usage,
    meaning: 'A scenario file has mistakes.',
    fix: 'Mend the lines that the message names; payintent help scenario-files shows the format.',
  },
  STATE_BUSY: {
    exit: exitCodes.network,
    meaning: "Another process keeps the emulator's state to itself.",
    fix: 'Run the command again, or use --state with another file.',
  },
  STATE_CORRUPT: {
    exit: exitCodes.usage,
    meaning: "The emulator's state is damaged, or the file is none.",
    fix: 'payintent emulator reset',
  },
  STATE_FULL: {
    exit: exitCodes.usage,
    meaning: "There is no room left to save the emulator's state.",
    fix: 'Free some space, or use --state with a file elsewhere.',
  },
  STATE_IMPORT_INVALID: {
    exit: exitCodes.usage,
    meaning: 'The file to import is not an exported state.',
    fix: 'payintent emulator export',
  },
  STATE_NEWER: {
    exit: exitCodes.usage,
    meaning: "The emulator's state was written by a newer payintent.",
    fix: 'Upgrade payintent, or use --state with another file.',
  },
  STATE_READ_ONLY: {
    exit: exitCodes.usage,
    meaning: "The emulator's state cannot be written.",
    fix: 'Check the permissions, or use --state with another file.',
  },
  STATE_UNREADABLE: {
    exit: exitCodes.usage,
    meaning: "The emulator's state cannot be opened.",
    fix: 'Check the path and its permissions, or use --state :memory:.',
  },
  STRIPE_CLI_FAILED: {
    exit: exitCodes.network,
    meaning: "Stripe's own CLI ended instead of listening.",
    fix: 'Run `stripe listen` to see why, or leave --source out.',
  },
  STRIPE_FAILED: {
    exit: exitCodes.network,
    meaning: 'The API answered with an error of its own (5xx).',
    fix: 'Run the command again; the idempotency key makes that safe.',
  },
  TOPIC_UNKNOWN: {
    exit: exitCodes.usage,
    meaning: 'There is no help topic, code, field or payment method of that name.',
    fix: 'payintent help',
  },
} as const satisfies Record<string, ErrorCodeRow>;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text);
}
