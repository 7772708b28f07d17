// The list of messages in a pane: new ones are added below, changed ones change in place, old places stay where they are.

import { el, icon } from "./dom.js";
import { draw } from "./message.js";
import { say, state } from "./store.js";
import { day, dayKey } from "./time.js";

const NEAR = 80;
const CHANGED_MS = 1600;

export class Log {
  /** `pane` is what a message may ask of its pane; `empty` is said while there is nothing. */
  constructor(label, pane, empty) {
    this.pane = pane;
    this.empty = el("p", { class: "empty" }, empty);
    this.list = el("ol", { class: "log", role: "log", "aria-label": label, tabIndex: 0 });
    this.more = el("button", { class: "more", type: "button", hidden: true, onclick: () => this.toEnd() }, icon("down"), say("newBelow"));
    this.list.addEventListener("scroll", () => { if (this.isAtEnd()) this.more.hidden = true; }, { passive: true });
    this.node = el("div", { class: "scroll" }, this.list, this.empty, this.more);
    this.drawn = new Map();
  }

  isAtEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.more.hidden = true;
  }

  /** Show a chat from the beginning, without announcing it all. */
  show(chat) {
    this.list.setAttribute("aria-busy", "true");
    this.list.replaceChildren();
    this.drawn.clear();
    this.update(chat, false);
    this.toEnd();
    this.list.removeAttribute("aria-busy");
  }

  /** Bring the list up to what the chat is now. */
  update(chat, isFresh = true) {
    const stays = this.isAtEnd();
    const messages = state.chats[chat];
    let isNew = false;
    let changed = null;
    messages.forEach((message, index) => {
      const before = this.drawn.get(message.id);
      if (before?.message === message) return;
      const node = draw(message, this.pane);
      if (before) {
        const hadFocus = before.node.contains(document.activeElement);
        before.node.replaceWith(node);
        // The keyboard stays on a card that was drawn anew under it.
        if (hadFocus) (node.querySelector(".choice") ?? node.querySelector("button"))?.focus({ preventScroll: true });
        if (message.isEdited) changed = node;
      } else {
        isNew = true;
        if (isFresh) node.classList.add("fresh");
        this.add(node, message, messages[index - 1]);
      }
      this.drawn.set(message.id, { message, node });
      node.querySelector("img.photo")?.addEventListener("load", () => { if (stays) this.toEnd(); });
      if (messages[index - 1]?.person === message.person && !messages[index - 1]?.isDeed) node.classList.add("joined");
    });
    this.empty.hidden = messages.length > 0;
    if (changed) this.point(changed);
    if (isNew && (stays || state.play?.isRunning)) this.toEnd();
    else if (isNew) this.more.hidden = false;
    else if (changed && state.play?.isRunning) changed.scrollIntoView({ block: "nearest" });
    else if (stays) this.toEnd();
  }

  /** What changed in place is easily overlooked. */
  point(node) {
    node.classList.add("changed");
    setTimeout(() => node.classList.remove("changed"), CHANGED_MS);
  }

  add(node, message, previous) {
    const at = new Date(message.at);
    if (!previous || dayKey(new Date(previous.at)) !== dayKey(at)) {
      this.list.append(el("li", { class: "day" }, el("span", {}, day(at))));
    }
    this.list.append(node);
  }
}
