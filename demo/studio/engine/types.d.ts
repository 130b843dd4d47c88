/**
 * What crosses between the studio's views and its engine: falter compiled with the feature `studio`, at work in a Web Worker.
 * Times are ms since the session began, risks and posteriors 0..1. 255 in a column of places: none.
 */

/** The tables of the engine, in the order of the places below. */
export interface Names {
  features: Feature[];
  /** thirteen, then `unsure` */
  reasons: string[];
  holds: string[];
  messages: string[];
  /** for each reason the places of the messages that may answer it, mildest first */
  answers: number[][];
  /** of each message: facts of which one has to be given (the engine's names; none: the cart an earlier visit left), and whether it is about a cart */
  needs: { offer: 'reassurance' | 'service' | 'discount'; fact: string | null; others: string[]; cart: boolean }[];
  /** what can speak for a reason; `feature`: its place in `features` */
  evidence: { name: string; unit: string; feature: number }[];
  /** plays in force, by their names */
  plays: string[];
}

export interface Feature {
  name: string;
  /** '' for counts and ratios */
  unit: string;
  min: number;
  max: number;
  meaning: string;
  /** the signal it is made of */
  group: 'pointer' | 'scroll' | 'activity' | 'sections' | 'purchase';
}

export interface ModelInfo {
  /** CRC-32 of its file, eight hex digits */
  checksum: string;
  trees: number;
  depth: number;
  bytes: number;
  /** share of visits without a leave that see a card → threshold; shares rise, thresholds fall */
  presets: [share: number, threshold: number][];
  /** whether contributions can be had: its manifest came with it */
  hasShares: boolean;
}

/** One session as it is kept: its lines, the header first. */
export interface Recording {
  /** given by the library, stable over reloads */
  id: string;
  /** NDJSON */
  text: string;
}

/** What a recording is, whatever the model. */
export interface Session {
  /** the recorder's own id */
  session: string;
  source: string;
  device: 'mouse' | 'touch' | 'pen';
  w: number;
  h: number;
  docH: number;
  end: number;
  signals: number;
  /** of simulated sessions: the doubt that was simulated */
  reason: string | null;
  presence: { start: number; end: number; ending: 'leave' | 'done' | 'open'; eligible: boolean }[];
}

/** Ticks of a session under a model and settings, column by column. */
export interface Ticks {
  t: Uint32Array;
  risk: Float32Array;
  /** log-odds before calibration: bias and contributions sum to it */
  margin: Float32Array;
  /** places in `reasons` */
  reason: Uint8Array;
  confidence: Float32Array;
  /** places in `holds`; 255: a card is shown now */
  hold: Uint8Array;
  /** places in `messages` of what is said */
  message: Uint8Array;
  /** places in `reasons` of what the card shown now answers: `unsure` under a reason's floor, a play's own reason */
  answers: Uint8Array;
  /** places in `plays` */
  play: Uint8Array;
  /** a row of 64 a tick; NaN: not known */
  features: Float32Array;
  /** a row of 64 a tick; empty where the model has no shares */
  contributions: Float32Array;
  /** a row of 13 a tick */
  posterior: Float32Array;
  /** three a tick, strongest first: place in `evidence` (255: unused), value, weight */
  evidence: Float32Array;
  /** what the margin is where nothing is known of the shopper: base and mean of the trees */
  bias: number;
  /** µs a tick took here, features to columns; NaN without a tick */
  us: number;
}

/** What is tuned. */
export interface Settings {
  /** risk from which a leave counts as likely, 0..1 */
  threshold: number;
  /** no card before this much of the visit, ms; 5,000 by default */
  armingMs: number;
  /** no second alert sooner than this after one, ms; 10,000 in the protocol. Cards: one a visit, whatever this says */
  cooldownMs: number;
  /** reason → posterior under which a card says nothing specific, 0.25..1; 0.25 where it is left out */
  confidence: Record<string, number>;
}

/** All recordings that were put, under some settings. Rates and shares are left to the reader: counts only. */
export interface Tuned {
  visits: number;
  visitsWithoutLeave: number;
  /** after at least 4 s of presence, as `falter evaluate` counts them */
  leaves: number;
  /** of presence */
  minutes: number;
  /** leaves with an alert 2–4 s before */
  onTime: number;
  /** 2–10 s before */
  ahead: number;
  /** whose alerts in the last 10 s all came less than 2 s before */
  late: number;
  /** without an alert in their last 10 s */
  missed: number;
  /** alerts without a leave within 10 s */
  falseAlerts: number;
  /** visits without a leave that saw a card, the whole policy on */
  sawCard: number;
  /** leaves 2–10 s before which the visit's card came, of `policyLeaves` */
  answered: number;
  policyLeaves: number;
  /** cards by what they answered: place in `reasons` → count; under its floor a card is one of `unsure` */
  cards: Uint32Array;
  /** a row a recording, in the order of `ids` */
  ids: string[];
  outcomes: Outcomes;
  /** every leave and every false alert, a row each. kind: 0 missed, 1 late, 2 ahead but not on time, 3 on time: t is the leave's; 4 a false alert */
  moments: { visit: Uint32Array; t: Uint32Array; kind: Uint8Array };
  /** the same counts at other thresholds, falling, everything else as set */
  curve: {
    threshold: Float64Array;
    onTime: Float64Array;
    ahead: Float64Array;
    falseAlerts: Float64Array;
    sawCard: Float64Array;
    answered: Float64Array;
  };
}

