import type { ApiRecord, Gateway } from '../gateway/gateway.ts';
import type { Target, TargetProblem } from '../gateway/target.ts';
import type { Courier } from '../gateway/webhook-tools.ts';
import type { Stage } from '../scenario/stage.ts';
import type { Finding } from './finding.ts';

/** What the person asked to be looked at. */
export interface SmokeWishes {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** Payment method types that must be offered. */
  readonly requireMethods: readonly string[];
  /** Event types that an endpoint must be subscribed to. */
  readonly requireEvents: readonly string[];
  readonly publishableKey: string | undefined;
  readonly webhookUrl: string | undefined;
  readonly webhookSecret: string | undefined;
  /** How long an event may take to arrive, in milliseconds. */
  readonly webhookTimeoutMs: number;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** What checks work with. */
export interface SmokeBench extends SmokeWishes {
  /** Undefined where the key is of no use. */
  readonly target: Target | undefined;
  /** Why the key is of no use. */
  readonly problem: TargetProblem | undefined;
  /** The API. Whatever is made through it is remembered and tidied up. */
  readonly gateway: Gateway;
  readonly stage: Stage;
  /** Names the run. */
  readonly run: string;
  /** The same API with another key. @throws TargetProblem */
  readonly withKey: (key: string) => Promise<Gateway>;
  readonly courier: Courier;
  /** Whether somebody delivers events to webhook endpoints: Stripe does. */
  delivers(): boolean;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** The account, read once. @throws GatewayError */
  account(): Promise<ApiRecord>;
  /** The newest webhook endpoints, read once. @throws GatewayError */
  endpoints(): Promise<readonly ApiRecord[]>;
}

export interface SmokeCheck {
  /** Kebab-case and stable. */
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  /** Reads its finding. May throw `GatewayError`, which becomes a finding. */
  run(bench: SmokeBench): Promise<Finding>;
}
