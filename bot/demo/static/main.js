// Draws the page from the server's state and keeps it in step with every event.

import { el, icon } from "./dom.js";
import { Head } from "./head.js";
import { badge, Pane } from "./pane.js";
import { chatOf, isOnScreen, merge, narrow, open, paneOf, personOf, privateChat, recall, say, speakerOf, state, take, unread, view } from "./store.js";
import { Strip } from "./strip.js";
import { set } from "./time.js";
import { listen, order } from "./wire.js";

const PANES = ["room", "private", "duty", "managers"];
const TICK_MS = 1000;

let page = null;

class Page {
  constructor() {
    this.head = new Head();
    this.strip = new Strip(() => this.write());
    this.panes = Object.fromEntries(PANES.map((key) => [key, new Pane(key, this)]));
    this.tabs = el("nav", { class: "tabs", "aria-label": say("chats") });
    this.main = el("main", {}, Object.values(this.panes).map((pane) => pane.node));
    document.documentElement.lang = state.lang;
    document.title = `${state.site} · ${say("subtitle")}`;
    document.body.replaceChildren(this.head.node, this.strip.node, this.main, this.tabs);
    for (const pane of Object.values(this.panes)) pane.log.toEnd();
    this.head.playing(state.play?.isRunning);
    this.changedPane();
  }

  /** Show a chat, wherever it is. */
  open(chat) {
    const before = chatOf(paneOf(chat));
    open(chat);
    if (before !== chat) this.changed();
    this.changedPane();
  }

  /** Who speaks or what is shown was changed. */
  changed() {
    for (const key of ["room", "private", "duty"]) this.panes[key].show();
    for (const select of this.panes.room.node.querySelectorAll("select")) select.value = speakerOf("room");
    for (const select of this.panes.duty.node.querySelectorAll("select")) select.value = this.panes.duty.log.pane.speaker;
    this.drawTabs();
  }

  changedPane() {
    for (const [key, pane] of Object.entries(this.panes)) pane.node.classList.toggle("is-front", key === view.pane);
    this.panes[view.pane].see();
    if (narrow.matches) this.panes[view.pane].log.toEnd();
    this.drawTabs();
  }

  /** The button in the room that leads to the private chat: the one it was said to opens it. */
  start(message, url) {
    const person = personOf(message.reply?.person)?.part === "tenant" ? message.reply.person : view.tenant;
    const payload = new URL(url, location.href).searchParams.get("start") ?? "";
    this.open(privateChat(person));
    order("say", { person, chat: privateChat(person), text: `/start ${payload}` });
  }

  write() {
    this.open("room");
    this.panes.room.composer.field.focus();
  }

  drawTabs() {
    this.tabs.replaceChildren(...PANES.map((key) => {
      const chats = Object.keys(state.chats).filter((chat) => paneOf(chat) === key && !isOnScreen(chat));
      const count = chats.reduce((sum, chat) => sum + unread(chat), 0);
      return el("button", { type: "button", "aria-current": view.pane === key ? "page" : null, onclick: () => this.open(chatOf(key)) }, icon(key), el("span", {}, say(key)), badge(count));
    }));
  }

  play(isFollowed) {
    this.strip.draw();
    this.head.playing(state.play?.isRunning);
    const chat = state.play?.isRunning ? state.play.chat : null;
    if (chat && isFollowed) this.open(chat);
    for (const pane of Object.values(this.panes)) pane.node.classList.toggle("is-acting", pane.key === (chat && paneOf(chat)));
  }
}

function start() {
  recall();
  listen({
    line: (isUp) => page?.head.setLine(isUp),
    state: (next) => {
      take(next);
      set(next.now);
      page = new Page();
      page.head.setLine(true);
      page.play(false);
    },
    messages: ({ chat, messages, budget }) => {
      merge(chat, messages);
      if (budget) state.budgets[chat] = budget;
      const pane = page.panes[paneOf(chat)];
      if (chatOf(pane.key) === chat) pane.update();
      else pane.drawTabs();
      page.drawTabs();
    },
    clock: ({ now }) => { set(now); page.head.tick(); page.panes.private.count(); },
    play: ({ play }) => { state.play = play; page.play(true); },
  });
  setInterval(() => page?.head.tick(), TICK_MS);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") page?.head.fold(); });
  document.addEventListener("click", (event) => { if (page && !event.composedPath().includes(page.head.node)) page.head.fold(); });
  narrow.addEventListener("change", () => page?.changedPane());
}

start();
