/** What the studio's views share. */

import type { Engine, ModelInfo, Names, Recording, Session, Settings as EngineSettings, Trainer } from './engine/types.js';

/** One recording of the list, without its text. */
export interface Item {
  id: string;
  /** as the person named it, or as it came */
  name: string;
  from: 'simulated' | 'uploaded' | 'recorded';
  /** wall ms */
  added: number;
  bytes: number;
  session: Session;
}

/** Recordings in IndexedDB. Emits `change` with `{ detail: { added: string[], removed: string[], renamed: string[] } }`. */
export interface Library extends EventTarget {
  /** why nothing is kept, in a window that keeps nothing */
  readonly trouble: string | null;
  /** newest first */
  list(): Item[];
  text(id: string): Promise<string>;
  texts(ids: string[]): Promise<Recording[]>;
  add(found: { name: string; text: string; session: Session }[], from: Item['from']): Promise<Item[]>;
  rename(id: string, name: string): Promise<void>;
  /** what was removed, to be put back by `restore` */
  remove(ids: string[]): Promise<() => Promise<void>>;
  /** anything else to be kept over reloads, by name */
  keep(name: string, value: unknown): Promise<void>;
  kept(name: string): Promise<any>;
}

/** What is tuned: by share of visits, or by threshold where that is not null. */
export interface Tuning {
  share: number;
  threshold: number | null;
  armingMs: number;
  cooldownMs: number;
  confidence: Record<string, number>;
}

/** What an attribute cannot hold, as the options of falter have it. */
export interface Own {
  /** language → message → its texts */
  messages?: Record<string, Record<string, Record<string, string>>>;
  /** chat and saveCart: the shop has it */
  offers?: {
    discount?: { percent?: string; code?: string; marginFloor?: string };
    alternatives?: { title?: string; url?: string; price?: string }[];
    chat?: boolean;
    saveCart?: boolean;
  };
  /** the brand's custom properties, `--falter-accent` and so on */
  style?: Record<string, string>;
}

/** Settings live in the address, so that a link carries them. */
export interface Settings extends EventTarget {
  readonly tuning: Tuning;
  /** attributes of the script tag by their names without `data-`; what was not set is not there */
  readonly attributes: Record<string, string>;
  /** null: those that come with falter */
  readonly plays: object[] | null;
  readonly own: Own;
  set(change: { tuning?: Partial<Tuning>; attributes?: Record<string, string | null>; plays?: object[] | null; own?: Own }): void;
  reset(): void;
  /** as the engine takes them; a share is looked up in the model's table */
  forEngine(model: ModelInfo, tuning?: Tuning): EngineSettings;
  query(): string;
}

export interface StudioModel {
  info: ModelInfo;
  /** null: the one that ships */
  bytes: Uint8Array | null;
  manifest: string | null;
  name: string;
}

export type ViewName = 'live' | 'recordings' | 'tuning' | 'training' | 'messages' | 'takeaway';

/** `model` and `judged` (all recordings are with the engine) are events of the app. */
export interface App extends EventTarget {
  engine: Engine;
  trainer: Trainer;
  names: Names;
  library: Library;
  settings: Settings;
  readonly model: StudioModel;
  setModel(model: { bytes: Uint8Array; manifest: string | null; name: string } | null): Promise<void>;
  /** resolves once the engine has judged every recording of the library */
  judged(): Promise<void>;
  open(view: ViewName, params?: Record<string, any>): void;
  /** Says it at the lower edge, politely; an action such as Undo stands beside it. */
  toast(text: string, more?: { kind?: 'good' | 'bad'; action?: string; run?: () => void }): void;
}

export interface View {
  /** Once, when it is first opened. @param root empty, filled by the view; actions: the place in the upper bar for its buttons */
  mount(root: HTMLElement, app: App, actions: HTMLElement): Shown | Promise<Shown>;
  /** What its keys do: shown in the list, run while it is open and no field is typed in. Read at each use, so it may be a getter. */
  readonly keys?: { key: string; says: string; run: (event: KeyboardEvent) => void }[];
}

export interface Shown {
  /** Each time it is opened. @param params of `app.open` */
  show?(params: Record<string, any>): void;
  /** Another view is. */
  hide?(): void;
}
