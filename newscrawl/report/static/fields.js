// The record behind an article: every field, its value, and where that came from.

import { address, element, languageTag } from "./dom.js";

const WORDS = {
  "json-ld": "structured data (JSON-LD)",
  microdata: "structured data (microdata)",
  opengraph: "OpenGraph tags",
  meta: "meta tags",
  html: "the page's text",
  site: "the publisher's rules",
  url: "the address",
  feed: "the feed",
  text: "a text dump",
};
const NAMES =
  "url headline date caption body description authors credit images date_modified date_raw section tags language publisher canonical_url kind access rights fetched_at content_hash revision cluster schema_version".split(
    " ",
  );
const ADDRESSES = ["url", "canonical_url"];
const LONGEST = 240;

/** Return the table of a record's fields, and a line with those that are not set. */
export function fields(record) {
  const extra = Object.keys(record).filter(
    (name) => !NAMES.includes(name) && name !== "sources" && !name.startsWith("_"),
  );
  const names = [...NAMES, ...extra];
  const set = names.filter((name) => record[name] !== undefined);
  const unknown = record._cut ? ["cluster", "content_hash"] : ["cluster"];
  const unset = names.filter((name) => record[name] === undefined && !unknown.includes(name));
  const table = element(
    "table",
    { class: "fields" },
    element("thead", {}, element("tr", {}, ...["Field", "Value", "Source"].map(head))),
    element("tbody", {}, ...set.map((name) => row(name, record))),
  );
  return [
    element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Fields" }, table),
    unset.length ? element("p", { class: "unset" }, "Not set: ", ...codes(unset)) : null,
    element("p", { class: "unset" }, "Record: ", element("bdi", { class: "address" }, record._place)),
  ];
}

function head(name) {
  return element("th", { scope: "col" }, name);
}

function codes(names) {
  return names.flatMap((name, place) => [place ? ", " : "", element("code", {}, name)]);
}

function row(name, record) {
  const source = record.sources?.[name];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, element("code", {}, name)),
    element("td", { dir: "auto", lang: languageTag(record.language) }, value(name, record[name])),
    element("td", { class: "source" }, source ? sourceOf(source) : "–"),
  );
}

function sourceOf(source) {
  return element("span", { title: WORDS[source] ?? null }, source);
}

function value(name, found) {
  if (ADDRESSES.includes(name)) return address(String(found));
  if (name === "images") return pictures(found);
  if (Array.isArray(found)) return element("span", {}, ...found.flatMap(listed));
  if (typeof found === "object") return JSON.stringify(found, null, 1);
  const written = String(found);
  if (written.length <= LONGEST) return written;
  return `${written.slice(0, LONGEST)} … (${written.length.toLocaleString("en")} characters)`;
}

function listed(item, place) {
  return [place ? " · " : "", element("bdi", {}, String(item))];
}

function pictures(images) {
  const addresses = images.map((image) => element("li", {}, address(String(image.url))));
  return element("ul", { class: "plain", dir: "ltr" }, ...addresses);
}
