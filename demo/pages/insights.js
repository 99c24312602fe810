/* The page of a room's figures: asks for them every few seconds, draws them, and says since when they are old. */

import { audience, acts } from './insights/series.js';
import { showAlerts, thresholds } from './insights/alerts.js';
import { compare } from './insights/compare.js';
import { clock, day, fromField, instant, toField } from './insights/format.js';
import { funnel } from './insights/funnel.js';
import { reference } from './insights/reference.js';
import { definitions, links, rows, stand, tiles, trouble } from './insights/tables.js';
import { moments, timeline } from './insights/timeline.js';
import { desk } from './key.js';
import { asked, dress, link, page, room, server } from './page.js';

const EVERY_MS = 3_000;
const OWN = 'own';
const at = (id) => document.getElementById(id);
const address = `${server}/v1/rooms/${encodeURIComponent(room)}`;
const key = desk(server, room);
const scope = at('scope');
let show = asked('show');
let timer;
let asks = 0;
let last;

/* A time of one's own, as the fields have it; nothing while there is none. */
function own() {
  const [from, to] = [scope.from, scope.to].map(({ value }) => fromField(value));
  return show === OWN && from < to ? { show: 'all', from, to } : null;
}
const within = () => own() ?? { show: show === OWN ? 'all' : show };

dress();
link();
at('name').textContent = room;
document.title = `Insights · ${room}`;

const ask = async (path, query = {}, options = {}) => {
  const url = new URL(`${address}/${path}`);
  for (const [name, value] of Object.entries(query)) if (value !== '') url.searchParams.set(name, value);
  const headers = { ...options.headers, authorization: `Bearer ${await key.token()}` };
  const response = await fetch(url, { ...options, headers });
  if (response.ok) return response;
  const refusal = (await response.json().catch(() => ({}))).refusal;
  throw Object.assign(new Error(refusal?.message ?? refusal?.reason ?? `the server answered ${response.status}`), { status: response.status });
};
const read = async (query) => (await ask('insights', query)).json();
const limits = thresholds(ask, () => renew());
const line = reference(() => renew());
const pair = compare(at('compare'), at('compared'), read, own);

/* Asks now, and again in a while; whoever asks meanwhile does not ask twice, and an answer to what was asked before is none any more. */
async function renew() {
  clearTimeout(timer);
  timer = undefined;
  const mine = (asks += 1);
  try {
    const told = await read({ ...within(), by: at('by').value });
    await limits.read();
    if (mine !== asks) return;
    draw(told);
    await pair.renew(told);
    if (mine !== asks) return;
    say(told);
  } catch (error) {
    if (mine !== asks) return;
    await late(error);
  }
  clearTimeout(timer);
  timer = setTimeout(() => (document.hidden ? undefined : renew()), EVERY_MS);
}

function draw(told) {
  at('locked').hidden = true;
  at('all').hidden = false;
  options(told);
  last = told.scope;
  const { from, to, brand } = last;
  at('span').textContent = `From ${instant(from)} to ${instant(to)}${brand ? `, of ${brand} alone` : ''}.`;
  for (const part of document.querySelectorAll('[data-of-room]')) part.hidden = Boolean(brand);
  const minutes = told.scope.step / 60_000;
  for (const note of document.querySelectorAll('[data-step]')) {
    note.textContent = minutes === 1 ? 'A point is a minute.' : `A point is ${minutes} minutes.`;
  }
  showAlerts(at('alerts'), told.alerts);
  tiles(at('tiles'), told);
  const { browsers_reporting: browsers, viewers_most: viewers } = told.coverage;
  const most = viewers === undefined ? '' : `; at most ${viewers} ${viewers === 1 ? 'viewer was' : 'viewers were'} connected at once`;
  at('coverage').textContent = `${browsers} ${browsers === 1 ? 'browser' : 'browsers'} reported, with consent${most}. `
    + 'What the room knows is exact and of everybody; what browsers report is of those alone.';
  audience(at('audience'), at('audience-table'), told);
  acts(at('acts'), at('acts-table'), told, line());
  funnel(at('funnel'), at('funnel-table'), told.funnel);
  rows(at('rows'), told);
  links(at('links'), told);
  timeline(at('timeline'), told);
  moments(at('moments'), told);
  stand(at('stand'), told, server);
  trouble(at('trouble'), told);
  definitions(at('definitions'), told.definitions);
}

