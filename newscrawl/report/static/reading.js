// The place where an article is read: the story, its fields, its versions.

import { element } from "./dom.js";
import { fields } from "./fields.js";
import { story } from "./story.js";
import { versions } from "./versions.js";

const TITLE = "story-title";

/** Show an article's records, the latest version first; `turns` are the buttons above it. */
export function showArticle(place, records, turns) {
  const [latest] = records;
  const several = records.length > 1;
  place.replaceChildren(
    element("div", { class: "turns" }, ...turns),
    story(latest, TITLE),
    section("Fields and their sources", fields(latest)),
    several ? section(`Versions (${records.length})`, versions(records)) : "",
  );
  place.setAttribute("aria-labelledby", TITLE);
}

/** Show that no article is chosen. */
export function showNothing(place, words) {
  place.removeAttribute("aria-labelledby");
  place.replaceChildren(element("p", { class: "nothing" }, words));
}

/** Put the focus on the article's heading. */
export function focusArticle() {
  document.getElementById(TITLE)?.focus({ preventScroll: true });
}

function section(title, content) {
  const parts = content.filter(Boolean);
  return element("section", { class: "behind" }, element("h3", {}, title), ...parts);
}
