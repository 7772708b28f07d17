// How many messages the desk may still send to somebody in WeChat, and until when: it runs out before your eyes.

import { el } from "./dom.js";
import { say } from "./store.js";
import { day, hour, now } from "./time.js";

export class Budget {
  constructor() {
    this.drops = el("span", { class: "drops", "aria-hidden": "true" });
    this.words = el("span", { role: "status" });
    this.node = el("p", { class: "budget", hidden: true }, this.drops, this.words);
  }

  /** `budget` is what is left of how many, how many of these are kept back, and when the window shuts. */
  draw(isShown, budget) {
    this.node.hidden = !isShown;
    if (!isShown) return;
    const shutsAt = budget && new Date(budget.shutsAt);
    const isShut = Boolean(budget) && shutsAt <= now();
    const left = budget && !isShut ? budget.left : 0;
    this.node.classList.toggle("is-low", Boolean(budget) && left <= budget.kept);
    this.drops.replaceChildren(...Array.from({ length: budget?.of ?? 5 }, (_, index) => el("i", { class: index >= left ? "" : index < budget.kept ? "kept" : "full" })));
    this.words.textContent = this.tell(budget, left, isShut, shutsAt);
  }

  tell(budget, left, isShut, shutsAt) {
    if (!budget) return say("budgetNone");
    if (isShut) return say("budgetShut");
    if (left === 0) return say("budgetSpent");
    if (left <= budget.kept) return say("budgetLast");
    return say("budget", { left, of: budget.of, until: `${day(shutsAt)} ${hour(shutsAt)}` });
  }
}
