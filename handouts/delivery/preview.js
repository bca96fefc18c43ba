"use strict";
const pages = document.getElementById("pages");
const problems = document.getElementById("problems");
const note = document.getElementById("note");

function showPages(state) {
  if (!state.pdf) { pages.classList.add("stale"); return; }
  pages.classList.remove("stale");
  if (state.pages === null) {
    const frame = document.createElement("iframe");
    frame.src = "sheet.pdf?" + state.version;
    frame.title = "The sheet";
    pages.replaceChildren(frame);
    return;
  }
  const images = [];
  for (let number = 1; number <= state.pages; number += 1) {
    const image = new Image();
    image.src = "page-" + number + ".png?" + state.version;
    image.alt = "Page " + number + " of " + state.pages;
    images.push(image);
  }
  const kept = window.scrollY;
  Promise.all(images.map((image) => image.decode().catch(() => null))).then(() => {
    pages.replaceChildren(...images);
    window.scrollTo(0, kept);
  });
}

function showState(state) {
  document.getElementById("title").textContent = state.title;
  note.textContent = state.note;
  problems.replaceChildren(...state.problems.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
  showPages(state);
}

const events = new EventSource("events");
events.onmessage = (event) => showState(JSON.parse(event.data));
events.onerror = () => { note.textContent = "the preview has ended, or is starting again"; };
