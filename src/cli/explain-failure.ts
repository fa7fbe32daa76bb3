import { isPaymentIntentStatus } from '../domain/statuses.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { type FailureKind, GatewayError, type ProxyFacts } from '../gateway/gateway-error.ts';
import { OfflineStateError } from '../gateway/offline-state-error.ts';
import { ForeignIdError } from '../gateway/open.ts';
import { TargetProblem } from '../gateway/target.ts';
import { type ErrorCode, isErrorCode } from './error-codes.ts';
import { type ApiFacts, CliError } from './errors.ts';
import { PromptCancelled } from './host.ts';
import { legalMoves } from './next-steps.ts';
import { StepRefused } from './simulate/step-failure.ts';
import { didYouMean } from './suggest.ts';

/** Longer messages stand below the title instead of in it. */
const longestTitle = 100;

const codeOfKind: Readonly<Record<FailureKind, ErrorCode>> = {
  api: 'STRIPE_FAILED',
  auth: 'KEY_REFUSED',
  declined: 'PAYMENT_DECLINED',
  invalid: 'REQUEST_REFUSED',
  network: 'NETWORK_FAILED',
  not_emulated: 'NOT_EMULATED',
  not_found: 'OBJECT_NOT_FOUND',
  permission: 'KEY_REFUSED',
  rate_limited: 'RATE_LIMITED',
  wrong_status: 'INTENT_WRONG_STATUS',
};

export interface FailureContext {
  /** The command's name: `capture`. */
  readonly command: string;
  /** Adds the target flags that were typed to a command of ours. */
  readonly typed: (words: string) => string;
  /** The flag that fills a parameter, if the command has one: `payment_method` is `--payment-method`. */
  readonly flagFor: (param: string) => string | undefined;
}

/** Any failure as one the boundary can print. What is not foreseen is a bug. */
export function explainFailure(error: unknown, context: FailureContext): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof TargetProblem)
    return new CliError(error.code, error.message, { why: error.why, cause: error });
  if (error instanceof ForeignIdError) return foreignId(error, context);
  if (error instanceof PromptCancelled) return new CliError('CANCELLED', 'Cancelled; nothing was done');
  if (error instanceof OfflineStateError && isErrorCode(error.code)) {
    return new CliError(error.code, error.message, { fix: [error.wayOut], cause: error });
  }
  if (error instanceof StepRefused) return refusedStep(error, context);
  if (error instanceof GatewayError) return refused(error, context);
  return new CliError('BUG', `payintent failed: ${error instanceof Error ? error.message : String(error)}`, {
    why: 'This is a bug in payintent, not in the command.',
    cause: error,
  });
}

/** What the API said, and which step of a scenario it said it to. */
function refusedStep({ cause, where, fix }: StepRefused, context: FailureContext): CliError {
  const { code, title, why, api, details, fix: usual } = refused(cause, context);
  return new CliError(code, title, {
    why: why === undefined ? where : `${where} ${why}`,
    fix: fix === undefined ? usual : [fix],
    api,
    cause,
    details,
  });
}

function foreignId(error: ForeignIdError, { command }: FailureContext): CliError {
  const here = error.livesOn === 'offline' ? 'Stripe test mode' : 'the offline emulator';
  const there = error.livesOn === 'offline' ? 'the offline emulator' : 'Stripe test mode';
  return new CliError('ID_OTHER_TARGET', `${error.id} lives in ${there}, and this command went to ${here}`, {
    why:
      error.livesOn === 'offline'
        ? 'Ids whose first digit is 0 are made by the emulator.'
        : 'Ids whose first digit is not 0 come from Stripe.',
    fix: [`payintent ${command} ${error.id} --${error.livesOn}`],
  });
}

function refused(error: GatewayError, context: FailureContext): CliError {
  const { facts } = error;
  const code = codeOfKind[error.kind];
  const api: ApiFacts = {
    message: error.message,
    objects: embeddedObjects(facts.body),
    ...(facts.type === undefined ? {} : { type: facts.type }),
    ...(facts.code === undefined ? {} : { code: facts.code }),
    ...(facts.declineCode === undefined ? {} : { declineCode: facts.declineCode }),
    ...(facts.param === undefined ? {} : { param: facts.param }),
    ...(facts.status === undefined ? {} : { status: facts.status }),
    ...(facts.requestId === undefined ? {} : { requestId: facts.requestId }),
  };
  const details = adviceOf(facts.body);
  return new CliError(code, titleOf(error, context), {
    ...reasonsFor(error, context),
    api,
    cause: error,
    details,
  });
}

/** Fields of the `error` hash that are neither texts we print nor embedded objects. */
function adviceOf(body: ApiRecord): Record<string, unknown> {
  const names = ['advice_code', 'charge', 'doc_url', 'network_advice_code', 'network_decline_code'];
  return Object.fromEntries(
    names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
  );
}

function embeddedObjects(body: ApiRecord): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => typeof value === 'object' && value !== null),
  );
}

