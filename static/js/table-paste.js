/* A table that is pasted into running text becomes a table block below that text; what was
   copied before and after it stays text. The rich-text editor alone would keep the words of the
   cells and nothing else. */
(() => {
  const LISTS = new Set(['ordered-list-item', 'unordered-list-item']);

  /* The stream that holds the text: [stream, position of the block], or null. */
  const placeOf = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const stream = node.rootBlock;
      if (stream && stream.blockDef && stream.blockDef.childBlockDefsByName) {
        const at = stream.children.findIndex((child) => child.element.contains(element));
        return at >= 0 && stream.blockDef.childBlockDefsByName.rich_table ? [stream, at] : null;
      }
    }
    return null;
  };

  /* What was copied, in order: tables, and HTML of the text between them. */
  const partsOf = (html) => {
    const { copyOf, headFirstRow, parse, stylesOf } = window.pastedTables;
    const page = parse(html);
    const styleOf = stylesOf(page);
    const parts = [];
    const addText = (node) => {
      const last = parts[parts.length - 1];
      const markup = node.nodeType === Node.TEXT_NODE ? node.data : node.outerHTML;
      if (last && last.html !== undefined) last.html += markup;
      else if (node.textContent.trim()) parts.push({ html: markup });
    };
    const walk = (parent) => parent.childNodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        addText(node);
      } else if (node.nodeType !== Node.ELEMENT_NODE || ['STYLE', 'SCRIPT'].includes(node.tagName)) {
        return;
      } else if (node.tagName === 'TABLE') {
        const table = copyOf(node, styleOf);
        const caption = node.caption ? node.caption.textContent.trim().slice(0, 80) : '';
        if (table) parts.push({ table: headFirstRow(table).outerHTML, caption });
      } else if (node.querySelector('table')) {
        walk(node);
      } else {
        addText(node);
      }
    });
    walk(page.body);
    return parts;
  };

  // Wagtail's editor may be loaded after this script.
  const withBlocks = (state, blocks) => window.DraftJS.EditorState.push(
    state, window.DraftJS.ContentState.createFromBlockArray(blocks), 'remove-range');

  /* Text with bold and lists only. */
  const textState = (state, html) => {
    const { CharacterMetadata, convertFromHTML } = window.DraftJS;
    const blocks = convertFromHTML(html).contentBlocks.filter((block) => block.getText().trim());
    return withBlocks(state, blocks.map((block) => block.merge({
      type: LISTS.has(block.getType()) ? block.getType() : 'unstyled',
      characterList: block.getCharacterList().map((sign) => CharacterMetadata.create(
        { style: sign.getStyle().filter((style) => style === 'BOLD').toOrderedSet() })),
    })));
  };

  /* The text before and after the selection, which itself goes; null where there is none. */
  const split = (state) => {
    const { Modifier } = window.DraftJS;
    const chosen = state.getSelection();
    const start = { key: chosen.getStartKey(), offset: chosen.getStartOffset() };
    const caret = chosen.merge({
      anchorKey: start.key, anchorOffset: start.offset, focusKey: start.key, focusOffset: start.offset, isBackward: false,
    });
    const content = chosen.isCollapsed()
      ? state.getCurrentContent()
      : Modifier.removeRange(state.getCurrentContent(), chosen, 'backward');
    const blocks = Modifier.splitBlock(content, caret).getBlocksAsArray();
    const at = blocks.findIndex((block) => block.getKey() === start.key) + 1;
    const half = (some) => (some.some((block) => block.getText().trim()) ? withBlocks(state, some) : null);
    return [half(blocks.slice(0, at)), half(blocks.slice(at))];
  };

  document.addEventListener('paste', (event) => {
    const editor = event.target instanceof Element && event.target.closest('[data-draftail-editor-wrapper]');
    const html = editor && event.clipboardData.getData('text/html');
    if (!html) return;
    const { leftOut, tellLeftOut } = window.pastedTables;
    const left = leftOut(html, true);
    const parts = /<table/i.test(html) ? partsOf(html) : [];
    const place = placeOf(editor);
    if (!place || !parts.some((part) => part.table)) {
      tellLeftOut(editor, left);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();

    const [stream, at] = place;
    const holder = stream.children[at];
    const field = [...editor.parentNode.querySelectorAll('input, textarea')].find((one) => one.draftailEditor);
    const state = field.draftailEditor.getEditorState();
    const values = parts.map((part) => (part.table
      ? { type: 'rich_table', value: { caption: part.caption, table: part.table } }
      : { type: 'paragraph', value: textState(state, part.html) }));
    let next = at + 1;
    if (holder.type === 'paragraph') {
      const [before, after] = split(state);
      if (after) values.push({ type: 'paragraph', value: after });
      if (before) {
        holder.setState({ type: 'paragraph', id: holder.id || null, value: before });
      } else {
        stream.deleteBlock(at, {});
        next = at;
      }
    }
    values.forEach((block, number) => stream.insert({ ...block, id: null }, next + number, {}));
    // The editor that took the paste may be gone with its block: the first new block tells.
    if (left) tellLeftOut(stream.children[next].element.lastElementChild, left);
  }, { capture: true });
})();
