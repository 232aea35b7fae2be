/* Runs before the first paint: puts the remembered view (elderly, high contrast) on <html>. */
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  const remembered = (document.cookie.match(/(?:^|; )display=([a-z.]*)/) || [])[1] || "";
  for (const view of ["elderly", "contrast"]) {
    if (remembered.split(".").includes(view)) root.dataset[view] = "";
  }
})();
