/* A field for inline HTML over a textarea: bold, italic, and the links of the source, by their id. */
(function () {
  const KEPT = new Set(["B", "STRONG", "I", "EM", "CODE", "ABBR", "ACRONYM"]);
  const BLOCKS = new Set(["DIV", "P", "LI"]);

  function escape(text) {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  }

  /* The HTML that is stored for what stands in an element. */
  function written(node) {
    let html = "";
    node.childNodes.forEach((child) => {
      if (child.nodeType === Node.TEXT_NODE) {
        html += escape(child.data);
      } else if (child.nodeType === Node.ELEMENT_NODE) {
        html += element(child, html);
      }
    });
    return html;
  }

  function element(node, before) {
    if (node.tagName === "BR") return "<br/>";
    const inner = written(node);
    if (!inner) return "";
    const id = node.dataset.link;
    if (node.tagName === "A" && id) return `<a id="${id}">${inner}</a>`;
    const name = node.tagName.toLowerCase();
    if (KEPT.has(node.tagName)) return `<${name}>${inner}</${name}>`;
    return BLOCKS.has(node.tagName) && before && !before.endsWith("<br/>") ? `<br/>${inner}` : inner;
  }

  /* The nodes for stored HTML; everything but inline marks and known links is left out. */
  function read(html, links) {
    const parsed = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html");
    return copy(parsed.body, links);
  }

  function copy(node, links) {
    const made = document.createDocumentFragment();
    node.childNodes.forEach((child) => {
      if (child.nodeType === Node.TEXT_NODE) made.append(child.data);
      if (child.nodeType !== Node.ELEMENT_NODE) return;
      if (child.tagName === "BR") {
        made.append(document.createElement("br"));
        return;
      }
      const inner = copy(child, links);
      if (child.tagName === "A" && child.id) made.append(link(child.id, links, inner));
      else if (KEPT.has(child.tagName)) {
        const kept = document.createElement(child.tagName);
        kept.append(inner);
        made.append(kept);
      } else made.append(inner);
    });
    return made;
  }

  function link(id, links, inner) {
    const made = document.createElement("a");
    made.dataset.link = id;
    made.className = "translation-link";
    made.title = links[id] || "";
    made.append(inner);
    return made;
  }

  function plain(html) {
    const parsed = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html");
    parsed.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
    return parsed.body.textContent;
  }

  class RichField {
    constructor(textarea, source, tell) {
      this.textarea = textarea;
      this.source = source;
      this.links = JSON.parse(textarea.dataset.links || "{}");
      this.tell = tell;
      this.field = this.makeField();
      textarea.hidden = true;
      textarea.after(this.makeTools(), this.field);
      this.set(textarea.value);
    }

    get html() {
      return written(this.field).replace(/(<br\/>|\s)+$/, "").trim();
    }

    set(html) {
      this.field.replaceChildren(read(html, this.links));
    }

    focus() {
      this.field.focus();
    }

    makeField() {
      const field = document.createElement("div");
      field.className = "translation-rich";
      field.contentEditable = String(!this.textarea.readOnly);
      field.lang = this.textarea.lang;
      field.spellcheck = true;
      field.setAttribute("role", "textbox");
      field.setAttribute("aria-multiline", "true");
      field.setAttribute("aria-readonly", String(this.textarea.readOnly));
      const label = document.querySelector(`label[for="${this.textarea.id}"]`);
      if (label) field.setAttribute("aria-labelledby", label.id);
      field.setAttribute("aria-describedby", this.textarea.getAttribute("aria-describedby") || "");
      field.addEventListener("input", () => this.changed());
      field.addEventListener("blur", () => this.tell("blur"));
      field.addEventListener("paste", (event) => this.paste(event, event.clipboardData));
      field.addEventListener("drop", (event) => this.paste(event, event.dataTransfer));
      field.addEventListener("keydown", (event) => this.key(event));
      return field;
    }

    changed() {
      this.textarea.value = this.html;
      this.tell("input");
    }

    paste(event, data) {
      event.preventDefault();
      document.execCommand("insertText", false, data.getData("text/plain"));
    }

    key(event) {
      const command = { b: "bold", i: "italic" }[event.key.toLowerCase()];
      const only = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (command && only) {
        event.preventDefault();
        event.stopPropagation();
        document.execCommand(command);
      } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        document.execCommand("insertLineBreak");
      }
    }

    makeTools() {
      const tools = document.createElement("div");
      tools.className = "translation-rich__tools";
      if (this.textarea.readOnly) return tools;
      const words = this.textarea.dataset;
      tools.append(this.tool(words.bold, "B", () => document.execCommand("bold")));
      tools.append(this.tool(words.italic, "I", () => document.execCommand("italic")));
      Object.keys(this.links).forEach((id) => {
        const shown = this.source.querySelector(`[data-link="${id}"]`);
        const text = shown ? shown.textContent : this.links[id];
        tools.append(this.tool(`${words.link}: ${this.links[id]}`, text, () => this.link(id, text)));
      });
      return tools;
    }

    tool(label, text, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = label;
      button.setAttribute("aria-label", label);
      button.textContent = text;
      button.className = text.length > 1 ? "translation-link" : `translation-tool-${text}`;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        this.field.focus();
        act();
        this.changed();
      });
      return button;
    }

    /* Make the selected words a link of the source, or take the link that they stand in away. */
    link(id, text) {
      const selection = window.getSelection();
      const inside = selection.rangeCount && this.field.contains(selection.anchorNode);
      if (!inside) {
        this.field.append(" ", link(id, this.links, text));
        return;
      }
      const around = selection.anchorNode.parentElement.closest("a[data-link]");
      if (around && this.field.contains(around)) {
        around.replaceWith(...around.childNodes);
        return;
      }
      const range = selection.getRangeAt(0);
      const words = range.extractContents();
      words.querySelectorAll("a").forEach((old) => old.replaceWith(...old.childNodes));
      if (!words.textContent) words.replaceChildren(text);
      range.insertNode(link(id, this.links, words));
    }
  }

  window.translationText = { escape, plain };
  window.TranslationRichField = RichField;
})();
