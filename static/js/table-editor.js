/* The table block of the editor: cells are typed and pasted in place.
   The text area that Wagtail saves holds the HTML; the server sanitizes it again. */
(() => {
  const INLINE = { B: 'b', STRONG: 'b', SUP: 'sup', SUB: 'sub' };
  const LINES = new Set(['P', 'DIV', 'LI', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6']);
  const DROPPED = new Set(['SCRIPT', 'STYLE', 'S', 'STRIKE', 'DEL', 'TABLE', 'IMG', 'META', 'LINK']);
  const BOLD = /font-weight\s*:\s*(bold|[6-9]00)/i;

  const HIDDEN = /display\s*:\s*none/i;
  const STRUCK = /line-through/i;

  /* What the style sheet beside the table says of each class: Excel and WPS mark bold so. */
  const stylesOf = (page) => {
    const styles = new Map();
    page.querySelectorAll('style').forEach((sheet) => {
      for (const [, name, rules] of sheet.textContent.matchAll(/\.([\w-]+)\s*\{([^}]*)\}/g)) {
        styles.set(name, `${styles.get(name) || ''};${rules}`);
      }
    });
    return (node) => {
      const classes = [...node.classList].map((name) => styles.get(name) || '');
      return `${classes.join(';')};${node.getAttribute('style') || ''}`;
    };
  };

  /* A copy of the text of `source`, with bold, superscript, subscript and line breaks only. */
  const words = (source, target, styleOf) => {
    source.childNodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        target.append(node.data.replace(/[ \t\r\n\f]+/g, ' '));
      } else if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.tagName)) {
        return;
      } else if (node.tagName === 'BR') {
        target.append(document.createElement('br'));
      } else {
        const style = styleOf(node);
        if (HIDDEN.test(style) || STRUCK.test(style)) return;
        if (LINES.has(node.tagName) && target.textContent.trim()) target.append(document.createElement('br'));
        const tag = INLINE[node.tagName] || (BOLD.test(style) ? 'b' : '');
        words(node, tag ? target.appendChild(document.createElement(tag)) : target, styleOf);
      }
    });
    return target;
  };

  const newCell = (tag = 'td') => document.createElement(tag);

  /* A table of somebody's HTML as a harmless table, or null where nothing is in it. */
  const copyOf = (source, styleOf) => {
    const table = document.createElement('table');
    [...source.rows].forEach((row) => {
      if (HIDDEN.test(styleOf(row))) return;
      const copy = table.insertRow();
      [...row.cells].forEach((cell) => {
        const style = styleOf(cell);
        if (HIDDEN.test(style)) return;
        const isHead = cell.tagName === 'TH' || row.parentNode.tagName === 'THEAD';
        const made = copy.appendChild(newCell(isHead ? 'th' : 'td'));
        if (cell.colSpan > 1) made.colSpan = Math.min(cell.colSpan, 60);
        if (cell.rowSpan > 1) made.rowSpan = Math.min(cell.rowSpan, 500);
        if (STRUCK.test(style)) return;
        const isBold = BOLD.test(style) && cell.textContent.trim();
        words(cell, isBold ? made.appendChild(newCell('b')) : made, styleOf);
      });
    });
    return table.textContent.trim() || table.rows.length > 1 ? table : null;
  };

  const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

  /* The first table in pasted HTML as a harmless table, or null. */
  const tableFrom = (html) => {
    const page = parse(html);
    const source = page.querySelector('table');
    return source && copyOf(source, stylesOf(page));
  };

  /* What of pasted HTML comes into no table, in words; empty where everything does. */
  const leftOut = (html, isTextKept) => {
    const page = parse(html);
    const pictures = page.querySelectorAll('img').length;
    page.querySelectorAll('style, script').forEach((element) => element.remove());
    const tables = [...page.querySelectorAll('table')];
    if (tables.length) tables[0].remove();
    const beside = isTextKept ? '' : page.body.textContent.replace(/\s+/g, ' ').trim();
    const parts = [];
    if (beside) parts.push(`表格以外的文字“${beside.length > 40 ? `${beside.slice(0, 40)}…` : beside}”`);
    if (pictures) parts.push(`${pictures}幅图片`);
    return parts.length ? `没有粘贴进来：${parts.join('，')}。请另外添加。` : '';
  };

  /* Says below `element` what was left out of the last paste. */
  const tellLeftOut = (element, words) => {
    const next = element.nextElementSibling;
    const told = next && next.matches('.pasted-left-out') ? next : null;
    if (!words) {
      if (told) told.remove();
      return;
    }
    const shown = told || document.createElement('p');
    shown.className = 'pasted-left-out help-block help-warning';
    shown.setAttribute('role', 'status');
    shown.textContent = words;
    if (!told) element.after(shown);
  };

  /* Lines with tabs, as a spreadsheet gives them beside its HTML. */
  const tableFromText = (text) => {
    const table = document.createElement('table');
    text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n').forEach((line) => {
      const row = table.insertRow();
      line.split('\t').forEach((part) => {
        row.appendChild(newCell()).textContent = part;
      });
    });
    return table;
  };

  const headFirstRow = (table) => {
    if (table.querySelector('th') || table.rows.length < 2) return table;
    [...table.rows[0].cells].forEach((cell) => {
      const head = newCell('th');
      head.append(...cell.childNodes);
      if (cell.colSpan > 1) head.colSpan = cell.colSpan;
      if (cell.rowSpan > 1) head.rowSpan = cell.rowSpan;
      cell.replaceWith(head);
    });
    return table;
  };

  /* Where each cell begins: [row, column] of the grid, with merged cells counted. */
  const grid = (table) => {
    const taken = [];
    const places = new Map();
    [...table.rows].forEach((row, r) => {
      let c = 0;
      taken[r] = taken[r] || [];
      [...row.cells].forEach((cell) => {
        while (taken[r][c]) c += 1;
        places.set(cell, [r, c]);
        for (let y = r; y < r + cell.rowSpan; y += 1) {
          taken[y] = taken[y] || [];
          for (let x = c; x < c + cell.colSpan; x += 1) taken[y][x] = cell;
        }
        c += cell.colSpan;
      });
    });
    return { taken, places };
  };

  const ACTIONS = [
    ['加一行', 'addRow'], ['加一列', 'addColumn'], ['删这一行', 'removeRow'],
    ['删这一列', 'removeColumn'], ['与右边合并', 'mergeRight'], ['与下边合并', 'mergeDown'],
    ['拆开', 'split'], ['设为标题格', 'toggleHead'],
  ];

  class TableEditorController extends window.StimulusModule.Controller {
    connect() {
      if (this.frame) return;
      this.element.hidden = true;
      this.frame = document.createElement('div');
      this.frame.className = 'table-editor';
      const bar = this.frame.appendChild(document.createElement('div'));
      bar.className = 'table-editor__actions';
      ACTIONS.forEach(([label, name]) => {
        const button = bar.appendChild(document.createElement('button'));
        button.type = 'button';
        button.className = 'button button-small button-secondary';
        button.textContent = label;
        button.addEventListener('mousedown', (event) => event.preventDefault());
        button.addEventListener('click', () => { this[name](); this.store(); });
      });
      this.area = this.frame.appendChild(document.createElement('div'));
      this.area.className = 'table-editor__area';
      this.area.contentEditable = 'true';
      this.area.setAttribute('role', 'textbox');
      this.area.setAttribute('aria-multiline', 'true');
      this.area.setAttribute('aria-label', '表格');
      this.show(tableFrom(this.element.value) || this.empty());
      this.area.addEventListener('input', () => this.store());
      this.area.addEventListener('paste', (event) => this.paste(event));
      this.area.addEventListener('keydown', (event) => this.key(event));
      this.element.after(this.frame);
    }

    empty() {
      return headFirstRow(tableFromText('\t\t\n\t\t\n\t\t'));
    }

    show(table) {
      this.area.replaceChildren(table);
    }

    get table() {
      return this.area.querySelector('table');
    }

    get cell() {
      const { anchorNode } = window.getSelection();
      const from = anchorNode && (anchorNode.nodeType === 1 ? anchorNode : anchorNode.parentElement);
      const cell = from && from.closest('td, th');
      return cell && this.area.contains(cell) ? cell : this.table.rows[this.table.rows.length - 1].cells[0];
    }

    store() {
      if (!this.table) this.show(this.empty());
      this.element.value = this.table.outerHTML;
      this.element.dispatchEvent(new Event('input', { bubbles: true }));
      this.element.dispatchEvent(new Event('change', { bubbles: true }));
    }

    paste(event) {
      const html = event.clipboardData.getData('text/html');
      const text = event.clipboardData.getData('text/plain');
      const table = tableFrom(html) || (text.includes('\t') ? tableFromText(text) : null);
      event.preventDefault();
      event.stopPropagation();
      if (!table) {
        document.execCommand('insertText', false, text.replace(/\s*\n\s*/g, ' '));
      } else if (!this.table.textContent.trim()) {
        this.show(headFirstRow(table));
      } else {
        this.fill(table);
      }
      tellLeftOut(this.area, html ? leftOut(html, !table) : '');
      this.store();
    }

    /* Pasted cells go into those from the caret on; the table grows where it is too small. */
    fill(pasted) {
      const [top, left] = grid(this.table).places.get(this.cell);
      grid(pasted).places.forEach(([r, c], cell) => {
        while (this.table.rows.length <= top + r) this.appendRow();
        while (this.width() <= left + c) this.appendColumn();
        const target = grid(this.table).taken[top + r][left + c];
        target.replaceChildren(...cell.childNodes);
      });
    }

    key(event) {
      if (event.key === 'Enter') {
        event.preventDefault();
        document.execCommand('insertLineBreak');
      } else if (event.key === 'Tab') {
        const cells = [...this.table.querySelectorAll('td, th')];
        const next = cells[cells.indexOf(this.cell) + (event.shiftKey ? -1 : 1)];
        if (!next) return;
        event.preventDefault();
        window.getSelection().selectAllChildren(next);
      }
    }

    width() {
      return Math.max(...grid(this.table).taken.map((row) => row.length));
    }

    appendRow() {
      const width = this.width();
      const row = this.table.tBodies[0].insertRow();
      for (let c = 0; c < width; c += 1) row.appendChild(newCell());
    }

    appendColumn() {
      [...this.table.rows].forEach((row) => {
        const isHead = row.cells.length && [...row.cells].every((cell) => cell.tagName === 'TH');
        row.appendChild(newCell(isHead ? 'th' : 'td'));
      });
    }

    addRow() {
      const { taken, places } = grid(this.table);
      const [r] = places.get(this.cell);
      const row = document.createElement('tr');
      const seen = new Set();
      taken[r].forEach((cell) => {
        if (seen.has(cell)) return;
        seen.add(cell);
        if (places.get(cell)[0] + cell.rowSpan - 1 > r) cell.rowSpan += 1;
        else for (let n = 0; n < cell.colSpan; n += 1) row.appendChild(newCell());
      });
      this.table.rows[r].after(row);
    }

    addColumn() {
      const { taken, places } = grid(this.table);
      const cell = this.cell;
      const at = places.get(cell)[1] + cell.colSpan - 1;
      const seen = new Set();
      taken.forEach((row) => {
        const here = row[at];
        if (!here || seen.has(here)) return;
        seen.add(here);
        if (places.get(here)[1] + here.colSpan - 1 > at) { here.colSpan += 1; return; }
        const made = newCell(here.tagName.toLowerCase());
        made.rowSpan = here.rowSpan;
        here.after(made);
      });
    }

    removeRow() {
      if (this.table.rows.length < 2) return;
      const { taken, places } = grid(this.table);
      const [r] = places.get(this.cell);
      new Set(taken[r]).forEach((cell) => {
        const [start, column] = places.get(cell);
        if (cell.rowSpan > 1) {
          cell.rowSpan -= 1;
          if (start === r) {
            const below = [...this.table.rows[r + 1].cells].find((one) => places.get(one)[1] > column);
            this.table.rows[r + 1].insertBefore(cell, below || null);
          }
        }
      });
      this.table.rows[r].remove();
    }

    removeColumn() {
      if (this.width() < 2) return;
      const { taken, places } = grid(this.table);
      const [, c] = places.get(this.cell);
      new Set(taken.map((row) => row[c])).forEach((cell) => {
        if (!cell) return;
        if (cell.colSpan > 1) cell.colSpan -= 1;
        else cell.remove();
      });
    }

    join(cell, other) {
      if (other.textContent.trim()) {
        if (cell.textContent.trim()) cell.append(document.createElement('br'));
        cell.append(...other.childNodes);
      }
      other.remove();
    }

    mergeRight() {
      const { taken, places } = grid(this.table);
      const { cell } = this;
      const [r, c] = places.get(cell);
      const other = taken[r][c + cell.colSpan];
      if (!other || places.get(other)[0] !== r || other.rowSpan !== cell.rowSpan) return;
      const width = other.colSpan;
      this.join(cell, other);
      cell.colSpan += width;
    }

    mergeDown() {
      const { taken, places } = grid(this.table);
      const { cell } = this;
      const [r, c] = places.get(cell);
      const other = (taken[r + cell.rowSpan] || [])[c];
      if (!other || places.get(other)[1] !== c || other.colSpan !== cell.colSpan) return;
      const height = other.rowSpan;
      this.join(cell, other);
      cell.rowSpan += height;
    }

    split() {
      const { places } = grid(this.table);
      const { cell } = this;
      const [r, c] = places.get(cell);
      const { colSpan, rowSpan } = cell;
      const tag = cell.tagName.toLowerCase();
      cell.colSpan = 1;
      cell.rowSpan = 1;
      for (let n = 1; n < colSpan; n += 1) cell.after(newCell(tag));
      for (let y = r + 1; y < r + rowSpan; y += 1) {
        const after = [...this.table.rows[y].cells].find((one) => places.get(one) && places.get(one)[1] > c);
        for (let n = 0; n < colSpan; n += 1) this.table.rows[y].insertBefore(newCell(tag), after || null);
      }
    }

    toggleHead() {
      const { cell } = this;
      const made = newCell(cell.tagName === 'TH' ? 'td' : 'th');
      made.colSpan = cell.colSpan;
      made.rowSpan = cell.rowSpan;
      made.append(...cell.childNodes);
      cell.replaceWith(made);
      window.getSelection().selectAllChildren(made);
    }
  }

  window.pastedTables = { copyOf, headFirstRow, leftOut, parse, stylesOf, tellLeftOut };
  window.wagtail.app.register('table-editor', TableEditorController);
})();
