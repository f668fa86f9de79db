// Two versions of an article side by side, the words that changed marked.

import { element, languageTag } from "./dom.js";
import { dateInWords } from "./dates.js";
import { differences } from "./differ.js";
import { directionOf } from "./story.js";

const COMPARED = {
  headline: "Headline",
  description: "Standfirst",
  date: "Date",
  date_modified: "Updated",
  authors: "Authors",
  section: "Section",
  tags: "Tags",
  caption: "Caption",
  credit: "Credit",
  images: "Pictures",
  body: "Body",
};

/** Return the comparison of an article's versions, the latest first; two are chosen by select. */
export function versions(records) {
  const shown = element("div", { class: "comparison" });
  const choice = (label, chosen) => {
    const options = records.map((record, place) =>
      element("option", { value: place, selected: place === chosen }, nameOf(record)),
    );
    const select = element("select", {}, ...options);
    select.addEventListener("change", show);
    return [element("label", {}, element("span", {}, label), select), select];
  };
  const [olderLabel, older] = choice("Compare", 1);
  const [newerLabel, newer] = choice("with", 0);

  function show() {
    shown.replaceChildren(...comparison(records[older.value], records[newer.value]));
  }

  show();
  return [element("div", { class: "choices" }, olderLabel, newerLabel), shown];
}

function nameOf(record) {
  const fetched = record.fetched_at ? `, fetched ${dateInWords(record.fetched_at)}` : "";
  return `Version ${record.revision ?? 1}${fetched}`;
}

function comparison(older, newer) {
  const changed = Object.keys(COMPARED).filter((name) => written(older, name) !== written(newer, name));
  if (!changed.length) return [element("p", { class: "remark" }, "No field that is shown here differs.")];
  const cut = older._whole || newer._whole;
  return [
    ...changed.flatMap((name) => pair(name, older, newer)),
    cut ? element("p", { class: "remark" }, "The bodies are cut in this report; what follows is not compared.") : null,
  ].filter(Boolean);
}

function pair(name, older, newer) {
  const before = written(older, name);
  const after = written(newer, name);
  const marked = differences(before, after);
  const side = (record, label, left, mark) => {
    const parts = marked.filter(([what]) => what === "same" || what === left);
    const shown = parts.map(([what, text]) => (what === "same" ? text : element(mark, {}, text)));
    const attributes = {
      class: "side",
      lang: languageTag(record.language),
      dir: directionOf(before || after),
      role: "group",
      "aria-label": `${COMPARED[name]}, ${nameOf(record)}`,
    };
    const empty = element("span", { class: "none", lang: "en" }, "not set");
    return element(
      "div",
      {},
      element("p", { class: "side-name" }, label),
      element("div", attributes, ...(shown.length ? shown : [empty])),
    );
  };
  return [
    element("h4", {}, COMPARED[name]),
    element(
      "div",
      { class: "sides" },
      side(older, `Version ${older.revision ?? 1}`, "gone", "del"),
      side(newer, `Version ${newer.revision ?? 1}`, "new", "ins"),
    ),
  ];
}

function written(record, name) {
  const value = record[name];
  if (value === undefined || value === null) return "";
  if (name === "images") return value.map((image) => image.url).join("\n");
  return Array.isArray(value) ? value.join(", ") : String(value);
}
