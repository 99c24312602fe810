/* Numbers, shares, money and times as a language writes them; asked by the module through `Intl` in page/port.rs. */

const DAY = { day: 'numeric', month: 'short' };
const TIME = { hour: '2-digit', minute: '2-digit' };

export class Format {
  #number;
  #tenths;
  #two;
  #percent;
  #plural;
  #time;
  #dated;
  #day;
  #money;

  /* A tag that the browser does not take counts as its own language. */
  constructor(tag) {
    let use = [tag];
    try {
      Intl.getCanonicalLocales(tag);
    } catch {
      use = undefined;
    }
    const number = (options) => new Intl.NumberFormat(use, options);
    const date = (options) => new Intl.DateTimeFormat(use, options);
    this.#number = number();
    this.#tenths = number({ minimumFractionDigits: 1 });
    this.#two = number({ minimumIntegerDigits: 2 });
    this.#percent = number({ style: 'percent' });
    this.#plural = new Intl.PluralRules(use);
    this.#time = date(TIME);
    this.#dated = date({ ...DAY, ...TIME });
    this.#day = date(DAY);
    this.#money = (currency, most) => number({ style: 'currency', currency, ...(most && { maximumFractionDigits: most }) });
  }

  /* Any of the following, by its name. */
  write(what, value) {
    return this[what](value);
  }

  number(value) {
    return this.#number.format(value);
  }

  percent(whole) {
    return this.#percent.format(whole / 100);
  }

  tenths(value) {
    return this.#tenths.format(value / 10);
  }

  /* An amount as a decimal text: never rounded, in no currency of its own. */
  money(amount, currency) {
    try {
      const usual = this.#money(currency);
      const places = amount.split('.')[1]?.length ?? 0;
      const exact = places > usual.resolvedOptions().maximumFractionDigits ? this.#money(currency, places) : usual;
      return exact.format(amount);
    } catch {
      return `${amount} ${currency}`;
    }
  }

  digits(seconds) {
    return `${this.number(Math.floor(seconds / 60))}:${this.#two.format(seconds % 60)}`;
  }

  plural(value) {
    return this.#plural.select(value);
  }

  /* The time of day in the viewer's zone, with the day if it is another. */
  clock(at) {
    const today = this.#day.format(at) === this.#day.format(Date.now());
    return (today ? this.#time : this.#dated).format(at);
  }
}
