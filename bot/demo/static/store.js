// What the server said, and what this page alone knows: who is chosen, what is open, what has been read.

const KEPT = "lobby-demo";
const ROOM = "room";
const MANAGERS = "managers";

export const narrow = window.matchMedia("(max-width: 999px)");

/** The server's last word; replaced as a whole by every `state` event. */
export let state = null;

/** This page's own choices; they outlive a reload, not the tab. */
export const view = { run: "", tenant: "fang", group: "engineering", staff: {}, pane: ROOM, seen: {}, drafts: {}, replies: {} };

/** Take the whole state. Choices stay; what was read is forgotten when the building is another. */
export function take(next) {
  state = next;
  if (view.run !== next.run) {
    Object.assign(view, { run: next.run, seen: {}, replies: {} });
    for (const chat of Object.keys(next.chats)) markSeen(chat);
  }
  keep();
}

/** Put messages into a chat, new ones and changed ones. */
export function merge(chat, messages) {
  const known = new Map(state.chats[chat].map((message) => [message.id, message]));
  for (const message of messages) known.set(message.id, message);
  state.chats[chat] = [...known.values()].sort((one, other) => one.order - other.order);
}

export function keep() {
  const { replies, ...lasting } = view;
  sessionStorage.setItem(KEPT, JSON.stringify(lasting));
}

export function recall() {
  try {
    Object.assign(view, JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"));
  } catch {
    sessionStorage.removeItem(KEPT);
  }
}

/** A text of the page, with its `{names}` filled. */
export function say(name, words = {}) {
  return state.texts[name].replace(/\{(\w+)\}/g, (whole, key) => words[key] ?? whole);
}

export const tenants = () => state.people.filter((person) => person.part === "tenant");
export const staff = () => state.people.filter((person) => person.part === "staff");
export const personOf = (key) => state.people.find((person) => person.key === key);
export const nameOf = (key) => personOf(key)?.name ?? "";
/** In WeChat people talk to the desk one to one, so they are in no group here. */
export const isCounted = (key) => Boolean(personOf(key)?.isCounted);
export const neighbours = () => tenants().filter((person) => !person.isCounted);
export const privateChat = (person) => `private-${person}`;

/** The chat a pane shows now. */
export function chatOf(pane) {
  if (pane === "private") return privateChat(view.tenant);
  if (pane === "duty") return `duty-${view.group}`;
  return pane === "room" ? ROOM : MANAGERS;
}

/** The pane a chat belongs to. */
export function paneOf(chat) {
  if (chat.startsWith("private-")) return "private";
  return chat.startsWith("duty-") ? "duty" : chat;
}

/** Who speaks in a pane. */
export function speakerOf(pane) {
  if (pane === "duty") return view.staff[view.group] ?? firstOf(view.group);
  if (pane === "managers") return state.people.find((person) => person.part === "manager").key;
  return pane === "room" && isCounted(view.tenant) ? neighbours()[0].key : view.tenant;
}

function firstOf(group) {
  return (staff().find((person) => person.group === group) ?? staff()[0]).key;
}

/** Show a chat: choose its tenant or its group, and on a phone its pane. */
export function open(chat) {
  if (chat.startsWith("private-")) view.tenant = chat.slice("private-".length);
  if (chat.startsWith("duty-")) view.group = chat.slice("duty-".length);
  view.pane = paneOf(chat);
  keep();
}

export const isOnScreen = (chat) =>
  chatOf(paneOf(chat)) === chat && (!narrow.matches || view.pane === paneOf(chat));

/** How many messages of a chat nobody has seen on this page. */
export function unread(chat) {
  const seen = view.seen[chat] ?? 0;
  return state.chats[chat].filter((message) => message.order > seen && !message.isDeed).length;
}

export function markSeen(chat) {
  view.seen[chat] = state.chats[chat].at(-1)?.order ?? 0;
}
