// What the page does once it is there.

import { moveByArrows } from "./heatmap.js";
import { Library } from "./library.js";
import { Reader } from "./reader.js";
import { currentRoute } from "./route.js";
import { themeButton } from "./theme.js";

const views = {
  overview: document.getElementById("overview"),
  articles: document.getElementById("articles"),
};

async function start() {
  themeButton(document.getElementById("theme"));
  document.querySelectorAll("table.heat").forEach(moveByArrows);
  show();
  const reader = new Reader(await Library.open());
  const follow = () => {
    const { view, wanted } = show();
    if (view === "articles") reader.show(wanted).catch(complain);
  };
  addEventListener("hashchange", follow);
  follow();
  document.documentElement.dataset.ready = "yes";
  // A first search should not wait for what can be done now.
  setTimeout(() => reader.library.allTexts(), 500);
}

function show() {
  const route = currentRoute();
  const left = Object.entries(views).find(([name]) => name !== route.view)[1];
  const focusIsLost = left.contains(document.activeElement);
  for (const [name, view] of Object.entries(views)) view.hidden = name !== route.view;
  if (focusIsLost) document.getElementById("main").focus();
  for (const link of document.querySelectorAll("nav.views a")) {
    const is = link.dataset.view === route.view;
    if (is) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  return route;
}

function complain(error) {
  const words = document.getElementById("trouble");
  words.hidden = false;
  words.textContent = `The articles cannot be shown: ${error.message}. A browser of 2024 or newer is needed.`;
  throw error;
}

start().catch(complain);
