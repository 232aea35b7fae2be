/* The panel 检查文字 beside the form of a page: asks again whenever Wagtail has saved by itself. */
document.addEventListener('DOMContentLoaded', () => {
  const panel = document.querySelector('[data-text-check]');
  if (!panel) return;
  const found = panel.querySelector('[data-text-check-found]');
  const counter = document.querySelector(
    '[data-side-panel-toggle="text-check"] [data-side-panel-toggle-counter]',
  );
  let asked = 0;

  const renew = async () => {
    if (!panel.dataset.key) return;
    asked += 1;
    const own = asked;
    const answer = await fetch(panel.dataset.url.replace('/0/', `/${panel.dataset.key}/`), {
      cache: 'no-store', headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    const text = await answer.text();
    // The guard of the editor tells of an ended session.
    if (!answer.ok || own !== asked || text === found.dataset.shown) return;
    found.dataset.shown = text;
    found.innerHTML = text;
    panel.querySelector('[data-text-check-wait]').hidden = true;
    const { count } = found.querySelector('[data-count]').dataset;
    counter.textContent = count;
    counter.hidden = count === '0';
  };

  const ask = () => renew().catch(() => {});  // Without a network the old answer stays.
  document.addEventListener('w-autosave:success', (event) => {
    panel.dataset.key = (event.detail.response || {}).pk || panel.dataset.key;
    ask();
  });
  ask();
});
