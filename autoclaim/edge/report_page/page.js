"use strict";
(() => {
  const form = document.getElementById("filter");
  const rows = [...document.querySelectorAll("#order-rows tbody tr, #past-rows tbody tr")];
  const field = (id) => document.getElementById(id);
  let texts = null;

  const show = () => {
    texts = texts || rows.map((row) => row.textContent.toLowerCase());
    const words = field("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const group = field("g").value;
    const name = field("n") ? field("n").value : "";
    let seen = 0;
    rows.forEach((row, at) => {
      const fits =
        (!group || row.dataset.g === group) &&
        (!name || row.dataset.n === name) &&
        words.every((word) => texts[at].includes(word));
      row.hidden = !fits;
      seen += fits ? 1 : 0;
    });
    // A closed fold is not laid out, which is what lets a long history open at once.
    if (field("past") && (words.length || group || name)) field("past").open = true;
    field("count").textContent = seen + " of " + rows.length + " order lines";
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  field("count").textContent = rows.length + " order lines";
})();
