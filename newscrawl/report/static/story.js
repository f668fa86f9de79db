// One article, set for reading.

import { address, element, languageTag } from "./dom.js";
import { dateInWords } from "./dates.js";

const RIGHT_TO_LEFT = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u;
const LETTER = /\p{L}/u;

/** Return the article as a person reads it; `title` names its heading. */
export function story(record, title) {
  const direction = directionOf(`${record.headline ?? ""} ${record.body ?? ""}`);
  return element(
    "div",
    { class: "story", lang: languageTag(record.language), dir: direction },
    kicker(record),
    heading(record, title),
    record.description ? text("p", "standfirst", record.description) : null,
    byline(record),
    ...pictures(record),
    ...body(record),
    tags(record),
  );
}

/** Return the direction of a text: that of its first letter. */
export function directionOf(words) {
  const letter = LETTER.exec(words);
  return letter && RIGHT_TO_LEFT.test(letter[0]) ? "rtl" : "ltr";
}

function text(name, className, value) {
  return element(name, { class: className, dir: "auto" }, value);
}

function heading(record, title) {
  if (record.headline) return element("h2", { id: title, tabindex: -1, dir: "auto" }, record.headline);
  return element("h2", { id: title, tabindex: -1, class: "none", lang: "en", dir: "ltr" }, "No headline");
}

function kicker(record) {
  const parts = [
    record.publisher && element("bdi", {}, record.publisher),
    record.section && element("bdi", {}, record.section),
    record.kind !== "article" && element("bdi", { lang: "en" }, record.kind),
    record.access && record.access !== "open" && element("bdi", { lang: "en" }, record.access),
  ].filter(Boolean);
  return parts.length ? element("p", { class: "kicker" }, ...parts) : null;
}

function byline(record) {
  const dated = (name, words) =>
    record[name] &&
    element("span", { lang: "en", dir: "ltr" }, words, element("time", { datetime: record[name] }, dateInWords(record[name])));
  const authors = (record.authors ?? []).map((author) => element("bdi", { class: "author" }, author));
  const lines = [
    authors.length ? element("span", { class: "authors" }, ...authors) : null,
    dated("date", "Published "),
    dated("date_modified", "Updated "),
  ].filter(Boolean);
  return element(
    "div",
    { class: "byline" },
    lines.length ? element("p", {}, ...lines) : null,
    element("p", { dir: "ltr" }, address(record.url)),
  );
}

function pictures(record) {
  const images = [...(record.images ?? [])];
  if (!images.length && (record.caption || record.credit)) {
    images.push({ caption: record.caption, credit: record.credit });
  }
  const shown = images.map((image) =>
    element(
      "figure",
      { class: "picture" },
      element("p", { class: "source", dir: "ltr" }, image.url ? address(image.url) : "address not known"),
      image.alt && image.alt !== image.caption ? text("p", "alt", image.alt) : null,
      image.caption || image.credit
        ? element(
            "figcaption",
            { dir: "auto" },
            image.caption ?? "",
            image.credit ? element("bdi", { class: "credit" }, image.credit) : null,
          )
        : null,
    ),
  );
  if (record._pictures) {
    shown.push(remark(`This report keeps ${images.length} of its ${record._pictures} pictures.`));
  }
  return shown;
}

function body(record) {
  if (!record.body) return [remark("No body.")];
  const paragraphs = record.body.split(/\n{2,}/).map((part) => text("p", null, part));
  const lines = element("div", { class: "body" }, ...paragraphs);
  if (!record._whole) return [lines];
  const kept = record.body.length.toLocaleString("en");
  const whole = record._whole.toLocaleString("en");
  return [lines, remark(`The report ends here, after ${kept} of ${whole} characters; the record has all: ${record._place}`)];
}

function remark(words) {
  return element("p", { class: "remark", lang: "en", dir: "ltr" }, words);
}

function tags(record) {
  if (!record.tags?.length) return null;
  const items = record.tags.map((tag) => element("li", {}, element("bdi", {}, tag)));
  return element("ul", { class: "tags", "aria-label": "Tags" }, ...items);
}