function titleOf(error: GatewayError, { command }: FailureContext): string {
  const id = error.intent?.['id'];
  const what = typeof id === 'string' ? ` ${id}` : '';
  const status = error.intent?.['status'];
  switch (error.kind) {
    case 'declined':
      return `Declined${what}: ${error.facts.declineCode ?? error.facts.code ?? 'card_error'}`;
    case 'wrong_status':
      if (typeof status !== 'string') return `Can't ${command}: ${error.message}`;
      return movesFrom(error).some((move) => isMove(move, command))
        ? `Can't ${command}${what} as it is (${status})`
        : `Can't ${command}${what}: it is ${status}`;
    case 'not_found':
      return error.message;
    case 'network':
      return 'Failed to reach the API';
    case 'api':
      return 'Failed: the API answered with an error of its own';
    case 'rate_limited':
      return 'Failed: the API is busy with this object or asks to slow down';
    case 'auth':
      return 'The API did not accept the key';
    case 'permission':
      return 'The key may not do this';
    default: {
      const named = command === 'create' ? command : `${command}${what}`;
      const currency = knownCurrencies(error.message)?.given;
      if (currency !== undefined) return `Can't ${named}: there is no currency ${JSON.stringify(currency)}`;
      return error.message.length > longestTitle
        ? `Can't ${named}: the request was refused`
        : `Can't ${named}: ${error.message}`;
    }
  }
}

interface Reasons {
  readonly why?: string | undefined;
  readonly fix?: readonly string[] | undefined;
}

function reasonsFor(error: GatewayError, context: FailureContext): Reasons {
  const { facts } = error;
  const id = typeof error.intent?.['id'] === 'string' ? error.intent['id'] : undefined;
  switch (error.kind) {
    case 'declined':
      return {
        why: error.message,
        fix: [
          ...(facts.declineCode === undefined ? [] : [`payintent explain ${facts.declineCode}`]),
          ...(id === undefined ? [] : [context.typed(`payintent confirm ${id} --payment-method visa`)]),
        ],
      };
    case 'wrong_status': {
      const moves = movesFrom(error).filter((move) => !isMove(move, context.command));
      if (moves.length === 0) return { why: facts.param };
      return { why: error.message, fix: moves.map(context.typed) };
    }
    case 'not_found':
      return {
        why: facts.param === undefined ? undefined : `The id was given as ${facts.param}.`,
        fix: [
          context.typed(context.command.startsWith('events ') ? 'payintent events list' : 'payintent list'),
        ],
      };
    case 'invalid':
      return invalidReasons(error, context);
    case 'network':
      return {
        why: error.message,
        ...(facts.proxy === undefined ? {} : { fix: [proxyFix(error, facts.proxy)] }),
      };
    case 'not_emulated':
      return { why: error.message };
    default:
      return { why: error.message };
  }
}

/** What to look at where a request was to go through a proxy. */
function proxyFix({ message }: GatewayError, { variable, status }: ProxyFacts): string {
  if (status === 407)
    return `Put the name and the password for the proxy into ${variable}: http://name:password@host:port`;
  if (status !== undefined)
    return `Ask whoever runs the proxy to let it lead to the API, or set NO_PROXY to go without it`;
  // A proxy that looks into connections answers with a certificate of its own.
  if (/certificate/i.test(message))
    return "Name the proxy's certificate in NODE_EXTRA_CA_CERTS; `payintent doctor` says what is trusted";
  return `Look at ${variable} with \`payintent doctor\`, or set NO_PROXY to go without the proxy`;
}

/** What the status of the error's intent allows. The action that was refused is among it when the status was not why. */
function movesFrom({ intent }: GatewayError): string[] {
  const [id, status] = [intent?.['id'], intent?.['status']];
  if (typeof id !== 'string' || typeof status !== 'string' || !isPaymentIntentStatus(status)) return [];
  return legalMoves(status, id, intent?.['amount']);
}

/** A confirmation is no such case: it is worth repeating with the payment method that its move names. */
function isMove(move: string, command: string): boolean {
  return command !== 'confirm' && move.startsWith(`payintent ${command} `);
}

function invalidReasons({ facts, message }: GatewayError, context: FailureContext): Reasons {
  const currencies = knownCurrencies(message);
  if (currencies !== undefined) {
    return {
      why: didYouMean(currencies.given, currencies.known) ?? 'A currency is three letters: usd, eur, jpy.',
      fix: ['payintent explain eur'],
    };
  }
  const flag = facts.param === undefined ? undefined : context.flagFor(facts.param);
  const named = facts.param === undefined ? undefined : `The API names the parameter ${facts.param}.`;
  const help = `payintent ${context.command} --help`;
  return {
    why:
      message.length > longestTitle ? [message, named].filter((part) => part !== undefined).join(' ') : named,
    fix: missingPart(message, context.command) ?? [
      flag === undefined ? help : `Change ${flag}; ${help} says what it takes`,
    ],
  };
}

/** The API answers an unknown currency with all the others, which is no help to read. */
function knownCurrencies(message: string): { given: string; known: string[] } | undefined {
  const [, given, known] = /^Invalid currency: (.*?)\. [^:]*these currencies: (.+)$/s.exec(message) ?? [];
  return given === undefined || known === undefined ? undefined : { given, known: known.split(', ') };
}

/** What to add where the API says that a whole part of the request is missing. */
function missingPart(message: string, command: string): string[] | undefined {
  if (message.includes('`return_url`')) return ['Add --return-url https://example.com/return'];
  const refusedType = /^The PaymentMethod provided \((\w+)\) is not allowed/.exec(message)?.[1];
  if (refusedType !== undefined) {
    return [
      command === 'create'
        ? `Add --payment-method-types ${refusedType}`
        : `Allow it first: payintent update <intent> --payment-method-types ${refusedType}`,
      // Its currencies, where that was the reason.
      `payintent explain ${refusedType}`,
    ];
  }
  if (message.includes('mandate_data')) return ['Add -d mandate_data[customer_acceptance][type]=offline'];
  return undefined;
}
