// Tells of what the buyer's own hand presses in the store's page. Runs in a world of its own: the
// page can neither see nor call it, and it hears of an event before the page's own scripts do.
(() => {
  const BUTTON = "button, a, summary, [role=button], input:is([type=submit], [type=button], [type=image])";
  const FIELD = "input, textarea, select, label, [contenteditable]";

  const is_press = (event) => {
    const path = event.composedPath().filter((one) => one instanceof Element);
    if (path.some((one) => one.localName === "autoclaim-panel")) return false;
    const met = path.find((one) => one.matches(`${BUTTON}, ${FIELD}`));
    if (event.type === "keydown" && event.key !== "Enter") return false;
    if (met?.matches(BUTTON)) return true;
    // To fill a field in is no press; Enter in a box of one line sends its form.
    if (met) return event.type === "keydown" && met.localName === "input";
    return path.length > 2; // anything but the bare page may be what a store calls a button
  };

  const tell = (event) => {
    if (event.isTrusted && is_press(event)) pressed(event.type);
  };

  for (const name of ["pointerdown", "click", "keydown"]) {
    addEventListener(name, tell, { capture: true, passive: true });
  }
})();
