// The head of the page: the building, its clock, the day that plays, the language, the line.

import { el, icon } from "./dom.js";
import { say, state } from "./store.js";
import { forgetWelcome } from "./strip.js";
import { day, hour, now } from "./time.js";
import { order } from "./wire.js";

const LEAPS = ["hour", "evening", "morning", "tomorrow"];

export class Head {
  constructor() {
    this.time = el("time", { class: "time" });
    this.date = el("span", { class: "date" });
    this.short = el("span", { class: "short" });
    this.line = el("span", { class: "line-state", role: "status" });
    this.leaps = LEAPS.map((leap) => el("button", { type: "button", onclick: () => this.leap(leap) }, say(leap)));
    this.play = el("button", { class: "primary", type: "button", onclick: () => this.startPlay() }, icon("play"), say("play"));
    this.controls = el(
      "div", { class: "controls", id: "controls" },
      el("div", { class: "clock", role: "group", "aria-label": say("clock") }, el("div", { class: "face" }, this.time, this.date), el("div", { class: "leaps" }, this.leaps)),
      this.play,
      el("div", { class: "languages", role: "group", "aria-label": say("language") }, state.languages.map((one) => this.language(one))),
      el("button", { class: "plain", type: "button", onclick: () => { if (confirm(say("sureAgain"))) { forgetWelcome(); order("again"); } } }, icon("again"), say("again")),
    );
    this.opener = el("button", { class: "opener", type: "button", "aria-expanded": "false", "aria-controls": "controls", "aria-label": say("controls"), onclick: () => this.unfold() }, icon("clock"), this.short);
    this.node = el(
      "header", { class: "head" },
      el("img", { class: "bell", src: "/static/bell.svg", alt: "", width: 40, height: 40 }),
      el("div", { class: "names" }, el("h1", {}, state.site), el("p", {}, say("subtitle"), this.line)),
      this.opener, this.controls,
    );
    this.tick();
  }

  language(one) {
    const isChosen = one.code === state.language;
    return el("button", { type: "button", lang: one.lang, "aria-pressed": String(isChosen), onclick: () => isChosen || order("language", { language: one.code }) }, one.name);
  }

  unfold(isOpen = !this.node.classList.contains("is-open")) {
    this.node.classList.toggle("is-open", isOpen);
    this.opener.setAttribute("aria-expanded", String(isOpen));
  }

  /** Put away what is open, and leave who works by keyboard where they were. */
  fold() {
    if (!this.node.classList.contains("is-open")) return;
    if (this.controls.contains(document.activeElement)) this.opener.focus();
    this.unfold(false);
  }

  startPlay() {
    this.unfold(false);
    order("play", { action: "start" });
  }

  async leap(leap) {
    this.node.classList.add("is-passing");
    for (const button of this.leaps) button.disabled = true;
    await order("leap", { leap });
    this.node.classList.remove("is-passing");
    this.playing(state.play?.isRunning);
  }

  tick() {
    const at = now();
    this.time.textContent = this.short.textContent = hour(at);
    this.time.dateTime = at.toISOString();
    this.date.textContent = day(at);
  }

  /** The day has a clock of its own. */
  playing(isRunning) {
    for (const button of this.leaps) button.disabled = Boolean(isRunning);
    this.play.disabled = Boolean(isRunning);
  }

  setLine(isUp) {
    const words = say(isUp ? "online" : "offline");
    if (this.line.textContent !== words) this.line.textContent = words;
    this.line.classList.toggle("is-down", !isUp);
  }
}
