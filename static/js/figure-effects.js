/* Where a figure will change: brought up to date when the form has saved itself. */
(() => {
  const ASKED = '[data-figure-effects]';

  document.addEventListener('w-autosave:success', async (event) => {
    const shown = event.target.querySelector(ASKED);
    if (!shown) return;
    try {
      const answer = await fetch(window.location.href, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = answer.ok && page.querySelector(ASKED);
      if (fresh) shown.replaceWith(fresh);
    } catch (error) {
      // The network is away, which the form itself says. What stands here stays.
    }
  });
})();
