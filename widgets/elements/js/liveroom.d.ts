// The types of the kit: elements, properties, methods and events, for editors and compilers.

import type { Action, Answer, Card, Command, Item, News as RoomNews, Refusal, ReportData } from './messages.js';

/** The messages, as the room has them; made from the schema that a release has beside this. */
export type * from './messages.js';

/** A room message for a page-driven room: cards, tallies and what this viewer did, whichever changed. */
export type PageNews = RoomNews & { type: 'news'; news: Item[] };

/** What the page's cart is given. */
export interface ClaimToOrder {
  claim: string;
  /** What the shop's server checks before it charges; a JWT. Absent in page-driven rooms without one. */
  ticket?: string;
  sku: string;
  variant: string;
  quantity: number;
  /** What one unit costs this viewer, a decimal number as text. */
  price?: string;
  currency?: string;
  /** When the reservation ends, milliseconds since 1970. */
  until: number;
}

/** What the page's cart answers: it decides what the viewer is shown, not what the stock believes. */
export type OrderAnswer =
  /** `value` in the currency of the price, or with one of its own; a number is read as decimal text. */
  | { ok: true; order?: string | number; value?: number | string | { amount: string; currency: string } }
  | { ok: false; reason: 'out-of-stock' | 'needs-sign-in' | 'payment-failed' | 'other' };

/** What the shop knows of a product now; what is absent stays as the card has it. */
export interface Product {
  title?: string;
  image?: string;
  price?: { amount: string; currency: string };
  variants?: Array<{ id: string; name?: string; stock?: number }>;
}

/** What the page answers to a question by itself; the link is `https://…` or a path of the same site. At most 1,000 characters are shown. */
export interface AutomaticAnswer {
  answer: string;
  link?: string;
}

/** Headers of a request by which a page signs its reports. */
export type ReportHeaders = Record<string, string> | Headers;

/** An entry of the file that `faq` names. */
export interface FrequentQuestion extends AutomaticAnswer {
  question: string;
}

/** What became of a command; without an id where it was not given to any room. */
export type CommandAnswer = Omit<Answer, 'id'> & { id?: string };

/** How a page answers `live-act`. */
export type PageAnswer =
  /** `mine` where the page drives the room; `attest`, a JWT that its server signed, where there is a room server. */
  | { ok: true; mine?: unknown; attest?: string | null }
  | { ok: false; reason: string; message?: string };

/** Dispatched synchronously from the viewer's gesture, before anything is sent. */
export interface LiveActEvent extends CustomEvent<{ widget: string; activity: string; run: number; act: string; id: string; action: Action }> {
  /** Answers for a page-driven room, or lets the action go once the promise gives `{ok: true}`; to be called during dispatch. */
  respondWith(answer: Promise<PageAnswer> | PageAnswer): void;
}

/** The events of all elements; they bubble and are composed. */
export interface LiveEventMap {
  'live-ready': CustomEvent<Record<string, never>>;
  'live-act': LiveActEvent;
  'live-outcome': CustomEvent<{ widget: string; activity: string; act: string; ok: boolean; refusal?: Refusal; mine?: unknown }>;
  'live-update': CustomEvent<{ widget: string; activity: string }>;
  'live-engagement': CustomEvent<{ type: string; data: ReportData | Record<string, unknown> }>;
  'live-error': CustomEvent<{ code: string; message: string; widget?: string }>;
}

/** What became of `share()`. */
export interface Shared {
  /** The link, to be shown where nothing took it. */
  url: string;
  /** `none`: the viewer thought better of it, or the browser has neither. */
  how: 'shared' | 'copied' | 'none';
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
  /** A token for the server; better is `tokenProvider`. */
  token: string | null;
  /** Nothing optional is stored or sent before it is granted. */
  consent: 'pending' | 'granted' | 'denied' | null;
  theme: 'auto' | 'light' | 'dark' | null;
  mode: 'page' | 'overlay' | null;
  /** Where in the view what is open is shown, without child elements. */
  dock: 'bottom-end' | 'bottom-start' | 'bottom' | 'top-end' | 'top-start' | 'top' | null;
  /** An address that is shown as a QR code and in words while something is open, for viewers elsewhere; http or https, at most 120 characters. */
  join: string | null;
  /** What reports say of your campaign: at most 8 `name=value` joined by `&`, such as `utm_source=letter&utm_campaign=autumn`. */
  campaign: string | null;
  /** Of so many page loads one reports, marked with `sampledrate`; a whole number as text, from 2. */
  sample: string | null;
  /** No console lines. */
  get quiet(): string | null;
  set quiet(quiet: string | boolean | null);
  /** Asked for a token, within 10 s, and again before it ends; null for none. Asked at once when it is set on a room that is used. */
  tokenProvider: (() => Promise<string | null> | string | null) | null;
  /** One-click orders: the page's cart, called with a claim that the room knows to be ordered; the signal is aborted when the claim ends. */
  order: ((claim: ClaimToOrder, signal: AbortSignal) => Promise<OrderAnswer> | OrderAnswer) | null;
  /** What the shop knows of a product now, by its number. */
  product: ((sku: string) => Promise<Product | null> | Product | null) | null;
  /** Answers what a viewer has typed, before it is asked; null for no answer. The signal is aborted when something else is typed, and after 10 s. */
  answerer: ((question: string, about: { activity: string; lang: string }, signal: AbortSignal) => Promise<AutomaticAnswer | string | null> | AutomaticAnswer | string | null) | null;
  /**
   * Signs what is about to be sent: gets the body, whose UTF-8 bytes are sent as they are, and answers with the headers that go with it,
   * within 10 s. While it fails, reports wait. Your endpoint must allow these headers by CORS.
   */
  signReport: ((body: string, about: { endpoint: string }, signal: AbortSignal) => Promise<ReportHeaders> | ReportHeaders) | null;
  /** Programme time in milliseconds since 1970, or null. */
  streamClock: (() => number | null) | null;
  /** Messages to override, by key. */
  strings: Record<string, string> | null;
  /** Page-driven: takes a room message as an object or JSON text. */
  receive(message: PageNews | object | string): void;
  /**
   * A streamer's command; practice rooms, and rooms whose token allows it. Never rejects: without an answer within 15 s
   * (30 s while the page joins) it is refused, as `unanswered` where it may have been carried out. Given again under the `id`
   * of that answer, it is carried out once.
   */
  command(command: Command, options?: { id?: string }): Promise<CommandAnswer>;
  /** The page's own events, in the same queue, consent and ledger; types become `page.<type>`. */
  report(type: string, data?: Record<string, unknown>): void;
  /**
   * Offers the page to others, by the system's sheet or else the clipboard; to be called in a gesture. With consent the link
   * has a code of this viewer's, `live-ref`, by which arrivals are counted. Never rejects; nothing where the kit is not whole.
   */
  share(options?: { url?: string; title?: string; text?: string }): Promise<Shared | undefined>;
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
  /** Settles when the widget can be used. */
  readonly ready: Promise<void>;
}

export interface LivePoll extends LiveWidget {}
export interface LiveLottery extends LiveWidget {}
export interface LiveQna extends LiveWidget {}
export interface LiveDeal extends LiveWidget {}

/** The streamer's desk of the room around it, or of the one that `for` names; `studio.js` defines it. */
export interface LiveStudio extends LiveElement {
  /** Drafts answers for the moderator; absent: the one of `<live-room>` does. */
  answerer?: LiveRoom['answerer'];
}

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
