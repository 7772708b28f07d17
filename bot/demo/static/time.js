// The building's clock: it runs on between the server's words, and is written in the reader's language.

import { state } from "./store.js";

let toldAt = 0;
let told = 0;

export function set(now) {
  told = Date.parse(now);
  toldAt = performance.now();
}

export const now = () => new Date(told + performance.now() - toldAt);

function format(options) {
  return new Intl.DateTimeFormat(state.language.replace("_", "-"), { timeZone: state.zone, hourCycle: "h23", ...options });
}

export const hour = (at) => format({ hour: "2-digit", minute: "2-digit" }).format(at);
export const day = (at) => format({ weekday: "short", month: "short", day: "numeric" }).format(at);
export const dayKey = (at) => format({ dateStyle: "short" }).format(at);
