// The list of articles: a page at a time, moved through with the arrow keys.

import { element, languageTag } from "./dom.js";
import { dateInWords } from "./dates.js";

const PAGE = 50;

/** The list; `link` gives an article's address, `changed` is called when another page is shown. */
export class List {
  constructor({ list, pages, link }) {
    this.list = list;
    this.pages = pages;
    this.link = link;
    this.numbers = [];
    this.page = 0;
    this.current = null;
    list.addEventListener("keydown", (event) => this.move(event));
    list.addEventListener("focusin", (event) => this.hold(event.target.closest("a")));
  }

  /** Show these articles of the library, beginning where `current` is, if it is among them. */
  show(library, numbers, current) {
    this.library = library;
    this.numbers = numbers;
    this.current = current;
    const place = numbers.indexOf(current);
    this.turn(place < 0 ? 0 : Math.floor(place / PAGE));
  }

  /** Mark an article as the one that is read. */
  mark(current) {
    this.current = current;
    const place = this.numbers.indexOf(current);
    if (place >= 0 && Math.floor(place / PAGE) !== this.page) this.turn(Math.floor(place / PAGE));
    for (const link of this.links()) this.markLink(link);
    const marked = this.list.querySelector("[aria-current]");
    this.hold(marked);
    marked?.scrollIntoView({ block: "nearest" });
  }

  /** Put the focus on the article that is read, else on the first one. */
  focus() {
    (this.list.querySelector("[aria-current]") ?? this.links()[0])?.focus();
  }

  /** Return the article after (1) or before (-1) the one that is read, if there is one. */
  neighbour(step) {
    const place = this.numbers.indexOf(this.current);
    return place < 0 ? undefined : this.numbers[place + step];
  }

  turn(page) {
    this.page = Math.max(0, Math.min(page, this.lastPage()));
    const shown = this.numbers.slice(this.page * PAGE, (this.page + 1) * PAGE);
    this.list.start = this.page * PAGE + 1;
    this.list.replaceChildren(...shown.map((number) => this.item(number)));
    this.list.parentElement.scrollTop = 0;
    this.hold(this.list.querySelector("[aria-current]") ?? this.links()[0]);
    this.showPages();
  }

  lastPage() {
    return Math.max(0, Math.ceil(this.numbers.length / PAGE) - 1);
  }

  links() {
    return [...this.list.querySelectorAll("a")];
  }

  item(number) {
    const { index } = this.library;
    const headline = index.headline[number];
    const versions = index.versions[number];
    const kind = index.kinds[index.kind[number]];
    const about = [
      element("bdi", { class: "site" }, index.sites[index.site[number]]),
      element("span", {}, dateInWords(index.day[number]) || "no date"),
      index.tag[number] && element("span", {}, index.tag[number]),
      kind !== "article" && element("span", { class: "badge" }, kind),
      versions > 1 && element("span", { class: "badge" }, `${versions} versions`),
    ].filter(Boolean);
    const title = { class: "title", dir: "auto", lang: languageTag(index.tag[number]) };
    const link = element(
      "a",
      { href: this.link(number), tabindex: -1, "data-article": number },
      headline ? element("span", title, headline) : element("span", { class: "none" }, "no headline"),
      element("span", { class: "about" }, ...about),
    );
    this.markLink(link);
    return element("li", {}, link);
  }

  markLink(link) {
    if (Number(link.dataset.article) === this.current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (this.library) link.setAttribute("href", this.link(Number(link.dataset.article)));
  }

  /** Only one article of the list is reached by Tab: the one that was last looked at. */
  hold(link) {
    if (!link) return;
    for (const other of this.links()) other.tabIndex = -1;
    link.tabIndex = 0;
  }

  move(event) {
    const links = this.links();
    const place = links.indexOf(document.activeElement);
    const to = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      Home: 0,
      End: links.length - 1,
      PageDown: Infinity,
      PageUp: -Infinity,
    }[event.key];
    if (to === undefined || place < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (to >= links.length && this.page < this.lastPage()) {
      this.turn(this.page + 1);
      this.links()[0].focus();
    } else if (to < 0 && this.page > 0) {
      this.turn(this.page - 1);
      this.links().at(-1).focus();
    } else {
      links[Math.max(0, Math.min(to, links.length - 1))].focus();
    }
  }

  showPages() {
    const last = this.lastPage();
    const button = (text, page) => {
      const made = element("button", { type: "button", disabled: page < 0 || page > last }, text);
      made.addEventListener("click", () => {
        const { activeElement } = document;
        const side = activeElement?.dataset.side;
        this.turn(page);
        this.pages.querySelector(`[data-side="${side}"]:enabled`)?.focus();
      });
      made.dataset.side = text;
      return made;
    };
    const where = `Page ${this.page + 1} of ${last + 1}`;
    this.pages.hidden = last === 0;
    this.pages.replaceChildren(
      button("First", this.page ? 0 : -1),
      button("Previous", this.page - 1),
      element("span", {}, where),
      button("Next", this.page + 1),
    );
  }
}
