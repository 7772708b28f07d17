// The strip under the head: a word to the newcomer, then what the playing day shows.

import { el, icon } from "./dom.js";
import { say, state } from "./store.js";
import { order } from "./wire.js";

const WELCOMED = "lobby-demo-welcomed";

/** Whoever starts again is a newcomer again. */
export const forgetWelcome = () => localStorage.removeItem(WELCOMED);

export class Strip {
  /** `write()` puts the newcomer into the room's composer. */
  constructor(write) {
    this.write = write;
    this.node = el("div", { class: "strip" });
    this.draw();
  }

  draw() {
    const { play } = state;
    if (play?.isRunning) this.node.replaceChildren(...this.playing(play));
    else if (play && play.step === play.total && !this.isClosed) this.node.replaceChildren(el("p", { role: "status" }, say("played")), this.close());
    else if (!play && !localStorage.getItem(WELCOMED)) this.node.replaceChildren(...this.welcome());
    else this.node.replaceChildren();
    this.node.hidden = !this.node.hasChildNodes();
  }

  welcome() {
    return [
      el("p", {}, el("b", {}, say("welcome")), " ", say("welcomeText")),
      el("button", { class: "plain", type: "button", onclick: () => { this.dismiss(); this.write(); } }, say("welcomeTry")),
      el("button", { class: "primary", type: "button", onclick: () => { this.dismiss(); order("play", { action: "start" }); } }, icon("play"), say("welcomePlay")),
      this.close(),
    ];
  }

  playing(play) {
    const bar = el("progress", { max: play.total, value: play.step, "aria-label": say("progress", play) });
    return [
      bar,
      el("p", { role: "status" }, state.captions[play.caption] ?? ""),
      el("button", { class: "plain", type: "button", onclick: () => order("play", { action: "faster" }) }, icon("faster"), play.speed === 1 ? say("faster") : say("speed", play)),
      el("button", { class: "plain", type: "button", onclick: () => order("play", { action: "stop" }) }, icon("stop"), say("stop")),
    ];
  }

  close() {
    return el("button", { class: "off", type: "button", title: say("close"), "aria-label": say("close"), onclick: () => this.dismiss() }, icon("close"));
  }

  dismiss() {
    localStorage.setItem(WELCOMED, "yes");
    this.isClosed = true;
    this.draw();
  }
}
