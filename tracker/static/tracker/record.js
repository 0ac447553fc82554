// An address that names an entry on another page of the record leads there at once; without this, by one link more.
function turn() {
  const link = location.hash && document.querySelector(`.turned a[id="${CSS.escape(location.hash.slice(1))}"]`);
  if (link) location.replace(link.href);
}

window.addEventListener("hashchange", turn);
turn();
