// The types of the kit: elements, properties, methods and events, for editors and compilers.

/** A room's no, with a reason from a closed list and, for developers, a sentence. */
export interface Refusal {
  reason: string;
  message?: string;
  again_in_ms?: number;
}

/** What the room did with a streamer's command. */
export interface Answer {
  type: 'answer';
  id: string;
  ok: boolean;
  /** Its position in the room's log; the same whenever it is asked again. */
  position?: number;
  /** The activity it was about, or that it made. */
  activity?: string;
  refusal?: Refusal;
}

/** An option of a poll as composed: a text alone, or all of it. */
export type OptionDraft = string | { id?: string; text: string; image?: string };

/** A poll to prepare or to open; only the question and either options or a scale are needed. */
export interface PollDraft {
  activity?: string;
  question: string;
  options?: OptionDraft[];
  scale?: { min: 0 | 1; max: number; low?: string; high?: string };
  /** How many options one viewer may choose: 1 by default, 0 for any number. */
  max_choices?: number;
  /** Ids of the right answers; they make the poll a quiz. */
  right?: string[];
  board?: boolean;
  results?: 'always' | 'after_voting' | 'after_closing' | 'on_reveal';
  can_change?: boolean;
  named?: boolean;
  level?: 'device' | 'token' | 'verified';
  who?: { tiers?: string[]; segments?: string[]; roles?: string[] };
  closes_in_ms?: number;
  time?: 'picture' | 'room';
  grace_ms?: number;
  announce?: boolean;
  programme_at?: number;
}

/** A streamer's command. */
export type Command =
  | ({ type: 'poll.open' | 'poll.prepare' } & PollDraft)
  | { type: 'open' | 'close' | 'pause' | 'resume' | 'reset' | 'reveal' | 'put_away'; activity: string }
  | { type: 'extend'; activity: string; by_ms: number }
  | { type: 'reopen'; activity: string; closes_in_ms?: number }
  | { type: 'show.start'; title?: string; tags?: string[]; on_air?: string[] }
  | { type: 'show.end' }
  | { type: 'show.on_air'; on_air: string[] }
  | { type: 'room.set'; level?: 'device' | 'token' | 'verified'; delay_ms?: number; origins?: string[] }
  | { type: 'room.seal' };

/** What a viewer does. */
export type Action = { type: 'poll.vote'; choices: string[] } | { type: 'poll.withdraw' };

/** A room message for a page-driven room; the schema of the release has all of it. */
export interface News {
  type: 'news';
  /** The room's clock, milliseconds since 1970; without it no countdown is shown. */
  at?: number;
  epoch?: string;
  news: Array<{
    activity: string;
    run?: number;
    rev?: number;
    card?: { widget: 'poll'; question: string; options: Array<{ id: string; text: string; image?: string }>; [field: string]: unknown };
    tally?: { widget: 'poll'; phase: 'ready' | 'open' | 'paused' | 'closed'; closes_at?: number; voters?: number; votes?: number[]; [field: string]: unknown };
    mine?: { widget: 'poll'; choices: string[]; [field: string]: unknown };
    gone?: boolean;
  }>;
}

/** How a page answers for a room that it drives. */
export type PageAnswer =
  | { ok: true; mine?: unknown; attest?: string }
  | { ok: false; reason: string; message?: string };

/** Dispatched synchronously from the viewer's gesture, before anything is sent. */
export interface LiveActEvent extends CustomEvent<{ widget: string; activity: string; run: number; act: string; action: Action }> {
  /** Answers for a page-driven room, or lets the action go once the promise gives `{ok: true}`; to be called during dispatch. */
  respondWith(answer: Promise<PageAnswer> | PageAnswer): void;
}

/** The events of all elements; they bubble and are composed. */
export interface LiveEventMap {
  'live-ready': CustomEvent<Record<string, never>>;
  'live-act': LiveActEvent;
  'live-outcome': CustomEvent<{ widget: string; activity: string; act: string; ok: boolean; refusal?: Refusal; mine?: unknown }>;
  'live-update': CustomEvent<{ widget: string; activity: string }>;
  'live-engagement': CustomEvent<{ type: string; data: Record<string, unknown> }>;
  'live-error': CustomEvent<{ code: string; message: string; widget?: string }>;
}

/** What a room is doing, in plain JSON. */
export interface Status {
  version: string;
  [field: string]: unknown;
}

declare class LiveElement extends HTMLElement {
  addEventListener<K extends keyof LiveEventMap>(type: K, listener: (event: LiveEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** Owns configuration, connection and reporting. */
export declare class LiveRoom extends LiveElement {
  room: string | null;
  server: string | null;
  /** Asked for a token, and again before it ends. */
  tokenProvider: (() => Promise<string>) | null;
  /** Programme time in milliseconds since 1970, or null. */
  streamClock: (() => number | null) | null;
  /** Messages to override, by key. */
  strings: Record<string, string> | null;
  /** Page-driven: takes a room message as an object or JSON text. */
  receive(message: News | object | string): void;
  /** A streamer's command; practice rooms, and rooms whose token allows it. */
  command(command: Command): Promise<Answer>;
  /** The page's own events, in the same queue, consent and ledger; types become `page.<type>`. */
  report(type: string, data?: Record<string, unknown>): void;
  /** Settles when reports are delivered or stored. */
  flush(): Promise<void>;
  /** Settles when the element can be used. */
  readonly ready: Promise<void>;
  readonly status: Status;
}

/** A widget: shows the activity of its kind opened last and not put away, or the one named. The classes are met as elements alone. */
export interface LiveWidget extends LiveElement {
  /** Which activity; the one opened last if absent. */
  activity: string | null;
  /** Another endpoint for this widget's reports. */
  report: string | null;
}

export interface LivePoll extends LiveWidget {}
export interface LiveLottery extends LiveWidget {}
export interface LiveQna extends LiveWidget {}
export interface LiveDeal extends LiveWidget {}

/** The streamer's desk of the room around it, or of the one that `for` names; `studio.js` defines it. */
export interface LiveStudio extends LiveElement {}

/** The version of the kit. */
export declare const version: string;

declare global {
  interface HTMLElementTagNameMap {
    'live-room': LiveRoom;
    'live-poll': LivePoll;
    'live-lottery': LiveLottery;
    'live-qna': LiveQna;
    'live-deal': LiveDeal;
    'live-studio': LiveStudio;
  }
}