/* The shows to choose from; a choice that is there stays. */
function options(told) {
  const choices = [...told.shows].reverse().map(({ id, title, started_at: started, ended_at: ended }) => (
    [id, `${title ?? id} · ${day(started)}${ended ? '' : ' (runs)'}`]
  ));
  choices.push(['all', 'All time'], [OWN, 'A time of your own']);
  const chosen = show || told.scope.show || 'all';
  const wanted = JSON.stringify([choices, chosen]);
  if (scope.show.dataset.has === wanted) return;
  scope.show.dataset.has = wanted;
  scope.show.replaceChildren(...choices.map(([value, text]) => new Option(text, value, false, value === chosen)));
}

/* What is chosen stays in the address; a time of one's own begins with what is shown. */
function keep() {
  for (const name of show === OWN && last ? ['from', 'to'] : []) scope[name].value ||= toField(last[name]);
  for (const field of document.querySelectorAll('[data-own]')) field.hidden = show !== OWN;
  const { from, to } = own() ?? {};
  history.replaceState(null, '', page('/insights', { show, from, to }));
}

/* Said once when it becomes true, so that nobody is read the time every three seconds. */
function say(told) {
  at('live').dataset.state = 'live';
  at('live').dataset.at = told.at;
  const text = `Live, every ${EVERY_MS / 1000} s`;
  if (at('live').textContent !== text) at('live').textContent = text;
}

async function late(error) {
  if (at('all').hidden) {
    const watches = error.status === 403 && (await watch());
    at('locked-says').textContent = watches ? 'They are for the owner and analysts. You are told what follows, as at your desk.' : error.message;
    at('locked').hidden = false;
    return;
  }
  if (at('live').dataset.state === 'late') return;
  at('live').dataset.state = 'late';
  at('live').textContent = `Not up to date since ${clock(Number(at('live').dataset.at))}: ${error.message}`;
}

/* Whoever runs the show without reading its figures is told what the desk is told, and sets from when on; whether they may. */
async function watch() {
  try {
    const { alerts } = await (await ask('alerts')).json();
    await limits.read();
    at('locked').after(at('watch'));
    showAlerts(at('alerts'), alerts);
    return true;
  } catch {
    return false;
  }
}

/* A link cannot carry the key: the file is asked for, and handed to the browser to keep. */
async function take(path) {
  try {
    // A file has everything by everything.
    const response = await ask(path, { ...within(), by: 'all' });
    const name = response.headers.get('content-disposition')?.match(/filename="([^"]+)"/)?.[1] ?? path;
    const url = URL.createObjectURL(await response.blob());
    Object.assign(document.createElement('a'), { href: url, download: name }).click();
    URL.revokeObjectURL(url);
  } catch (error) {
    late(error);
  }
}

for (const button of document.querySelectorAll('[data-take]')) button.addEventListener('click', () => take(button.dataset.take));
at('print').addEventListener('click', async () => {
  try {
    const { further, ...told } = await read({ ...within(), by: 'activity,product,brand,streamer' });
    for (const { by, rows: all } of [{ by: 'activity', rows: told.rows }, ...further]) rows(at(`rows-${by}`), { ...told, by, rows: all });
    print();
  } catch (error) {
    late(error);
  }
});
at('by').addEventListener('change', renew);
scope.addEventListener('change', () => {
  show = scope.show.value;
  keep();
  renew();
});
scope.addEventListener('submit', (event) => event.preventDefault());
for (const name of ['from', 'to']) if (asked(name)) scope[name].value = toField(Number(asked(name)));
if (show === OWN) keep();
document.addEventListener('visibilitychange', () => document.hidden || renew());
renew();
