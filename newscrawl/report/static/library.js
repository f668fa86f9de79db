// All articles: the index in memory, the records unpacked block by block when they are wanted.

import { unpack } from "./unpack.js";
import { fold } from "./fold.js";

const KEPT_BLOCKS = 8;
const SEARCHED = ["headline", "description", "caption", "body", "section", "publisher", "url"];

export class Library {
  /** Return a promise of the library; `index` has a column for each property of the articles. */
  static async open() {
    return new Library(await unpack("index"));
  }

  constructor(index) {
    this.index = index;
    this.size = index.headline.length;
    this.blocks = new Map();
    this.texts = null;
  }

  /** Return a promise of an article's records, the latest version first. */
  async versions(number) {
    const block = this.index.ends.findIndex((end) => number < end);
    const articles = await this.block(block);
    const [latest, ...older] = articles[number - this.first(block)];
    return [this.withHeadline(latest, number), ...older];
  }

  /** Return a promise of the folded texts of all articles, for searching. */
  allTexts() {
    this.texts ??= this.readTexts();
    return this.texts;
  }

  async block(number) {
    const known = this.blocks.get(number);
    const articles = known ?? unpack(`block-${number}`);
    // The one used last is the last: the first one goes.
    this.blocks.delete(number);
    this.blocks.set(number, articles);
    if (this.blocks.size > KEPT_BLOCKS) this.blocks.delete(this.blocks.keys().next().value);
    return articles;
  }

  /** Return the number of a block's first article. */
  first(block) {
    return block ? this.index.ends[block - 1] : 0;
  }

  /** The headlines stand in the index alone. */
  withHeadline(record, number) {
    const headline = this.index.headline[number];
    return headline ? { ...record, headline } : record;
  }

  async readTexts() {
    const texts = [];
    for (let block = 0; block < this.index.ends.length; block++) {
      const articles = await unpack(`block-${block}`);
      for (const [latest] of articles) {
        texts.push(searchable(this.withHeadline(latest, texts.length)));
      }
      await pause(); // what the reader does comes first
    }
    return texts;
  }
}

function searchable(record) {
  const parts = SEARCHED.map((name) => record[name] ?? "");
  return fold([...parts, ...(record.authors ?? []), ...(record.tags ?? [])].join("\n"));
}

function pause() {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
