// Builds elements. Text is only ever set as text, so nothing anybody writes can become markup.

/** An element with properties and children; strings become text, null and false are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.startsWith("aria") && name !== "list") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  room: "M4 20v-9l8-6 8 6v9h-5v-5h-6v5z",
  private: "M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z",
  duty: "M14.5 5.5a4 4 0 0 0-5.2 5.2L4 16v4h4l5.300-5.300a4 4 0 0 0 5.200-5.200L16 12l-2.500-.5L13 9z",
  managers: "M5 20v-8h3v8zm5.500 0V5h3v15zm5.500 0v-5h3v5z",
  wechat: "M9.500 4C5.400 4 2 6.700 2 10c0 1.900 1.100 3.600 2.900 4.700L4.300 17l2.600-1.300c.8.200 1.700.300 2.600.300M22 14.500c0-2.800-2.900-5-6.500-5S9 11.700 9 14.500s2.900 5 6.500 5c.8 0 1.600-.1 2.300-.3l2.200 1.200-.5-2c1.500-.9 2.500-2.300 2.500-3.900z",
  send: "M4 12 20 5l-4.500 15-4-6.500zM11.500 13.500 20 5",
  photo: "M5 7h3l1.500-2h5L16 7h3a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zM12 16a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400z",
  reply: "M10 6 4 11.500 10 17v-3.500c5 0 8 1.500 10 5-.5-6-4-9.500-10-9.500z",
  close: "M6 6l12 12M18 6 6 18",
  play: "M8 5.500v13l10.500-6.500z",
  stop: "M7 7h10v10H7z",
  faster: "M5 6.500v11l7-5.500zm7 0v11l7-5.500z",
  clock: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2",
  again: "M5.500 12a6.500 6.500 0 1 1 2 4.700M5 20v-4h4",
  down: "M6 9.500l6 6 6-6",
};

/** A line drawing that takes the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
