// One of the four panes: its head, its messages, its composer, and the answers to its taps.

import { Budget } from "./budget.js";
import { Composer } from "./composer.js";
import { el, icon } from "./dom.js";
import { Log } from "./log.js";
import { chatOf, isCounted, isOnScreen, keep, markSeen, nameOf, neighbours, privateChat, say, speakerOf, staff, state, tenants, unread, view } from "./store.js";
import { order } from "./wire.js";

const TOAST_MS = 3500;
const EMPTY = { room: "emptyRoom", private: "emptyRoom", duty: "emptyDuty", managers: "emptyManagers" };

export class Pane {
  /** `stage.open(chat)` shows a chat, `stage.changed()` tells that a choice was made. */
  constructor(key, stage) {
    Object.assign(this, { key, stage });
    this.log = new Log(say(key), {
      speaker: speakerOf(key),
      reply: (message) => { this.composer.answer(message); this.composer.field.focus(); },
      tap: (message, button, node) => this.tap(message, button, node),
      command: key === "private" ? (text) => this.send(text, false, null) : null,
    }, say(EMPTY[key]));
    this.tabs = el("div", { class: "chips" });
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.gate = el("div", { class: "gate" });
    this.composer = new Composer(key, {
      people: { room: neighbours(), duty: staff() }[key],
      tries: state.tries[{ duty: "staff", managers: "manager" }[key] ?? "tenant"],
      send: (...words) => this.send(...words),
      choose: (person) => this.choose(person),
      hasPhotos: key !== "managers",
    });
    if (key === "duty") this.composer.onSuggest = () => this.answerNewest();
    this.budget = new Budget();
    this.title = el("h2", {}, say(key));
    this.hint = el("p", { class: "hint" });
    this.node = el(
      "section", { class: `pane pane-${key}`, "aria-label": say(key), "data-pane": key },
      el("header", {}, this.sign = el("span", { class: "sign" }, icon(key)), el("div", {}, this.title, this.hint)),
      key === "private" || key === "duty" ? this.tabs : null,
      key === "private" ? this.budget.node : null,
      this.log.node, this.toasts, this.gate, this.composer.node,
    );
    this.show();
  }

  get chat() { return chatOf(this.key); }

  /** Draw the chat that is chosen now. */
  show() {
    this.log.pane.speaker = speakerOf(this.key);
    this.log.show(this.chat);
    this.composer.rename();
    const titles = { room: state.titles.room, managers: state.titles.managers, private: nameOf(view.tenant), duty: null };
    this.hint.textContent = titles[this.key] ?? say(`${this.key}Hint`);
    if (this.key === "private") this.dress();
    this.openGate();
    this.see();
  }

  /** The private chat of somebody in WeChat looks and behaves like WeChat. */
  dress() {
    const isWechat = isCounted(view.tenant);
    this.node.classList.toggle("is-wechat", isWechat);
    this.sign.replaceChildren(icon(isWechat ? "wechat" : this.key));
    this.title.textContent = say(isWechat ? "wechat" : this.key);
    if (isWechat) this.hint.textContent = say("wechatHint");
    this.count();
  }

  /** What may still be said here, and the numbers that are answers just now. */
  count() {
    const isWechat = isCounted(view.tenant);
    this.budget.draw(isWechat, state.budgets[this.chat]);
    this.composer.offer(isWechat ? numbersIn(state.chats[this.chat]) : []);
  }

  update() {
    if (this.key === "private") this.count(); // before the log, which keeps its end in sight
    this.log.update(this.chat);
    this.openGate();
    this.see();
  }

  see() {
    if (isOnScreen(this.chat)) markSeen(this.chat);
    this.drawTabs();
  }

  drawTabs() {
    if (this.key === "private") {
      this.tabs.replaceChildren(...tenants().map((one) => this.chip(one.name, privateChat(one.key), one.key === view.tenant, one.isCounted && "wechat")));
    }
    if (this.key === "duty") {
      this.tabs.replaceChildren(...state.groups.map((group) => this.chip(group.name, group.chat, group.key === view.group)));
    }
    const chosen = this.tabs.querySelector("[aria-pressed=true]");
    if (chosen) this.tabs.scrollLeft = chosen.offsetLeft + chosen.offsetWidth / 2 - this.tabs.clientWidth / 2;
  }

  chip(name, chat, isChosen, sign = null) {
    const count = isChosen ? 0 : unread(chat);
    return el("button", { class: "chip", type: "button", "aria-pressed": String(isChosen), onclick: () => this.stage.open(chat) }, sign && icon(sign), sign && el("span", { class: "visually-hidden" }, say(sign)), name, badge(count));
  }

  /** A tenant who never pressed Start cannot be written to, and so cannot write here before that. */
  openGate() {
    const isShut = this.key === "private" && state.chats[this.chat].length === 0;
    this.gate.hidden = !isShut;
    this.composer.node.hidden = isShut;
    if (!isShut) return;
    this.gate.replaceChildren(
      el("p", {}, say("notStarted", { name: nameOf(view.tenant) })),
      el("button", { class: "primary", type: "button", onclick: () => this.send("/start", false, null) }, say("start")),
    );
  }

  choose(person) {
    if (this.key === "duty") view.staff[view.group] = person;
    else view.tenant = person;
    keep();
    this.stage.changed();
  }

  async send(text, photo, reply) {
    const done = await order("say", { person: speakerOf(this.key), chat: this.chat, text, photo, reply });
    if (!done) this.toast(say("refused"));
    return Boolean(done);
  }

  async tap(message, button, node) {
    if (button.url) { this.stage.start(message, button.url); return; }
    node.classList.add("busy");
    const done = await order("tap", { person: speakerOf(this.key), chat: this.chat, message: message.id, verb: button.verb });
    node.classList.remove("busy");
    const words = done ? done.toast : say("refused");
    if (words) this.toast(words);
  }

  /** A suggested answer of staff goes to the newest card, as words without one stay among staff. */
  answerNewest() {
    if (view.replies.duty) return;
    const card = state.chats[this.chat].findLast((message) => message.person === null && message.title?.includes("#"));
    if (card) this.composer.answer(card);
  }

  toast(words) {
    const node = el("p", { class: "toast" }, words);
    this.toasts.replaceChildren(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }
}

/** The numbers the desk's last words ask for; none once they are answered. */
function numbersIn(messages) {
  const last = messages.at(-1);
  if (!last || last.person !== null) return [];
  return [...last.text.matchAll(/^(\d+)\. /gm)].map((found) => found[1]);
}

/** How many are unread, for eyes and for ears; nothing when none are. */
export function badge(count) {
  if (!count) return null;
  return el("span", { class: "badge" }, el("span", { "aria-hidden": "true" }, count > 99 ? "99+" : String(count)), el("span", { class: "visually-hidden" }, say("unread", { count })));
}
