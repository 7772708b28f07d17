// One message on the screen: who, what, a picture, buttons, a reaction.

import { el, icon } from "./dom.js";
import { nameOf, say, view } from "./store.js";
import { hour } from "./time.js";

const HUES = 7;
const COMMAND = /(\/(?:my|language|help|open|mine|overdue|possible|onduty)\b)/;

/** A round picture of somebody: the bell of the desk, or the first letter of a name. */
export function avatar(person) {
  if (!person) return el("img", { class: "avatar", src: "/static/bell.svg", alt: "", width: 32, height: 32 });
  const hue = [...person].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES;
  return el("span", { class: `avatar hue-${hue}`, "aria-hidden": "true" }, [...nameOf(person)][0] ?? "");
}

/** `pane` has `speaker`, `reply(message)`, `tap(message, button)` and `command(text)`. */
export function draw(message, pane) {
  if (message.isDeed) return el("li", { class: "deed", "data-id": message.id }, el("span", {}, message.text));
  const isDesk = message.person === null;
  const isOwn = message.person === pane.speaker;
  const name = isDesk ? say("desk") : message.name;
  const kind = isDesk ? "desk" : isOwn ? "own" : "other";
  return el(
    "li",
    { class: `message ${kind}`, "data-id": message.id },
    isOwn ? null : avatar(message.person),
    el(
      "div",
      { class: "bubble" },
      el(
        "button",
        { class: "reply-to", type: "button", title: say("reply"), "aria-label": `${say("replyTo", { name })}: ${snippet(message)}`, onclick: () => pane.reply(message) },
        icon("reply"),
      ),
      el("span", { class: isOwn ? "hidden" : "who" }, name),
      message.reply && quote(message.reply),
      message.title && el("strong", { class: "title" }, message.title),
      message.photo && el("img", { class: "photo", src: message.photo, alt: say("picture"), width: 640, height: 480, loading: "lazy" }),
      message.text && el("p", { class: "text" }, isDesk ? withCommands(message.text, pane) : message.text),
      el(
        "span",
        { class: "meta" },
        message.isEdited && el("span", { class: "edited" }, say("edited")),
        el("time", { dateTime: message.at }, hour(new Date(message.at))),
      ),
      buttons(message, pane),
      message.reaction && el("span", { class: "reaction" }, message.reaction),
    ),
  );
}

/** A message in one short line. */
export function snippet(message) {
  const text = [message.title, message.text].filter(Boolean).join(" ") || say("photoAdded");
  return text.replace(/\s+/g, " ").slice(0, 60);
}

function quote(reply) {
  return el(
    "span",
    { class: "quote" },
    el("b", {}, reply.person ? reply.name : say("desk")),
    el("span", {}, reply.text),
  );
}

function withCommands(text, pane) {
  if (!pane.command) return [text];
  return text.split(COMMAND).map((part) =>
    COMMAND.test(part) ? el("button", { class: "command", type: "button", onclick: () => pane.command(part) }, part) : part,
  );
}

function buttons(message, pane) {
  if (!message.buttons?.length) return null;
  return el(
    "div",
    { class: "buttons" },
    message.buttons.map((line) => el("div", { class: "line" }, line.map((button) => drawButton(message, button, pane)))),
  );
}

function drawButton(message, button, pane) {
  if (button.url && !button.url.startsWith("/?start=")) {
    return el("a", { class: "choice", href: button.url, target: "_blank", rel: "noopener" }, button.label);
  }
  return el("button", { class: "choice", type: "button", onclick: (event) => pane.tap(message, button, event.currentTarget) }, button.label);
}
