// Tables that do not fit: set tighter, and on a phone row by row, each cell with the name of its
// column; see css/tables.css. Without this script they scroll.

const wrappers = [...document.querySelectorAll("main .table-wrapper:not(dockershim-simulator *)")];
const isPhone = matchMedia("(max-width: 40rem)");

const overflows = (wrapper) => wrapper.scrollWidth > wrapper.clientWidth;

// Rows and cells that are shown as blocks would not be a table to every screen reader.
function name(wrapper) {
  const table = wrapper.querySelector("table");
  table.role = "table";
  for (const group of [table.tHead, ...table.tBodies]) group.role = "rowgroup";
  const columns = [...table.tHead.rows[0].cells];
  for (const row of table.rows) {
    row.role = "row";
    columns.forEach((column, place) => {
      const cell = row.cells[place];
      cell.role = cell === column ? "columnheader" : "cell";
      cell.dataset.column = column.textContent.replaceAll("-", "\u2011"); // not broken there
    });
  }
}

function fit(wrapper) {
  wrapper.classList.remove("tight", "stacked");
  if (overflows(wrapper)) wrapper.classList.add("tight");
  if (overflows(wrapper) && isPhone.matches) {
    wrapper.classList.replace("tight", "stacked");
    name(wrapper);
  }
  wrapper.classList.toggle("fits", !overflows(wrapper));
}

wrappers.forEach(fit);

// A frame later, as what an observer changes may not be what it observes.
const room = new ResizeObserver(() => requestAnimationFrame(() => wrappers.forEach(fit)));
[document.querySelector("main"), ...wrappers].forEach((it) => room.observe(it));
