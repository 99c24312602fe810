/* The gallery: every state of every widget, chosen by the address, so that tests and pictures walk the same ones. */

import { asked, dress } from './page.js';
import init, { Shown, gallery_message, gallery_names, gallery_styles } from '/kit/studio-glue.js';

const CHOICES = {
  state: [['', 'all']],
  theme: [['auto', 'auto'], ['light', 'light'], ['dark', 'dark'], ['both', 'light and dark']],
  size: [['card', 'card, 360'], ['phone', 'phone, 320'], ['wide', 'wide, 720'], ['chip', 'narrow, 200']],
  lang: [['en', 'English'], ['zh-CN', '简体中文'], ['zh-TW', '繁體中文'], ['ja', '日本語'], ['es', 'Español'], ['ar', 'العربية']],
  via: [['component', 'by the component'], ['element', 'by the elements, fed by receive()'], ['plain', 'as plain forms, without WebAssembly']],
};

const chosen = Object.fromEntries(Object.entries(CHOICES).map(([name, all]) => [name, asked(name, all[0][0])]));
const place = document.getElementById('states');
const says = document.getElementById('says');
// Held, because a state that nothing holds is freed and gone.
const shown = [];

dress(chosen.theme === 'both' ? 'auto' : chosen.theme);
place.dataset.size = chosen.size;

try {
  await init({ module_or_path: '/kit/studio.wasm' });
  const names = gallery_names();
  CHOICES.state.push(...names.map((name) => [name, name]));
  controls();
  const words = await language(chosen.lang);
  const show = chosen.via === 'element' ? byElement() : chosen.via === 'plain' ? byForm(words) : byComponent(words);
  const wanted = chosen.state ? names.filter((name) => name === chosen.state) : names;
  for (const name of wanted) await add(name, await show);
  says.textContent = `${wanted.length} of ${names.length} states.`;
  document.documentElement.dataset.ready = 'true';
} catch (error) {
  says.textContent = `The gallery could not be drawn: ${error.message}. Is the kit built, with studio.wasm in it?`;
}

/** Adds one state, in one theme or in both. */
async function add(name, draw) {
  for (const theme of chosen.theme === 'both' ? ['light', 'dark'] : [chosen.theme]) {
    const figure = document.createElement('section');
    figure.className = /overlay/.test(name) ? 'state state--picture' : 'state';
    figure.dataset.state = name;
    figure.dataset.theme = theme;
    const title = document.createElement('h2');
    title.className = 'state__name';
    title.textContent = chosen.theme === 'both' ? `${name}, ${theme}` : name;
    figure.setAttribute('aria-label', title.textContent);
    const ground = document.createElement('div');
    ground.className = 'state__ground';
    figure.append(title, ground);
    place.append(figure);
    await draw(ground, name, theme);
  }
}

/** Draws with the component alone: every surrounding too, also those that an element would have to be brought into. */
function byComponent(words) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(gallery_styles());
  const format = formats(chosen.lang);
  return (ground, name) => {
    const box = document.createElement('div');
    const shadow = box.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet];
    const inner = document.createElement('div');
    shadow.append(inner);
    ground.append(box);
    shown.push(new Shown(inner, name, words, format));
  };
}

/** Draws with the elements, as a page that drives its own room would. */
async function byElement() {
  await import('/kit/liveroom.js');
  return async (ground, name, theme) => {
    const room = document.createElement('live-room');
    room.setAttribute('theme', theme);
    room.setAttribute('lang', chosen.lang);
    if (/overlay/.test(name)) room.setAttribute('mode', 'overlay');
    const message = gallery_message(name);
    room.append(document.createElement(`live-${JSON.parse(message).news[0].card.widget}`));
    ground.append(room);
    await room.receive(message);
  };
}

/** Draws as a page does that cannot run the module. */
async function byForm(words) {
  const { form, Format } = await import('/kit/plain.js');
  const spoken = { words: JSON.parse(words), format: new Format(chosen.lang), scheme: '' };
  return (ground, name) => {
    const box = document.createElement('div');
    const inner = document.createElement('div');
    box.attachShadow({ mode: 'open' }).append(inner);
    ground.append(box);
    form(inner, JSON.parse(gallery_message(name)).news[0], () => {}, spoken);
  };
}

async function language(lang) {
  const response = await fetch(`/kit/lang/${lang}.json`);
  return response.ok ? response.text() : '{}';
}

/** How a language writes numbers and times; the browser knows. */
function formats(lang) {
  const number = new Intl.NumberFormat(lang);
  const percent = new Intl.NumberFormat(lang, { style: 'percent' });
  const clock = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const plural = new Intl.PluralRules(lang);
  return {
    number: (value) => number.format(value),
    money: (amount, currency) => new Intl.NumberFormat(lang, { style: 'currency', currency }).format(amount),
    percent: (whole) => percent.format(whole / 100),
    clock: (at) => clock.format(at),
    plural: (value) => plural.select(value),
  };
}

/** The lists at the top; choosing opens the address that says the same. */
function controls() {
  const form = document.getElementById('choose');
  for (const [name, all] of Object.entries(CHOICES)) {
    const list = form.elements[name];
    for (const [value, text] of all) list.add(new Option(text, value, false, value === chosen[name]));
  }
  form.addEventListener('change', () => {
    const parameters = new URLSearchParams(new FormData(form));
    location.search = parameters.toString();
  });
}
