// The line to the server: events come in, orders go out. A line that is silent too long is dropped and taken up again.

const SILENCE_MS = 25000;
const AGAIN_MS = 1500;

let source = null;
let watchdog = 0;

/** Keep listening; `on` has a function per event name, and `line(isUp)`. */
export function listen(on) {
  source?.close();
  source = new EventSource("/demo/events");
  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => retry(on), SILENCE_MS);
  };
  for (const name of ["state", "messages", "clock", "play", "ping"]) {
    source.addEventListener(name, (event) => {
      alive();
      on.line(true);
      on[name]?.(JSON.parse(event.data));
    });
  }
  source.addEventListener("error", () => {
    on.line(false);
    if (source.readyState === EventSource.CLOSED) retry(on);
  });
  alive();
}

function retry(on) {
  on.line(false);
  source?.close();
  clearTimeout(watchdog);
  watchdog = setTimeout(() => listen(on), AGAIN_MS);
}

/** Give an order; the answer as data, or null when it did not work. */
export async function order(path, body = {}) {
  try {
    const answer = await fetch(`/demo/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
