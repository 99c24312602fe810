/* Numbers, shares and times as a language writes them; asked by the module through `Intl` in page/port.rs. */

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
