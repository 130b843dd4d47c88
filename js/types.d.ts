/** What users of the package meet: options, signals, events and the handle. tests/js/types.test.js holds it to the code. */

import type { Consent } from './types/names.js';
import type { Decision, EventName, EventOf, FalterEventMap, RiskDetail } from './types/events.js';
import type { Options, OptionsInForce } from './types/options.js';
import type { PlainSignal } from './types/signals.js';

export type * from './types/events.js';
export type * from './types/names.js';
export type * from './types/options.js';
export type * from './types/signals.js';

export interface Snapshot extends RiskDetail {
  running: boolean;
  consent: Consent;
  /** the risk from which a card may be shown; while it runs */
  threshold?: number;
  /** the last; null before the first tick; while it runs */
  decision?: Decision | null;
}

/** The handle: starts and stops falter, tells it of the shop, hears what it says. */
export interface Falter extends EventTarget {
  /** Lays options over those given before, and starts; anew if it was running. */
  init(more?: Options): Promise<void>;
  /** Idempotent; never rejects, tells `falter:error` instead. Without consent, and where there is no page, it does nothing. */
  start(): Promise<void>;
  /** Idempotent: removes every listener, takes a card away, and frees the engine. */
  stop(): void;
  /** Tells what the page cannot: cart, purchase, problem, answer … Before the start it is kept until then. */
  signal(signal: PlainSignal): void;
  /** Says what the shopper allowed, or asks what is known. */
  consent(consent?: Consent): Consent;
  /** Options as they are in force. */
  options(): OptionsInForce;
  snapshot(): Snapshot;
  /** Begins a recording if there is none, and returns it so far (NDJSON); '' until it has begun. */
  record(): string;
  /** Removes all that is stored of the shopper. */
  forget(): void;
  on<Name extends EventName>(type: Name, listener: (event: EventOf<Name>) => void): void;
  off<Name extends EventName>(type: Name, listener: (event: EventOf<Name>) => void): void;
  addEventListener<Name extends keyof FalterEventMap>(
    type: Name,
    listener: (this: Falter, event: FalterEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends keyof FalterEventMap>(
    type: Name,
    listener: (this: Falter, event: FalterEventMap[Name]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
  readonly version: string;
}

declare global {
  interface DocumentEventMap extends FalterEventMap {}
}