/** Columns, a row a recording. */
export interface Outcomes {
  leaves: Uint16Array;
  onTime: Uint16Array;
  ahead: Uint16Array;
  late: Uint16Array;
  missed: Uint16Array;
  falseAlerts: Uint16Array;
  /** when its card comes, ms; -1: none */
  card: Int32Array;
  /** place in `reasons` of what the card answers; 255: no card */
  cardReason: Uint8Array;
  /** 1: the card came 2–10 s before a leave */
  answered: Uint8Array;
  /** when its greatest risk was, ms, and what it was */
  peakT: Uint32Array;
  peak: Float32Array;
}

/** As `falter evaluate --json` prints it. */
export type Figures = Record<string, any>;

/** The engine, opened by client.js: all calls run one after the other in one worker. A call that fails rejects with an Error whose message is for people. */
export interface Engine {
  names(): Promise<Names>;
  model(): Promise<ModelInfo>;
  /** Another model for all that follows; null: the one that ships. Recordings that were put are judged anew. */
  setModel(bytes: Uint8Array | null, manifest?: string | null): Promise<ModelInfo>;
  /** Simulated visits, each a text. */
  simulate(options: { sessions: number; seed: number }): Promise<string[]>;
  /**
   * Divides a file into sessions: recordings as they are, or packed with gzip; 256 MiB unpacked and 20,000 sessions at most.
   * @returns texts of one session each, what they are, and what was set aside: "line 7: …"
   */
  read(file: Blob, options?: { signal?: AbortSignal; onProgress?: (bytes: number) => void }): Promise<{ texts: string[]; sessions: Session[]; aside: string[] }>;
  /**
   * Judges recordings by the model and keeps what tuning needs of them. Again for the same id: takes its place. Those that are not
   * one session are left out, and told in the error: "id: line 7: …", a line each.
   */
  put(recordings: Recording[]): Promise<void>;
  drop(ids: string[]): Promise<void>;
  tune(settings: Settings): Promise<Tuned>;
  /** What `falter evaluate` would print of those that were put; `people`: what they are called in it. */
  figures(people?: string): Promise<Figures>;
  /** One recording, tick by tick; it need not have been put. */
  replay(text: string, settings: Settings): Promise<{ session: Session; ticks: Ticks }>;
  /** A session as it goes on: lines are fed as they come; null header ends it. */
  live(header: string | null, settings: Settings): Promise<void>;
  /** Takes in lines, and runs the ticks due until `now`, ms; returns those ticks. What was run before a bad line stays run. */
  feed(lines: string, now: number): Promise<Ticks>;
  /** µs of work a tick, over the last calls of feed and replay; NaN before the first */
  cost(): number;
  /**
   * Called after the engine died, with why: a new worker was started with the model that was set last, and holds no recordings. What
   * was being asked was rejected with an Error named `Died`.
   */
  onRestart: ((why: Error) => void) | null;
  /** Ends the worker. What is asked later starts a new one. */
  close(): void;
}

/** Where a retraining is. */
export interface TrainingStep {
  what: 'reading' | 'growing' | 'calibrating' | 'judging';
  /** 0..1 over all */
  part: number;
  /** of the fold, from 0; folds: the last, the model of all */
  fold: number;
  folds: number;
  trees?: number;
  loss?: number;
  heldOutLoss?: number;
}

/** A model's alerts on people it was not trained on. */
export interface Standing {
  leaves: number;
  minutes: number;
  /** mean over 0.2, 0.5, 1 and 2 false alerts a minute of the share of leaves on time, and ahead */
  onTime: number;
  ahead: number;
  /** Brier skill over the base rate, and the area under the ROC curve, tick by tick */
  skill: number;
  rocAuc: number;
  /** what the threshold that is best within each rate of false alerts a minute finds */
  rates: { rate: number; onTime: number; ahead: number }[];
}

/** With its 95 % interval, by bootstrap over people. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

export interface Trained {
  /** .falter */
  model: Uint8Array;
  manifest: string;
  info: ModelInfo;
  /** all held-out recordings of all folds together: nobody is judged by a model that saw them */
  now: Standing;
  before: Standing;
  /** `now` less `before` of the mean shares, on the same people */
  lead: { onTime: Interval; ahead: Interval };
  folds: { recordings: number; leaves: number; now: Standing; before: Standing }[];
  ms: number;
}

/** Retraining, in a worker of its own: ended at once by abort, and no other part of the studio notices when it dies. */
export interface Trainer {
  /**
   * @throws {Error} name `TooFew`: with a message that says what is missing; `AbortError`
   */
  train(
    recordings: Recording[],
    options: { folds: number; seed: number; simulated: number; model: Uint8Array | null; signal?: AbortSignal; onStep?: (step: TrainingStep) => void },
  ): Promise<Trained>;
}
