// The reader: search and filters, the list, the article; what is shown stands in the address.

import { element } from "./dom.js";
import { FILTERS, matching } from "./filter.js";
import { List } from "./list.js";
import { focusArticle, showArticle, showNothing } from "./reading.js";
import { routeTo } from "./route.js";

const TYPING = 150; // milliseconds without a key after which a search begins
const byId = (identifier) => document.getElementById(identifier);

export class Reader {
  constructor(library) {
    this.library = library;
    this.place = byId("reading");
    this.view = byId("articles");
    this.filters = byId("filters");
    this.wanted = {};
    this.asked = 0;
    this.list = new List({
      list: byId("list"),
      pages: byId("pages"),
      link: (number) => routeTo({ ...this.wanted, article: number }),
    });
    this.listen();
  }

  listen() {
    let typing;
    this.filters.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.filtersChanged(), TYPING);
    });
    this.filters.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(typing);
      this.filtersChanged();
    });
    this.filters.addEventListener("reset", () => setTimeout(() => this.filtersChanged()));
    byId("list").addEventListener("click", (event) => {
      if (event.target.closest("a")) this.focusNext = true;
    });
    this.place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.back();
    });
  }

  /** Show what the address asks for. */
  async show(wanted) {
    const before = this.wanted;
    this.wanted = wanted;
    this.fill(wanted);
    if (!this.numbers || FILTERS.some((name) => (before[name] ?? "") !== (wanted[name] ?? ""))) {
      await this.search();
    }
    await this.open(wanted.article === undefined ? null : Number(wanted.article));
  }

  fill(wanted) {
    for (const name of FILTERS) {
      const control = this.filters.elements[name];
      if (control.type === "checkbox") control.checked = wanted[name] === "yes";
      else if (control !== document.activeElement) control.value = wanted[name] ?? "";
    }
    const further = byId("further");
    if (FILTERS.some((name) => wanted[name] && further.contains(this.filters.elements[name]))) {
      further.open = true;
    }
  }

  filtersChanged() {
    const form = new FormData(this.filters);
    const wanted = Object.fromEntries([...form].filter(([, value]) => value !== ""));
    if (this.wanted.article !== undefined) wanted.article = this.wanted.article;
    history.replaceState(null, "", routeTo(wanted));
    this.show(wanted);
  }

  async search() {
    const asked = ++this.asked;
    if (this.wanted.q && !this.texts) byId("found").textContent = "Reading all texts …";
    const numbers = await matching(this.library, this.wanted);
    if (asked !== this.asked) return; // another search has begun
    this.texts ||= Boolean(this.wanted.q);
    this.numbers = numbers;
    const { article } = this.wanted;
    this.list.show(this.library, numbers, article === undefined ? null : Number(article));
    byId("found").textContent = inWords(numbers.length, this.library.size);
  }

  async open(number) {
    const known = Number.isInteger(number) && number >= 0 && number < this.library.size;
    this.view.toggleAttribute("data-open", known);
    this.list.mark(known ? number : null);
    if (!known) {
      const nothing = this.numbers.length ? "Choose an article from the list." : "No article fits.";
      showNothing(this.place, nothing);
      this.shown = null;
      return;
    }
    if (this.shown === number) {
      this.refreshTurns();
      return;
    }
    this.shown = number;
    const records = await this.library.versions(number);
    if (this.shown !== number) return; // another one has been opened
    showArticle(this.place, records, this.turns());
    this.place.scrollTop = 0;
    if (this.focusNext) focusArticle();
    this.focusNext = false;
  }

  turns() {
    const turn = (words, number) => {
      const button = element("button", { type: "button", disabled: number === undefined }, words);
      button.addEventListener("click", () => {
        this.focusNext = true;
        location.hash = routeTo({ ...this.wanted, article: number });
      });
      return button;
    };
    const back = element("button", { type: "button", class: "back" }, "Back to the list");
    back.addEventListener("click", () => this.back());
    return [back, turn("Previous", this.list.neighbour(-1)), turn("Next", this.list.neighbour(1))];
  }

  refreshTurns() {
    this.place.querySelector(".turns")?.replaceChildren(...this.turns());
  }

  /** Return from an article to its place in the list. */
  back() {
    const narrow = byId("list").offsetParent === null;
    if (narrow) {
      const { article, ...wanted } = this.wanted;
      history.pushState(null, "", routeTo(wanted));
      this.view.removeAttribute("data-open");
      this.wanted = wanted;
      this.shown = null;
    }
    this.list.focus();
  }
}

function inWords(found, all) {
  const number = (value) => value.toLocaleString("en");
  if (found === all) return `${number(all)} ${all === 1 ? "article" : "articles"}`;
  return `${number(found)} of ${number(all)} articles`;
}
