/* Guards what is typed in the admin's forms.

   Wagtail saves by itself while somebody types, and does not wait for that when a button is
   pressed: two pages, or "another window has saved". So every button of a form waits here until
   the automatic saving is done. And when the session has ended, nothing is sent (the answer
   would be the login, the text lost): a message offers to log in beside. */
(() => {
  const SESSION_URL = document.currentScript.dataset.session;
  const LOGIN_URL = document.currentScript.dataset.login;
  const BUTTONS = 'button[type=submit], [data-workflow-action-name]';
  const LONGEST_WAIT = 20000;
  const SILENT_WAIT = 1500;
  // Draftail writes running text into its form field 250 ms after the last change.
  const RICH_TEXT_DELAY = 300;
  const EACH_MINUTE = 60000;

  const formOf = (element) => element.closest('[data-edit-form]');
  const controllerOf = (element, name) => element
    && window.wagtail.app.getControllerForElementAndIdentifier(element, name);
  const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

  /* ---------- The message ---------- */

  const WORDS = {
    ended: '登录已经过期。您写的内容还在这个窗口里，没有丢，但现在存不进去。请在新窗口里登录，再回到这里。',
    other: '现在登录的是另一个人，内容没有保存。请在新窗口里换回原来的账号，再回到这里。',
    network: '网络不通，还没有保存。您写的内容还在这个窗口里。请不要关窗口，网络恢复后再保存。',
    saving: '正在保存，存好了就接着做。请稍等。',
    slow: '网络很慢，自动保存还没有完成，刚才的操作没有做。您写的内容还在这个窗口里，请等一会儿再按一次。',
    back: '已重新登录，内容都在，可以接着写、接着保存。',
  };
  let box = null;

  const tell = (state) => {
    if (!box || !box.isConnected) {
      box = document.createElement('div');
      box.className = 'editor-guard';
      box.setAttribute('role', 'alert');
      document.body.append(box);
    }
    box.dataset.state = state;
    box.textContent = WORDS[state];
    if (state !== 'ended' && state !== 'other') return;
    const link = document.createElement('a');
    link.href = LOGIN_URL;
    link.target = '_blank';
    link.rel = 'opener';
    link.className = 'button';
    link.textContent = '在新窗口登录';
    box.append(link);
  };

  // Those states in which the session or the network must be asked again.
  const isTold = () => box && box.isConnected && ['ended', 'other', 'network'].includes(box.dataset.state);
  const untell = (state) => { if (box && box.dataset.state === state) box.remove(); };

  /* ---------- The session ---------- */

  let own = null;  // Who opened this form.

  /* Tokens change at each login; the forms of this window need the new one. */
  const takeToken = (token) => {
    document.querySelectorAll('input[name=csrfmiddlewaretoken]').forEach((input) => {
      input.value = token;
    });
    window.wagtailConfig.CSRF_TOKEN = token;
  };

  const check = async () => {
    let state = 'network';
    try {
      const answer = await fetch(SESSION_URL, {
        cache: 'no-store', headers: { 'X-Requested-With': 'XMLHttpRequest' },
      });
      if (answer.ok) {
        const { user, token } = await answer.json();
        own = own || user;
        state = user === own ? 'open' : 'other';
        if (state === 'open') takeToken(token);
      } else if (answer.status === 403) {
        state = 'ended';
      }
    } catch (error) {
      state = 'network';
    }
    if (state === 'open') {
      if (isTold()) {
        tell('back');
        const told = box;
        setTimeout(() => { if (told.dataset.state === 'back') told.remove(); }, 8000);
      }
    } else {
      tell(state);
    }
    return state === 'open';
  };

  /* ---------- Automatic saving ---------- */

  /* Resolves when nothing is being saved any more: true, the URL and the revision are then known;
     false after too long a time, when sending would save a second time beside it. */
  const untilSaved = async (form) => {
    const autosave = controllerOf(form, 'w-autosave');
    const start = Date.now();
    while (autosave && autosave.submitPromise && Date.now() < start + LONGEST_WAIT) {
      if (Date.now() > start + SILENT_WAIT && !isTold()) tell('saving');
      // eslint-disable-next-line no-await-in-loop
      await Promise.race([autosave.submitPromise, pause(500)]);
    }
    untell('saving');
    if (!autosave || !autosave.submitPromise) return true;
    tell('slow');
    return false;
  };

  /* Wagtail takes for saved whatever stands in the form when the answer comes. What was pasted or
     typed after the request was sent would wait for the next change: it is saved now. */
  let sent = null;  // What went with the last request, as Wagtail compares it.
  let savedAgain = null;  // For which the request was repeated; nothing is repeated for ever.

  const contentOf = (form) => {
    const unsaved = controllerOf(form, 'w-unsaved');
    return unsaved ? unsaved.formData : null;
  };

  document.addEventListener('w-autosave:save', (event) => { sent = contentOf(event.target); });

  /* The buttons send what the form was opened with. What it has saved by itself since is known
     too: only what another window saved is newer. */
  const takeRevision = (form, { revision_id: id, revision_created_at: made }) => {
    [['loaded_revision_id', id], ['loaded_revision_created_at', made]].forEach(([name, value]) => {
      const input = form.querySelector(`input[name=${name}]`);
      if (input && value) input.value = value;
    });
  };

  document.addEventListener('w-autosave:success', (event) => {
    const form = event.target;
    takeRevision(form, event.detail.response || {});
    const now = contentOf(form);
    if (sent === null || now === null) return;
    const expected = new URLSearchParams(sent);
    const updates = (event.detail.response || {}).field_updates || {};
    Object.entries(updates).forEach(([name, value]) => {
      if (expected.has(name)) expected.set(name, value);
    });
    if (expected.toString() === now || now === savedAgain) return;
    savedAgain = now;
    controllerOf(form, 'w-autosave').save(event);
  });

  /* Wagtail would ask first whether to replace what another window has saved, and keeps the
     question for ever once it was asked by mistake. The site answers with both texts instead. */
  const leaveConflictsToTheSite = () => {
    const session = controllerOf(document.querySelector('form.w-editing-sessions'), 'w-session');
    if (session && session.interceptValue === 'conflict') session.interceptValue = '';
  };

  const mayBeSent = async (form) => {
    if (form.querySelector('.Draftail-Editor')) await pause(RICH_TEXT_DELAY);
    return (await untilSaved(form)) && (await check()) && untilSaved(form);
  };

  const stopSaving = (form) => {
    const autosave = controllerOf(form, 'w-autosave');
    if (autosave) autosave.activeValue = false;
  };

  /* ---------- Buttons and scripts that send a form ---------- */

  /* The button, or the one that took its place: saving a new page makes parts of it again. */
  const stillThere = (button) => {
    if (button.isConnected) return button;
    const action = button.dataset.workflowActionName;
    const same = action
      ? `[data-workflow-action-name="${action}"]`
      : `button[type=submit][name="${button.name}"][value="${button.value}"]`;
    return document.querySelector(same) || button;
  };

  let letThrough = false;
  let waiting = false;

  document.addEventListener('click', async (event) => {
    const button = event.target instanceof Element && event.target.closest(BUTTONS);
    const form = button && formOf(button);
    if (!form || letThrough) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    waiting = true;
    const good = await mayBeSent(form);
    waiting = false;
    if (!good) return;
    leaveConflictsToTheSite();
    letThrough = true;
    stillThere(button).click();
    letThrough = false;
  }, { capture: true });

  /* Once a form is really on its way, nothing else is saved beside it. */
  document.addEventListener('submit', (event) => {
    if (event.target.matches('[data-edit-form]') && !event.defaultPrevented) stopSaving(event.target);
  });

  /* The dialogs of the review send the form by jQuery, which tells no other listener. */
  window.jQuery(document).on('submit', '[data-edit-form]', (event) => {
    if (event.originalEvent) return;
    event.preventDefault();
    const form = event.target;
    mayBeSent(form).then((good) => {
      if (!good) return;
      const unsaved = controllerOf(form, 'w-unsaved');
      if (unsaved) unsaved.submit();
      stopSaving(form);
      form.submit();
    });
  });

  document.addEventListener('w-autosave:error', (event) => {
    const { type } = event.detail;
    if (type === 'server_error' || type === 'network_error') check();
  });

  /* Back from the login beside: go on, and save what waits. */
  const lookAgain = async () => {
    if (document.visibilityState === 'hidden' || !isTold() || !(await check())) return;
    const form = document.querySelector('[data-edit-form]');
    const autosave = controllerOf(form, 'w-autosave');
    if (autosave) autosave.save();
  };
  document.addEventListener('visibilitychange', lookAgain);
  window.addEventListener('focus', lookAgain);
  window.addEventListener('online', lookAgain);
  check();
  // Also where nothing is typed: who comes back from lunch should learn it before writing.
  setInterval(() => { if (document.visibilityState === 'visible') check(); }, EACH_MINUTE);
})();
