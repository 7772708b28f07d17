// Where somebody writes: who they are, what they answer, a picture, sentences to begin with.

import { el, icon } from "./dom.js";
import { snippet } from "./message.js";
import { keep, nameOf, say, speakerOf, view } from "./store.js";

const TALLEST = 120;

/** A mouse has no other way along a row that is wider than its pane. */
function sideways(event) {
  if (event.deltaX || event.currentTarget.scrollWidth <= event.currentTarget.clientWidth) return;
  event.currentTarget.scrollLeft += event.deltaY;
}

export class Composer {
  /** `people` may be chosen from, `tries` are offered, `send(text, hasPhoto, reply)` says it and tells whether it worked. */
  constructor(pane, { people, tries, send, choose, hasPhotos }) {
    Object.assign(this, { pane, send, hasPhoto: false });
    this.reply = el("div", { class: "answering", hidden: true });
    this.photo = el("div", { class: "answering", hidden: true });
    this.field = el("textarea", {
      rows: 1, maxLength: 4096, value: view.drafts[pane] ?? "", enterKeyHint: "send",
      oninput: () => this.grow(), onkeydown: (event) => this.press(event),
    });
    const picker = people && el(
      "label", { class: "as" }, el("span", { class: "visually-hidden" }, say("as")),
      el("select", { onchange: (event) => choose(event.target.value) },
        people.map((person) => el("option", { value: person.key, selected: person.key === speakerOf(pane) }, person.name))),
    );
    const photo = hasPhotos && el("button", { class: "round", type: "button", title: say("photo"), "aria-label": say("photo"), onclick: () => this.attach(!this.hasPhoto) }, icon("photo"));
    this.node = el(
      "form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.numbers = el("div", { class: "numbers", hidden: true }),
      el("div", { class: "above" }, picker, tries.length > 0 && el("div", { class: "tries", onwheel: sideways }, el("span", {}, say("try")), tries.map((words) => this.suggest(words)))),
      this.reply, this.photo,
      el("div", { class: "row" }, photo, this.field,
        el("button", { class: "round send", type: "submit", title: say("send"), "aria-label": say("send") }, icon("send"))),
    );
    this.rename();
    this.answer(view.replies[pane] ?? null);
  }

  rename() {
    const words = say("write", { name: nameOf(speakerOf(this.pane)) });
    this.field.placeholder = words;
    this.field.setAttribute("aria-label", words);
  }

  suggest(words) {
    const isCommand = words.startsWith("/");
    return el("button", {
      class: "try", type: "button", title: isCommand ? null : words,
      onclick: () => {
        if (isCommand) { this.send(words, false, null); return; }
        this.field.value = words;
        this.grow();
        this.field.focus();
        this.onSuggest?.();
      },
    }, { "/digest": say("digestNow"), "/page": say("openPage") }[words] ?? words);
  }

  /** Numbers that are answers: one tap writes one. */
  offer(numbers) {
    this.numbers.hidden = numbers.length === 0;
    this.numbers.replaceChildren(...numbers.map((number) => el("button", { class: "number", type: "button", onclick: () => this.send(number, false, null) }, number)));
  }

  /** Answer a message, or none. */
  answer(message) {
    view.replies[this.pane] = message;
    this.reply.hidden = !message;
    if (!message) return;
    const name = message.person ? message.name : say("desk");
    this.reply.replaceChildren(icon("reply"), el("span", {}, el("b", {}, say("replyTo", { name })), snippet(message)), this.off(() => this.answer(null)));
  }

  attach(hasPhoto) {
    this.hasPhoto = hasPhoto;
    this.photo.hidden = !hasPhoto;
    if (hasPhoto) {
      this.photo.replaceChildren(el("img", { src: "/demo/static/leak.jpg", alt: say("picture"), width: 48, height: 36 }), el("span", {}, say("photoAdded")), this.off(() => this.attach(false)));
    }
    this.field.focus();
  }

  off(act) {
    return el("button", { class: "off", type: "button", title: say("remove"), "aria-label": say("remove"), onclick: () => { act(); this.field.focus(); } }, icon("close"));
  }

  press(event) {
    if (event.key === "Escape") this.answer(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  grow() {
    view.drafts[this.pane] = this.field.value;
    keep();
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
    this.field.style.overflowY = this.field.scrollHeight > TALLEST ? "auto" : "hidden";
  }

  async submit() {
    const text = this.field.value.trim();
    const { hasPhoto } = this;
    if (!text && !hasPhoto) return;
    const reply = view.replies[this.pane];
    this.field.value = "";
    this.grow();
    if (hasPhoto) this.attach(false);
    this.answer(null);
    if (await this.send(text, hasPhoto, reply?.id ?? null)) return;
    this.field.value = text;
    this.grow();
  }
}
