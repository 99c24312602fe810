// Places for tabs: each makes its share of reports, in one page load after another, whatever happens to them.

import { begin, burst, leave } from './page.mjs';
import { launch } from '../browser/profile.mjs';

/* Reports that a tab has waiting before it stands back until the network has moved. */
const HIGH = 100;

/* A person's browser: killed, and started again on the same profile. */
export class Profile {
  /* Resolves while it runs. */
  up;
  lives = 0;
  #folder;
  #browser;

  constructor(folder) {
    this.#folder = folder;
    this.up = this.#start();
  }

  async #start() {
    this.#browser = await launch(this.#folder);
    this.lives += 1;
    /* Nobody has to wait for the next one yet. */
    this.died = new Promise((died) => (this.dies = died));
  }

  async page() {
    await this.up;
    return this.#browser.context.newPage();
  }

  /* As a crash ends it; resolves when it is there again. */
  async kill() {
    await this.up;
    this.died.isOver = true;
    this.dies();
    this.up = this.#browser.kill().then(() => this.#start());
    await this.up;
  }

  async end() {
    await this.up;
    await this.#browser.kill();
  }
}

/* A browser that is being killed fails its pages before it is said to be dead. */
const isSoon = (died) => Promise.race([died.then(() => true), new Promise((late) => setTimeout(late, 2_000, false))]);

export class Slot {
  page;
  tab;
  /* Reports that were asked for, in all its page loads. */
  asked = 0;
  #world;
  #name;
  #address;
  #profile;
  #make;
  #loads = 0;

  /* `profile`: where there is one, its pages come and go; else `make()` opens a page, which stays to the end. */
  constructor(world, name, { address, profile, make }) {
    this.#world = world;
    this.#name = name;
    this.#address = address;
    this.#profile = profile;
    this.#make = make ?? (() => profile.page());
  }

  /* Its page stays, since what it has is in its memory alone. */
  get isLasting() {
    return !this.#profile;
  }

  async work(share) {
    while (this.asked < share) {
      await this.#profile?.up;
      const { died } = this.#profile ?? {};
      /* It was killed between the two lines above: its next life is waited for. */
      if (died?.isOver) continue;
      try {
        const turn = this.#open(died).then(() => this.#step());
        await Promise.race([turn, died].filter(Boolean));
      } catch (error) {
        if (!died || !(await isSoon(died))) throw error;
      }
      if (died?.isOver) this.page = undefined;
    }
  }

  async #open(died) {
    if (this.page) return;
    const page = await this.#make();
    /* A page of the next life is not for a turn that ended with the one before. */
    if (died?.isOver) {
      await page.close();
      throw new Error('its browser was killed');
    }
    this.page = page;
    this.page.setDefaultTimeout(60_000);
    await this.page.goto(this.#address);
    await this.#begin();
  }

  async #begin() {
    this.#loads += 1;
    this.tab = `${this.#name}.${this.#loads}`;
    await this.page.evaluate((tab) => (window.tab = tab), this.tab);
    await this.page.evaluate(begin);
  }

  async #step() {
    const { chance, survived, elsewhere } = this.#world;
    const count = 20 + Math.floor(chance() * 50);
    this.asked += count;
    const what = this.#profile ? chance() : 1;
    if (what < 0.06) await this.#away(count, elsewhere, true);
    else if (what < 0.1) await this.#away(count, elsewhere, false);
    else if (what < 0.13) {
      /* It goes while its reports are being written. */
      await this.page.evaluate(burst, { tab: this.tab, count, size: 0, wait: false });
      await this.page.close({ runBeforeUnload: chance() < 0.5 });
      this.page = undefined;
      survived['tabs closed'] += 1;
    } else await this.#burst(count);
  }

  async #burst(count) {
    const { chance, told, proxy, moved } = this.#world;
    const counted = await this.page.evaluate(burst, { tab: this.tab, count, size: Math.floor(chance() * 200), wait: true });
    if (counted.durable) told.set(this.tab, counted.made);
    moved(count);
    let { waiting } = counted;
    while (waiting > HIGH) {
      await Promise.race([proxy.next(), this.#profile?.died].filter(Boolean));
      waiting = await this.page.evaluate(() => document.querySelector('live-room').status.reports.waiting);
    }
  }

  /* Reports, goes elsewhere, and comes back: to the page as it was, or to a fresh one. */
  async #away(count, elsewhere, isBack) {
    const { survived } = this.#world;
    const { page } = this;
    /* The page goes before it can answer. */
    await page.evaluate(leave, { tab: this.tab, count, to: elsewhere }).catch(() => {});
    await page.waitForURL(elsewhere);
    if (isBack) await page.goBack({ waitUntil: 'commit' });
    else await page.goto(this.#address);
    const isCached = await page.evaluate((tab) => window.tab === tab, this.tab);
    survived[isCached ? 'pages brought back from the cache' : 'pages left'] += 1;
    if (!isCached) await this.#begin();
  }
}
