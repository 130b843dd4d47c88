/** What falter says: its events and their details. */

import type { Hold, Message, Offer, Reason } from './names.js';

/** One thing that speaks for a reason. */
export interface Evidence {
  name: string;
  value: number;
  /** such as `s`; '' where there is none */
  unit: string;
  weight: number;
}

export interface RiskDetail {
  /** ms since the visit began */
  t: number;
  /** that the shopper leaves within 4 s, 0..1 */
  risk: number;
}

export interface Decision extends RiskDetail {
  reason: Reason;
  /** 0..1 */
  confidence: number;
  /** at most three, what weighs most first */
  evidence: Evidence[];
  /** null: no card, see `hold` */
  show: { reason: Reason; message: Message; offer: Offer; cart: number | null } | null;
  hold: Hold | null;
  /** the play that spoke, if one did */
  play: string | null;
}

export interface ShowDetail {
  reason: Reason;
  message: Message;
  offer: Offer;
  /** of the message's texts; '' where it has none */
  variant: string;
  play: string | null;
  tone: 'gentle' | 'plain' | 'brief';
}

export interface EndDetail {
  reason: Reason;
  message: Message;
  how: 'button' | 'link' | 'no' | 'close' | 'escape';
}

export interface ExposureDetail {
  side: 'shown' | 'holdout';
  /** a card was drawn */
  rendered: boolean;
  /** a listener of `show` cancelled it */
  vetoed: boolean;
  /** of the decision, ms since the visit began */
  t: number;
  reason: Reason;
  /** the play that spoke, if one did */
  play: string | null;
  /** its total, where it is known */
  cart?: number;
}

export interface LeaveDetail extends RiskDetail {
  reason: Reason;
  /** its total; null where it is not known */
  cart: number | null;
}

export type ErrorCode =
  | 'wasm_blocked'
  | 'wasm_failed'
  | 'model_failed'
  | 'bad_option'
  | 'bad_fact'
  | 'bad_play'
  | 'bad_signal'
  | 'storage'
  | 'sink'
  | 'internal';

export interface ErrorDetail {
  code: ErrorCode;
  /** the option by its path, or the part of falter */
  where: string;
  message: string;
}

/** falter's events by their names; on the handle, and on `document` with `publicEvents` (`falter:error` always). */
export interface FalterEventMap {
  /** after every tick, four times a second */
  'falter:risk': CustomEvent<RiskDetail>;
  /** after every tick */
  'falter:decision': CustomEvent<Decision>;
  /** before a card is drawn; `preventDefault()` keeps it away */
  'falter:show': CustomEvent<ShowDetail>;
  /** the shopper followed the card */
  'falter:act': CustomEvent<EndDetail>;
  /** the shopper waved it away */
  'falter:dismiss': CustomEvent<EndDetail>;
  /** the shopper said what is missing */
  'falter:answer': CustomEvent<{ reason: Reason }>;
  /** a card would have been due, on either side of the holdout */
  'falter:exposure': CustomEvent<ExposureDetail>;
  /** an order was placed; value: as the shop told it */
  'falter:purchase': CustomEvent<{ value?: number }>;
  /** the shopper left */
  'falter:leave': CustomEvent<LeaveDetail>;
  'falter:error': CustomEvent<ErrorDetail>;
}

type ShortName = keyof FalterEventMap extends `falter:${infer Name}` ? Name : never;
/** `show` or `falter:show`. */
export type EventName = ShortName | keyof FalterEventMap;
/** The event of that name. */
export type EventOf<Name extends EventName> = Name extends keyof FalterEventMap
  ? FalterEventMap[Name]
  : Name extends ShortName
    ? FalterEventMap[`falter:${Name}`]
    : never;
