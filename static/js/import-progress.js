// Keeps the page of an import up to date while the worker is busy. Without this script the
// page reloads itself.
const read = async () => {
  const box = document.getElementById("import-progress");
  if (!box || !box.dataset.again) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    if (answer.redirected) {
      location.replace(answer.url);
      return;
    }
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("import-progress");
      if (fresh && fresh.dataset.again) box.replaceChildren(...fresh.childNodes);
      else {
        location.reload();
        return;
      }
    }
  } catch {
    // The site may be restarting: ask again.
  }
  setTimeout(read, Number(box.dataset.again));
};
setTimeout(read, 1000);
